// Several tags, all of which must be there [T1].
import type { JSX } from "preact";
import { X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { FilterSelect } from "../../parts/filter-select.tsx";
import { Icon } from "../../parts/icon.tsx";
import "../../parts/chip.css";
import "../../parts/pill-field.css";

interface TagSetProps {
  /** Tag → rows. */
  readonly counts: ReadonlyMap<string, number>;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

export function TagSet({ counts, tags, onChange }: TagSetProps): JSX.Element {
  const others = new Map([...counts].filter(([tag]) => !tags.includes(tag)));
  return (
    <div class="tag-set" role="group" aria-label="Filter by tags">
      {tags.map((tag) => (
        <span key={tag} class="chip tag-set-pill">
          {showHidden(tag)}
          <button
            type="button"
            aria-label={`Without tag ${showHidden(tag)}`}
            onClick={() => onChange(tags.filter((other) => other !== tag))}
          >
            <Icon icon={X} size={12} />
          </button>
        </span>
      ))}
      <FilterSelect
        what={tags.length === 0 ? "tag" : "more tag"}
        counts={others}
        value=""
        onChange={(tag) => onChange([...tags, tag])}
      />
    </div>
  );
}

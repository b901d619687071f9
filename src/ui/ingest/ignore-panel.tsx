// The rules that leave files out: seen, counted, switched, added to.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Plus, X } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { IgnoreRule } from "../../client/pick/ignore-rules.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { formatCount } from "../parts/format.ts";
import type { LeftOutCount } from "./draft-files.ts";
import type { DraftState } from "./draft-state.ts";
import type { IngestState } from "./ingest-state.ts";

interface IgnorePanelProps {
  readonly ingest: IngestState;
  readonly draft: DraftState;
}

export function IgnorePanel({ ingest, draft }: IgnorePanelProps): JSX.Element {
  const typed = useSignal("");
  const rules = draft.rules.value;
  void draft.files.version.value;
  const counts = draft.files.leftOutCounts();
  const set = (next: readonly IgnoreRule[]): void => ingest.setRules(draft, next);
  const add = (event: Event): void => {
    event.preventDefault();
    const pattern = typed.value.trim();
    if (pattern === "" || rules.some((rule) => rule.pattern === pattern)) return;
    set([...rules, { pattern, isReadyMade: false, isOn: true }]);
    typed.value = "";
  };
  return (
    <details class="draft-more">
      <summary>
        Ignore rules <span class="muted">{summaryOf(counts)}</span>
      </summary>
      <ul class="ignore-rules">
        {rules.map((rule) => (
          <li key={rule.pattern}>
            <label>
              <input
                type="checkbox"
                checked={rule.isOn}
                onChange={() =>
                  set(
                    rules.map((other) => (other === rule ? { ...rule, isOn: !rule.isOn } : other)),
                  )
                }
              />
              <code>{showHidden(rule.pattern)}</code>
              <span class="muted draft-small">{countText(counts.get(rule.pattern))}</span>
            </label>
            {!rule.isReadyMade && (
              <IconButton
                icon={X}
                label={`Delete rule ${showHidden(rule.pattern)}`}
                onClick={() => set(rules.filter((other) => other !== rule))}
              />
            )}
          </li>
        ))}
      </ul>
      <form class="ignore-add" onSubmit={add}>
        <input
          class="input is-code"
          type="text"
          aria-label="A pattern as in .gitignore"
          placeholder="*.tmp, logs/, as in .gitignore"
          spellcheck={false}
          autocomplete="off"
          value={typed.value}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
        <Button type="submit" small icon={Plus}>
          Add rule
        </Button>
      </form>
    </details>
  );
}

function summaryOf(counts: ReadonlyMap<string, LeftOutCount>): string {
  const total = { files: 0, folders: 0 };
  for (const { files, folders } of counts.values()) {
    total.files += files;
    total.folders += folders;
  }
  const text = countText(total);
  return text === "" ? "nothing left out" : `${text} left out`;
}

function countText(count: LeftOutCount | undefined): string {
  if (count === undefined) return "";
  const parts = [
    count.folders > 0 ? formatCount(count.folders, "folder") : "",
    count.files > 0 ? formatCount(count.files, "file") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

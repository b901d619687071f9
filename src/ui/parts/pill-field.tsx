// Short texts as pills, typed one after another: aliases, tags.
import type { JSX } from "preact";
import { Lock, X } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { FieldControl } from "./field.tsx";
import { Icon } from "./icon.tsx";
import "./chip.css";
import "./pill-field.css";

interface PillInputProps {
  readonly control: FieldControl;
  readonly pills: readonly string[];
  /** What one is called, for removing it. */
  readonly kind: "alias" | "tag" | "type";
  readonly typed: string;
  readonly onType: (text: string) => void;
  /** What is typed is complete. */
  readonly onTake: () => void;
  readonly onChange: (pills: readonly string[]) => void;
  /** A pill that is not for everybody to set; it has a lock. */
  readonly isLocked?: (pill: string) => boolean;
  /** Whether a key ends what is typed; otherwise it is typed. */
  readonly isEnd: (event: KeyboardEvent) => boolean;
}

export function PillInput({
  control,
  pills,
  kind,
  typed,
  onType,
  onTake,
  onChange,
  isLocked,
  isEnd,
}: PillInputProps): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Backspace" && typed === "") onChange(pills.slice(0, -1));
    if (!isEnd(event)) return;
    event.preventDefault();
    onTake();
  };
  return (
    <div class="pill-field input">
      {pills.map((pill) => (
        <span key={pill} class={kind === "alias" ? "chip is-alias" : "chip"}>
          {isLocked?.(pill) === true && <Icon icon={Lock} size={13} label="protected" />}
          {showHidden(pill)}
          <button
            type="button"
            aria-label={`Remove ${kind} ${showHidden(pill)}`}
            onClick={() => onChange(pills.filter((other) => other !== pill))}
          >
            <Icon icon={X} size={12} />
          </button>
        </span>
      ))}
      <input
        {...control}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={onTake}
      />
    </div>
  );
}

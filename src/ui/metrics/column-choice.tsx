// Which metrics are shown: a button that unfolds a list of checkboxes.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Columns3 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { Metric } from "../../core/metrics.ts";
import { Button } from "../parts/button.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import "./column-choice.css";

/** From here on there is a search. */
const MANY = 12;

interface ColumnChoiceProps {
  readonly metrics: readonly Metric[];
  readonly shown: ReadonlySet<string>;
  readonly onChange: (shown: ReadonlySet<string>) => void;
}

export function ColumnChoice({ metrics, shown, onChange }: ColumnChoiceProps): JSX.Element {
  const isOpen = useSignal(false);
  const query = useSignal("");
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Node && root.current?.contains(target) !== true) isOpen.value = false;
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [isOpen]);
  const toggle = (name: string): void => {
    const next = new Set(shown);
    if (!next.delete(name)) next.add(name);
    // One is always shown: an empty table would say nothing.
    if (next.size > 0) onChange(next);
  };
  const wanted = query.value.trim().toLowerCase();
  return (
    <div
      ref={root}
      class="column-choice"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen.value) return;
        event.stopPropagation();
        isOpen.value = false;
        root.current?.querySelector("button")?.focus();
      }}
    >
      <Button
        small
        icon={Columns3}
        aria-expanded={isOpen.value}
        aria-controls={id}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        Columns{" "}
        <span class="muted">
          {shown.size} of {metrics.length}
        </span>
      </Button>
      {isOpen.value && (
        <div id={id} class="column-choice-list" role="group" aria-label="Columns">
          {metrics.length > MANY && (
            <SearchInput
              label="Find a metric"
              value={query.value}
              onInput={(text) => (query.value = text)}
            />
          )}
          <ul>
            {metrics
              .filter(({ name }) => name.toLowerCase().includes(wanted))
              .map(({ name, count }) => (
                <li key={name}>
                  <label>
                    <input
                      type="checkbox"
                      checked={shown.has(name)}
                      disabled={shown.size === 1 && shown.has(name)}
                      onChange={() => toggle(name)}
                    />
                    <span>{showHidden(name)}</span>
                    <span class="muted">{count.toLocaleString("en")}</span>
                  </label>
                </li>
              ))}
          </ul>
        </div>
      )}
    </div>
  );
}

// One value of metadata on both sides. Long texts are read line by line.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { MetadataChange } from "../../../core/compare-metadata.ts";
import { showHidden } from "../../../core/errors.ts";
import type { Json } from "../../../core/json.ts";
import { Button } from "../../parts/button.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { describeNumbers, textOfValue } from "./detail-changes.ts";
import { MarkIcon } from "./mark.tsx";
import { TextDiffView } from "./text-diff.tsx";

/** Longer values are offered line by line. */
const LONG = 240;

interface MetadataRowProps {
  readonly change: MetadataChange;
  readonly worker: CompareWorker;
}

export function MetadataRow({ change, worker }: MetadataRowProps): JSX.Element {
  const { path, mark, before, after } = change;
  const [isOpen, setOpen] = useState(false);
  const isLong = [before, after].some((value) => isLongText(value));
  return (
    <div role="listitem" class="metadata-item">
      <div class="metadata-row">
        <MarkIcon mark={mark} isAlone />
        <code class="metadata-key">{showHidden(path)}</code>
        <Value name="Before" value={before} other={after} />
        <Value name="After" value={after} other={before} />
        <span class="metadata-difference">
          {describeNumbers(change)}
          {isLong && mark !== "same" && (
            <Button small aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? "Hide lines" : "Line by line"}
            </Button>
          )}
        </span>
      </div>
      {isOpen && <LongText change={change} worker={worker} />}
    </div>
  );
}

function Value({
  name,
  value,
  other,
}: {
  readonly name: string;
  readonly value: Json | undefined;
  readonly other: Json | undefined;
}): JSX.Element {
  return (
    <span class={`metadata-value${value === undefined ? " is-none" : ""}`}>
      <span class="metadata-side">{name}: </span>
      {value === undefined ? (
        <span class="muted">none</span>
      ) : (
        showHiddenInText(textOfValue(value, other))
      )}
    </span>
  );
}

function LongText({ change, worker }: MetadataRowProps): JSX.Element {
  const [blobs] = useState(() => ({
    before: new Blob([linesOf(change.before, change.after)]),
    after: new Blob([linesOf(change.after, change.before)]),
  }));
  return (
    <div class="metadata-lines">
      <TextDiffView worker={worker} before={blobs.before} after={blobs.after} path="value.txt" />
    </div>
  );
}

function linesOf(value: Json | undefined, other: Json | undefined): string {
  if (value === undefined) return "";
  return Array.isArray(value) ? JSON.stringify(value, null, 2) : textOfValue(value, other);
}

function isLongText(value: Json | undefined): boolean {
  if (value === undefined) return false;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONG || text.includes("\n");
}

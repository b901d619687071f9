// What checking a log from its start found, of this registry or of a file.
import type { JSX } from "preact";
import { ShieldAlert, ShieldCheck, X } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { LogVerdict } from "../../../../protocol/registry-log-api.ts";
import { IconButton } from "../../../parts/button.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { formatCount, formatTime } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";

interface VerdictNoteProps {
  readonly verdict: LogVerdict;
  /** The file that was checked, if it was one. */
  readonly fileName: string | null;
  readonly onClose: () => void;
}

/** Shown before "and n more". */
const FAULTS = 20;

export function VerdictNote({ verdict, fileName, onClose }: VerdictNoteProps): JSX.Element {
  const { registry, events, head, firstAt, lastAt, faults, seal } = verdict;
  const isRight = faults.length === 0 && seal?.isRight !== false;
  return (
    <section class={`verdict${isRight ? "" : " is-bad"}`} role="status">
      <Icon icon={isRight ? ShieldCheck : ShieldAlert} />
      <div>
        <p>
          <strong>
            {fileName === null ? "The log" : `${showHidden(fileName)} (${showHidden(registry)})`}:{" "}
            {outcomeOf(verdict)}.
          </strong>{" "}
          {formatCount(events, "event")}
          {firstAt !== null && lastAt !== null && (
            <>
              {" "}
              from {formatTime(firstAt)} to {formatTime(lastAt)}
            </>
          )}
          .{" "}
          {isRight &&
            "Each follows from the one in front, is signed by its actor, and was theirs to do."}
        </p>
        {seal !== null && (
          <p>
            {seal.isRight
              ? `Sealed by ${showHidden(seal.byName)}: it is whole, as they sent it.`
              : `The seal of ${showHidden(seal.byName)} doesn't fit: events are missing or were changed since they sent it.`}
          </p>
        )}
        {head !== null && (
          <p class="verdict-head">
            Head <code>{head}</code>
            <CopyButton text={head} label="Copy the head's digest" />
          </p>
        )}
        {faults.length > 0 && (
          <ol>
            {faults.slice(0, FAULTS).map(({ event, actorName, faultText }) => (
              <li key={event.seq}>
                Event {event.seq.toLocaleString("en")} by {showHidden(actorName)}:{" "}
                {showHidden(faultText ?? "")}
              </li>
            ))}
            {faults.length > FAULTS && <li>and {faults.length - FAULTS} more</li>}
          </ol>
        )}
      </div>
      <IconButton icon={X} label="Close" onClick={onClose} />
    </section>
  );
}

function outcomeOf({ faults, seal }: LogVerdict): string {
  if (faults.length > 0)
    return `${formatCount(faults.length, "event has", "events have")} no effect`;
  return seal?.isRight === false ? "the seal doesn't fit" : "all is right";
}

// One event of a registry's log: when, who, what; in red where it has no effect.
import type { JSX } from "preact";
import { Braces, Lock, TriangleAlert } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { shortKey } from "../../../../core/registry/names.ts";
import type { AuditRow as Row } from "../../../../protocol/registry-log-api.ts";
import { IconButton } from "../../../parts/button.tsx";
import { formatAgo, formatTime } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";

interface AuditRowProps {
  readonly row: Row;
  /** What was done, in words. */
  readonly text: string;
  /** It is about a protected alias. */
  readonly isProtected: boolean;
  readonly onOpen: () => void;
}

export function AuditRow({ row, text, isProtected, onOpen }: AuditRowProps): JSX.Element {
  const { event, actorName, faultText } = row;
  return (
    <div class={`table-row audit-row${faultText === null ? "" : " is-faulty"}`} role="listitem">
      <span class="audit-who">
        <strong title={event.actor}>{showHidden(actorName)}</strong>
        <code class="muted">{shortKey(event.actor)}</code>
      </span>
      <span class="audit-what">
        <span title={showHidden(text)}>
          {isProtected && <Icon icon={Lock} size={13} label="protected" />}
          {showHidden(text)}
        </span>
        {faultText !== null && (
          <span class="audit-fault" title={showHidden(faultText)}>
            <Icon icon={TriangleAlert} size={13} /> No effect: {showHidden(faultText)}
          </span>
        )}
      </span>
      <time class="muted" dateTime={event.at} title={formatTime(event.at)}>
        {formatAgo(event.at)}
      </time>
      <IconButton icon={Braces} label={`Event ${event.seq} in full`} onClick={onOpen} />
    </div>
  );
}

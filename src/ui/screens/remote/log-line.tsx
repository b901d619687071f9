// One line of a remote's log.
import type { JSX } from "preact";
import { CircleCheck, Maximize2, Scale, TriangleAlert, type IconNode } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { SyncLogRow } from "../../../protocol/sync-api.ts";
import { IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";

const LOOKS: Readonly<
  Record<SyncLogRow["level"], { readonly icon: IconNode; readonly label: string }>
> = {
  info: { icon: CircleCheck, label: "Done:" },
  note: { icon: Scale, label: "Settled:" },
  error: { icon: TriangleAlert, label: "Problem:" },
};

interface LogLineProps {
  readonly row: SyncLogRow;
  readonly onOpen: () => void;
}

export function LogLine({ row, onOpen }: LogLineProps): JSX.Element {
  const { at, level, text, requestId, project } = row;
  return (
    <div class={`table-row log-line is-${level}`} role="listitem">
      <Icon {...LOOKS[level]} />
      <span class="log-text" title={showHidden(text)}>
        {showHidden(text)}
      </span>
      <span class="log-project muted">{project !== null && showHidden(project)}</span>
      <span class="log-request">
        {requestId !== null && (
          <>
            <code title={showHidden(requestId)}>{showHidden(requestId)}</code>
            <CopyButton text={requestId} label="Copy the request’s id" />
          </>
        )}
      </span>
      <time class="muted" dateTime={at} title={formatTime(at)}>
        {formatAgo(at)}
      </time>
      <IconButton icon={Maximize2} label="This line in full" onClick={onOpen} />
    </div>
  );
}

// A line of the log in full.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { SyncLogRow } from "../../../protocol/sync-api.ts";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Fact } from "../../parts/fact.tsx";
import { formatTime } from "../../parts/format.ts";
import "./facts.css";

interface LineDialogProps {
  readonly row: SyncLogRow;
  readonly onClose: () => void;
}

export function LineDialog({ row, onClose }: LineDialogProps): JSX.Element {
  const { at, text, requestId, project } = row;
  return (
    <Dialog
      title={formatTime(at)}
      onClose={onClose}
      onSubmit={onClose}
      buttons={
        <Button variant="primary" type="submit">
          Close
        </Button>
      }
    >
      <p class="line-text">{showHidden(text)}</p>
      <dl class="remote-facts">
        {project !== null && <Fact name="Project">{showHidden(project)}</Fact>}
        {requestId !== null && (
          <Fact name="Request">
            <code>{showHidden(requestId)}</code>{" "}
            <CopyButton text={requestId} label="Copy the request’s id" />
          </Fact>
        )}
      </dl>
    </Dialog>
  );
}

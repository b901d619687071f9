// An event as it is in the log: what was signed, by whom, and what is wrong with it.
import type { JSX } from "preact";
import { showHidden } from "../../../../core/errors.ts";
import { roleName } from "../../../../core/registry/roles.ts";
import type { AuditRow } from "../../../../protocol/registry-log-api.ts";
import { Button } from "../../../parts/button.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { formatTime } from "../../../parts/format.ts";
import { showHiddenInText } from "../../../parts/text.ts";

interface EventDialogProps {
  readonly row: AuditRow;
  readonly text: string;
  readonly onClose: () => void;
}

export function EventDialog({ row, text, onClose }: EventDialogProps): JSX.Element {
  const { event, actorName, actorRole, faultText } = row;
  const json = JSON.stringify(event, null, 2);
  return (
    <Dialog
      title={`Event ${event.seq.toLocaleString("en")}`}
      onClose={onClose}
      onSubmit={onClose}
      buttons={
        <>
          <span class="is-aside">
            <CopyButton text={json}>Copy as JSON</CopyButton>
          </span>
          <Button variant="primary" type="submit">
            Close
          </Button>
        </>
      }
    >
      <p>
        <strong>{showHidden(actorName)}</strong> ({roleName(actorRole)} at that point){" "}
        {showHidden(text)}.
      </p>
      <p class="muted">{formatTime(event.at)}</p>
      {faultText !== null && <p class="audit-fault">It has no effect: {showHidden(faultText)}</p>}
      <pre class="audit-json" tabIndex={0} aria-label="The event as JSON">
        {showHiddenInText(json)}
      </pre>
    </Dialog>
  );
}

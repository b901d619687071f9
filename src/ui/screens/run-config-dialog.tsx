// The settings a run was started with, as they were given.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import type { RunRecord } from "../../core/records.ts";
import { Button } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { showHiddenInText } from "../parts/text.ts";

export function RunConfigDialog({
  run,
  onClose,
}: {
  readonly run: RunRecord;
  readonly onClose: () => void;
}): JSX.Element {
  const text = JSON.stringify(run.config, null, 2);
  return (
    <Dialog
      title={`Config of ${showHidden(run.name)}`}
      onClose={onClose}
      onSubmit={onClose}
      buttons={
        <Button variant="primary" type="submit">
          Close
        </Button>
      }
    >
      <div class="run-config">
        <CopyButton text={text} label="Copy the config" />
        <pre tabIndex={0}>{showHiddenInText(text)}</pre>
      </div>
    </Dialog>
  );
}

// Gives up bytes of a version, an artifact or a project here, since they are there: what that frees, and what stays.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EvictPlan, EvictScope } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { formatBytes, formatCount } from "../parts/format.ts";
import { Loading } from "../parts/loading.tsx";
import type { AppState } from "../state/app-state.ts";
import { bytesJobOf } from "../state/bytes-job.ts";
import { nameOfScope } from "../state/copies-state.ts";
import { Loader } from "../state/resource.ts";
import "./evict-dialog.css";

interface EvictDialogProps {
  readonly app: AppState;
  readonly scope: EvictScope;
  readonly onClose: () => void;
}

export function EvictDialog({ app, scope, onClose }: EvictDialogProps): JSX.Element {
  const [loader] = useState(() => new Loader<EvictPlan>());
  const { sync } = app.cairn;
  const [asked] = useState(scope);
  const name = nameOfScope(asked);
  useEffect(() => void loader.load(() => sync.api.planEvict(asked)), [loader, sync, asked]);
  const loaded = loader.state.value;
  const isUseful = loaded.phase === "ready" && loaded.value.freedBytes > 0;
  const free = (): void => {
    if (!isUseful) return;
    onClose();
    void freeSpace(app, asked, name);
  };
  return (
    <Dialog
      title={`Free space of ${name} here`}
      onClose={onClose}
      onSubmit={free}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={!isUseful}>
            {isUseful ? `Free ${formatBytes(loaded.value.freedBytes)}` : "Free space"}
          </Button>
        </>
      }
    >
      {loaded.phase === "loading" && <Loading what="what can be freed" />}
      {loaded.phase === "failed" && <ErrorNote problem={loaded.problem} />}
      {loaded.phase === "ready" && <Plan plan={loaded.value} />}
    </Dialog>
  );
}

const WHY = {
  "not-there": "stay, as they are not there yet",
  "used-elsewhere": "stay, as versions that don’t sync use them, too",
  "kept-here": "stay, as all of this project is kept here; its remote’s page can change that",
} as const;

function Plan({ plan: { freedBytes, files, kept } }: { readonly plan: EvictPlan }): JSX.Element {
  return (
    <>
      {freedBytes === 0 ? (
        <p>There is nothing to free.</p>
      ) : (
        <p>
          {formatBytes(freedBytes)} in {formatCount(files, "file")} can go from this browser.
          Versions, aliases and lineage stay, and a file comes back when you open it. Cairn asks the
          repository once more whether it has each of them.
        </p>
      )}
      {kept.length > 0 && (
        <ul class="evict-kept">
          {kept.map(({ why, bytes }) => (
            <li key={why}>
              {formatBytes(bytes)} {WHY[why]}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

async function freeSpace(app: AppState, scope: EvictScope, name: string): Promise<void> {
  const job = bytesJobOf(app);
  const done = await job.evict(scope);
  if (done === null) return;
  app.undo.offer(`${formatBytes(done.freedBytes)} of “${name}” freed here.`, async () => {
    const isBack = await job.fetch(scope);
    return isBack ? `All of “${name}” is here again.` : `“${name}” did not all come back.`;
  });
}

// Shows what a delete touches before it is done, and does it once every alias that goes was confirmed by name [D2 A6].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Trash2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { DeleteImpact, DeleteTarget } from "../../../protocol/trash-api.ts";
import { formatVersion } from "../../../core/version.ts";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatCount } from "../../parts/format.ts";
import { Loading } from "../../parts/loading.tsx";
import { TaskDialog } from "../../parts/task-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";
import { restoreLinked } from "../../state/restore-entry.ts";
import { useResource } from "../../state/use-resource.ts";
import { ConfirmAliases } from "./confirm-aliases.tsx";
import { Impact } from "./impact.tsx";
import { reasonsAgainst } from "./link-obstacles.ts";
import { UnlinkLinks } from "./unlink-links.tsx";
import "./delete-dialog.css";

export interface DeleteDialogProps {
  readonly app: AppState;
  readonly target: DeleteTarget;
  /** The hash of a page that is still there afterwards. */
  readonly next: string;
  readonly onClose: () => void;
}

export function DeleteDialog({ app, target, next, onClose }: DeleteDialogProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, JSON.stringify(target), () => store.planDelete(target));
  const confirmed = useSignal<readonly string[]>([]);
  const isUnlinked = useSignal(false);
  const label = labelOf(target);
  const impact = loaded.phase === "ready" ? loaded.value : null;
  const links = impact?.links ?? [];
  const isConfirmed =
    impact !== null &&
    (links.length === 0 || (isUnlinked.value && reasonsAgainst(links).length === 0)) &&
    impact.aliases.every((held) => confirmed.value.includes(aliasKey(target, held)));
  const start = async (): Promise<void> => {
    if (!isConfirmed) return;
    const back = location.hash;
    const { trash, versions } = await store.deleteVersions(
      target,
      confirmed.value,
      ...(links.length > 0 ? (["unlink"] as const) : []),
    );
    onClose();
    location.hash = next;
    app.undo.offer(`${label} is in the trash, ${formatCount(versions, "version")}.`, async () => {
      const said = await restoreLinked(store, trash, links);
      // Unless the person went elsewhere since.
      if (location.hash === next) location.hash = back;
      return said;
    });
  };
  return (
    <TaskDialog
      title={`Delete ${label}?`}
      action="Delete"
      icon={Trash2}
      isDangerous
      isReady={isConfirmed}
      run={start}
      onClose={onClose}
    >
      {loaded.phase === "failed" && <ErrorNote problem={loaded.problem} />}
      {loaded.phase === "loading" && <Loading what="what it touches" />}
      {impact !== null && (
        <>
          <Impact impact={impact} isProject={target.kind === "project"} />
          {links.length > 0 && (
            <UnlinkLinks
              app={app}
              links={links}
              isUnlinked={isUnlinked.value}
              onChange={(isWanted) => (isUnlinked.value = isWanted)}
            />
          )}
          {impact.aliases.length > 0 && (
            <ConfirmAliases
              aliases={impact.aliases.map((held) => ({
                key: aliasKey(target, held),
                version: formatVersion(held.number),
              }))}
              confirmed={confirmed.value}
              onChange={(keys) => (confirmed.value = keys)}
            />
          )}
        </>
      )}
    </TaskDialog>
  );
}

/** As the service wants it confirmed: in a project the same alias may stand on several artifacts. */
function aliasKey(target: DeleteTarget, { name, alias }: DeleteImpact["aliases"][number]): string {
  return target.kind === "project" ? `${name}:${alias}` : alias;
}

function labelOf(target: DeleteTarget): string {
  switch (target.kind) {
    case "project":
      return showHidden(target.project);
    case "artifact":
      return showHidden(target.name);
    case "versions":
      return `${showHidden(target.name)}:${target.numbers.map(formatVersion).join(", ")}`;
  }
}

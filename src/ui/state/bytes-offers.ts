// What menus offer of bytes and syncing.
import { CloudCheck, CloudOff, CloudUpload, HardDrive, HardDriveDownload } from "lucide";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import type { EvictScope } from "../../protocol/sync-api.ts";
import type { MenuItem } from "../parts/menu.tsx";
import type { AppState } from "./app-state.ts";
import { bytesJobOf } from "./bytes-job.ts";
import { connectHash, remoteHash, syncHash } from "./sync-actions.ts";
import { isNeverSent, remoteOf } from "./synced-state.ts";

type WholeScope = Exclude<EvictScope, { kind: "version" }>;

/** Brings all bytes of something here, or gives them up; nothing where its project doesn't sync. */
export function bytesItems(
  app: AppState,
  scope: WholeScope,
  onFree: () => void,
): readonly MenuItem[] {
  if (remoteOf(app.sync.remotes.value, scope.project) === null) return [];
  return [
    {
      label: `Bring all of the ${scope.kind} here`,
      icon: HardDriveDownload,
      startsGroup: true,
      run: () => void bytesJobOf(app).fetch(scope),
    },
    { label: `Free space of the ${scope.kind} here…`, icon: HardDrive, run: onFree },
  ];
}

/** Where it is said that an artifact never leaves; nothing where it couldn't anyway. */
export function neverItem(
  remote: ConnectedRemote | null,
  { project, name }: { readonly project: string; readonly name: string },
  onAsk: () => void,
): readonly MenuItem[] {
  if (remote === null || remote.pullOnly) return [];
  return isNeverSent(remote, project, name)
    ? [{ label: "Let the artifact sync…", icon: CloudCheck, run: onAsk }]
    : [{ label: "Never upload the artifact…", icon: CloudOff, run: onAsk }];
}

/** Leads to where a project that doesn't sync is made to. */
export function syncItem(app: AppState, project: string): readonly MenuItem[] {
  const remotes = app.sync.remotes.value;
  if (remoteOf(remotes, project) !== null) return [];
  return [
    {
      label: "Sync this project…",
      icon: CloudUpload,
      run: () => {
        location.hash = placeToSync(remotes);
      },
    },
  ];
}

/** The page of the only repository, where projects are chosen; else where one is chosen first. */
function placeToSync(remotes: readonly ConnectedRemote[]): string {
  const [first, ...others] = remotes.filter(({ pullOnly }) => !pullOnly);
  if (first === undefined) return connectHash();
  return others.length === 0 ? remoteHash(first.uid) : syncHash();
}

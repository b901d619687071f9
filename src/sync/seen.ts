// What is kept of an index, for the page to show without asking the hub.
import type { RemoteIndex } from "../core/sync/files.ts";
import { compareUtf8 } from "../core/utf8.ts";
import type { RemoteSeen } from "../store/sync-records.ts";

/** Projects and registries there, and who syncs there. Deleted projects are not among them. */
export function seenOf({ projects, registries, devices }: RemoteIndex): RemoteSeen {
  const live = [...projects].filter(([, { deletedAt }]) => deletedAt === null);
  return {
    projects: live.map(([name]) => name).toSorted(compareUtf8),
    registries: new Map([...registries].map(([uid, { name }]) => [uid, name])),
    devices,
  };
}

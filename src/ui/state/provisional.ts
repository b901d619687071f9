// Of versions that are known by name only: which have numbers that may still change [S3].
import type { VersionRef } from "../../core/records.ts";
import { specOf, type VersionNumber } from "../../core/version.ts";
import type { BrowseApi } from "../../protocol/browse-api.ts";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import type { AppState } from "./app-state.ts";
import { hasAgreedNumbers, provisionalIn } from "./synced-state.ts";
import { useResource } from "./use-resource.ts";

const NONE: ReadonlySet<string> = new Set();

/** Says of the given versions whether their numbers may still change; of none before it is known. */
export function useProvisional(
  app: AppState,
  refs: readonly VersionRef[],
): (version: VersionRef) => boolean {
  const remotes = app.sync.remotes.value;
  const synced = refs.filter(({ project, name }) => hasAgreedNumbers(remotes, project, name));
  const loaded = useResource(app, synced.map(specOf).join("\n"), () =>
    findProvisional(app.cairn.store, remotes, synced),
  );
  const found = loaded.phase === "ready" ? loaded.value : NONE;
  return (version) => found.has(specOf(version));
}

/** The specs of those whose numbers may still change. Asks nothing of artifacts that don't sync. */
export async function findProvisional(
  store: Pick<BrowseApi, "listVersions">,
  remotes: readonly ConnectedRemote[],
  refs: readonly VersionRef[],
): Promise<ReadonlySet<string>> {
  const synced = refs.filter(({ project, name }) => hasAgreedNumbers(remotes, project, name));
  const specs = await Promise.all(
    synced.map(async (ref) => {
      const { project, name, number } = ref;
      const [newest] = await store
        .listVersions(project, name, (number + 1) as VersionNumber, 1)
        // It may be gone by now: then there is nothing to mark.
        .catch(() => []);
      return newest?.version.number === number && provisionalIn(remotes, ref)(newest.version)
        ? [specOf(ref)]
        : [];
    }),
  );
  return new Set(specs.flat());
}

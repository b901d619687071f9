// Versions' lists of files brought here ahead of the versions, so many rows at a time: all of a project's may not fit into memory.
import type { ProjectName } from "../core/names.ts";
import type { RemoteManifest } from "../core/sync/files.ts";
import { manifestOfRemote } from "../core/sync/file-texts.ts";
import { manifestPath } from "../core/sync/layout.ts";
import type { CommitOid } from "../hub/hub.ts";
import { putNewManifest } from "../store/artifacts.ts";
import { takenOf } from "../store/taken.ts";
import { withWrite, type ReadTx } from "../store/transaction.ts";
import { claimKept } from "./kept-manifests.ts";
import type { Claims } from "./pins.ts";
import { readManifests } from "./read-manifests.ts";
import { putRemoteFiles } from "./remote-files.ts";
import { invalidRemote, type Run } from "./round-run.ts";
import type { VersionIn } from "./tombstones.ts";

/** Rows held at once, about 100 MB of them. */
const MANIFEST_ROWS = 200_000;
/** What a version takes beside its files, in rows. */
const VERSION_ROWS = 10;

/**
 * Keeps the manifests of versions that are about to be taken in, and where their files are. Until the
 * versions are here only the claims hold the manifests.
 *
 * @throws CairnError `invalid_remote` where one is missing or wrong, or has the id of another version of here
 */
export async function stageManifests(
  run: Run,
  claims: Claims,
  {
    project,
    commit,
    versions,
  }: {
    readonly project: ProjectName;
    readonly commit: CommitOid;
    readonly versions: readonly VersionIn[];
  },
): Promise<void> {
  if (versions.length === 0) return;
  run.meter.step("pulling", { files: versions.length, bytes: 0 });
  const most = run.sync.limits?.manifestRows ?? MANIFEST_ROWS;
  for (const group of groupsOf(versions, most)) {
    const wanted = group.map(({ name, version }) => {
      const { uid, digest, sizeBytes, fileCount } = version;
      return { project, name, uid, digest, sizeBytes, fileCount };
    });
    const kept = await claimKept(run, claims, wanted);
    const lacking = wanted.filter(({ uid }) => !kept.has(uid));
    run.meter.addFiles(kept.size);
    const manifests = await readManifests(run, commit, lacking);
    await stage(run, claims, commit, [...manifests.values()]);
  }
}

async function stage(
  run: Run,
  claims: Claims,
  commit: CommitOid,
  manifests: readonly RemoteManifest[],
): Promise<void> {
  await run.step("stage");
  const at = { commit, seenAt: run.sync.now() };
  await withWrite(
    run.sync.db,
    ["artifacts", "versions", "deletedVersions", "manifests", "ingests", "pins", "remoteFiles"],
    async (tx) => {
      await checkPlaces(run, tx, manifests);
      await Promise.all(
        manifests.map(async (manifest) => {
          await claims.add(tx, manifest.digest);
          await putNewManifest(tx, manifest.digest, manifestOfRemote(manifest));
          await putRemoteFiles(tx, run.remote, manifest, at);
        }),
      );
    },
  );
}

/** Refuses what comes under the id of a version that is here in another place, or with other content: its files would be looked for there. */
async function checkPlaces(
  run: Run,
  tx: ReadTx<"artifacts" | "versions" | "deletedVersions">,
  manifests: readonly RemoteManifest[],
): Promise<void> {
  const versions = tx.objectStore("versions").index("byUid");
  const deleted = tx.objectStore("deletedVersions");
  const uids = manifests.map(({ uid }) => uid);
  const [live, dead] = await Promise.all([takenOf(versions, uids), takenOf(deleted, uids)]);
  for (const { project, name, uid, digest } of manifests) {
    if (!live.has(uid) && !dead.has(uid)) continue;
    const here = live.has(uid) ? await versions.get(uid) : await deleted.get(uid);
    if (here === undefined) continue;
    const place = await tx.objectStore("artifacts").get(here.artifact);
    if (here.digest === digest && place?.project === project && place.name === name) continue;
    const path = manifestPath(project, name, uid, false);
    throw invalidRemote(run, path, "it has the id of another version that is in this browser");
  }
}

/** Versions in order, as many together as have so many rows; one with more alone. */
function* groupsOf(versions: readonly VersionIn[], most: number): Generator<readonly VersionIn[]> {
  let group: VersionIn[] = [];
  let rows = 0;
  for (const each of versions) {
    const more = each.version.fileCount + VERSION_ROWS;
    if (group.length > 0 && rows + more > most) {
      yield group;
      group = [];
      rows = 0;
    }
    group.push(each);
    rows += more;
  }
  yield group;
}

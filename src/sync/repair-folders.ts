// Folders of versions put right after a hub let two devices commit at once: one may have written into another's [S3].
import { isCairnError } from "../core/errors.ts";
import type { ArtifactName, ProjectName } from "../core/names.ts";
import type { VersionUid } from "../core/records.ts";
import { formatRemoteManifest } from "../core/sync/file-texts.ts";
import type { RemoteManifest, RoundFile } from "../core/sync/files.ts";
import { manifestPath, MANIFEST_FOLDER, versionFolder } from "../core/sync/layout.ts";
import { formatVersion, type VersionNumber } from "../core/version.ts";
import type { CommitOid, CommitOp } from "../hub/hub.ts";
import { isBytesLost } from "./bytes-lost.ts";
import type { CommitDraft } from "./commit-texts.ts";
import { pointersOf } from "./pointers.ts";
import { prepareVersion } from "./prepare.ts";
import { findUsableManifest } from "./read-manifests.ts";
import type { RemoteHead } from "./remote-head.ts";
import type { Run } from "./round-run.ts";
import { hasFiles, type VersionIn } from "./tombstones.ts";

type Placed = VersionIn & { readonly project: ProjectName };

/** Adds what makes the files go with what the log says. Does nothing for an index that was right. */
export async function draftRepairs(
  run: Run,
  { commit, rebuilt }: RemoteHead,
  draft: CommitDraft,
): Promise<void> {
  if (rebuilt === null || commit === null) return;
  await run.step("repair");
  const listed = await listManifests(run, commit);
  const wishes = new Wishes(rebuilt.rounds);
  for (const [project, { artifacts }] of rebuilt.states)
    for (const { name, versions } of artifacts.values())
      for (const version of versions.values()) {
        const placed = { project, name, version };
        const isListed = listed.has(version.uid);
        if (!hasFiles(version)) {
          if (isListed) draft.ops.push(...(await removal(run, commit, placed)));
        } else if (!isListed || wishes.isContested(placed))
          await repair(run, commit, placed, draft);
      }
}

async function listManifests(run: Run, commit: CommitOid): Promise<ReadonlySet<string>> {
  const uids = new Set<string>();
  for await (const { path } of run.hub.list(commit, MANIFEST_FOLDER, run.signal))
    uids.add(/([^/.]+)(\.lfs)?\.json$/.exec(path)?.[1] ?? "");
  return uids;
}

async function repair(
  run: Run,
  commit: CommitOid,
  placed: Placed,
  draft: CommitDraft,
): Promise<void> {
  const { project, name, version } = placed;
  const manifest = await manifestFor(run, commit, placed, draft);
  if (manifest === null) return;
  const folder = versionFolder(project, name, version.number);
  const there = new Map<string, string | null>();
  for await (const { path, type, sha256 } of run.hub.list(commit, folder, run.signal))
    if (type === "file") there.set(path, sha256);
  const pointers = pointersOf(manifest);
  for (const { path, object } of pointers)
    if (there.get(path) !== object.sha256) draft.ops.push({ kind: "pointer", path, object });
  const paths = new Set(pointers.map(({ path }) => path));
  for (const path of there.keys()) if (!paths.has(path)) draft.ops.push({ kind: "delete", path });
  await draft.put(
    (isLarge) => manifestPath(project, name, version.uid, isLarge),
    formatRemoteManifest(manifest),
  );
}

/**
 * The manifest there, with the number that the log says. Made anew, bytes and all, where it can't be used, or
 * somebody emptied the version from the trash while somebody else restored it; `null` for one that isn't known here.
 */
async function manifestFor(
  run: Run,
  commit: CommitOid,
  { project, name, version }: Placed,
  draft: CommitDraft,
): Promise<RemoteManifest | null> {
  const { uid, number, digest } = version;
  const found = await findUsableManifest(run, commit, { project, name, uid });
  if (found?.digest === digest) return { ...found, number };
  try {
    const wanted = { project, name, number, uid, digest };
    const prepared = await prepareVersion(run.sync, wanted, run.meter, run.signal);
    draft.objects.push(...prepared.objects);
    return prepared.manifest;
  } catch (error) {
    if (isBytesLost(error) || isCairnError(error, "not_found")) return null;
    throw error;
  }
}

/** What takes away a version that was emptied from the trash, while somebody else's commit kept it. */
async function removal(
  run: Run,
  commit: CommitOid,
  { project, name, version }: Placed,
): Promise<readonly CommitOp[]> {
  const folder = versionFolder(project, name, version.number);
  const files = [false, true].map((isLarge) => manifestPath(project, name, version.uid, isLarge));
  const there = await run.hub.pathsInfo(commit, [folder, ...files], run.signal);
  return there.map(({ path }) =>
    path === folder ? { kind: "delete-folder", path } : { kind: "delete", path },
  );
}

/** Which numbers versions had when they were pushed. */
class Wishes {
  readonly #numbers = new Map<VersionUid, Set<VersionNumber>>();
  readonly #uids = new Map<string, Set<VersionUid>>();

  constructor(rounds: readonly RoundFile[]) {
    for (const { projects } of rounds)
      for (const [project, ops] of projects)
        for (const op of ops)
          if (op.kind === "version" || op.kind === "version-restored")
            this.#add(project, op.name, op.version);
  }

  /** Whether the version's folder may hold another's files. */
  isContested({ project, name, version: { uid, number } }: Placed): boolean {
    const numbers = this.#numbers.get(uid) ?? new Set();
    if (!numbers.has(number) || numbers.size > 1) return true;
    return (this.#uids.get(folderKey(project, name, number))?.size ?? 0) > 1;
  }

  #add(
    project: ProjectName,
    name: ArtifactName,
    { uid, number }: { readonly uid: VersionUid; readonly number: VersionNumber },
  ): void {
    const numbers = this.#numbers.get(uid) ?? new Set();
    this.#numbers.set(uid, numbers.add(number));
    const key = folderKey(project, name, number);
    this.#uids.set(key, (this.#uids.get(key) ?? new Set()).add(uid));
  }
}

function folderKey(project: string, name: string, number: VersionNumber): string {
  return `${project}/${name}:${formatVersion(number)}`;
}

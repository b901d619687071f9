// The first reading of the index of files: all versions, then all manifests, a page at a time.
import type { Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { ArtifactRecord, ArtifactUid, VersionRecord } from "../../core/records.ts";
import type { Database } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { FileIndex, LineVersion } from "./file-index.ts";

/** Versions read at once: a search that comes in between waits no longer than this takes. */
const VERSIONS_PAGE = 500;
/** Files in the parts of manifests that are read at once, as far as can be told; a part has up to 10,000. */
const PAGE_FILES = 5_000;
const MOST_PARTS = 200;
/** Reading a manifest takes as long as reading so many versions. */
const MANIFEST_WEIGHT = 3;

/** How many files a version has, and when it was logged: who goes first where there is no room for all. */
interface Need {
  files: number;
  newestMs: number;
}

/**
 * Fills an index.
 *
 * @param mostRows files there is room for: beyond it the manifests of the oldest versions are left out
 * @param onFraction told how much is read
 * @returns the number of the last event before reading began: what came later is not surely in
 */
export async function readIndex(
  db: Database,
  index: FileIndex,
  mostRows: number,
  onFraction: (fraction: number) => void,
): Promise<number> {
  const start = await takeStock(db);
  let done = 0;
  const advance = (weight: number): void => {
    done += weight;
    onFraction(Math.min(1, done / Math.max(1, start.weight)));
  };
  const needs = await readLines(db, index, start.artifacts, advance);
  const isWanted = chooseNewest(needs, mostRows);
  for await (const { keys, parts } of manifestPages(db)) {
    keys.forEach(([digest, number], i) => {
      const part = parts[i];
      if (part !== undefined && isWanted(index.numberOf(digest)))
        index.addPart(digest, number, part);
    });
    advance(keys.length * MANIFEST_WEIGHT);
  }
  return start.lastEvent;
}

async function takeStock(db: Database): Promise<{
  readonly lastEvent: number;
  readonly artifacts: readonly ArtifactRecord[];
  readonly weight: number;
}> {
  return withRead(db, ["events", "artifacts", "versions", "manifests"], async (tx) => {
    const last = await tx.objectStore("events").openCursor(null, "prev");
    const [artifacts, versions, manifests] = await Promise.all([
      tx.objectStore("artifacts").getAll(),
      tx.objectStore("versions").count(),
      tx.objectStore("manifests").count(),
    ]);
    const weight = versions + MANIFEST_WEIGHT * manifests;
    return { lastEvent: last?.value.seq ?? 0, artifacts, weight };
  });
}

/** Reads all versions, those in the trash too. */
async function readLines(
  db: Database,
  index: FileIndex,
  artifacts: readonly ArtifactRecord[],
  advance: (weight: number) => void,
): Promise<readonly Need[]> {
  const needs: Need[] = [];
  const lines = new Map(artifacts.map((of) => [of.uid, { of, versions: [] as LineVersion[] }]));
  const note = (version: VersionRecord, inTrash: boolean): void => {
    const { number, digest, createdAt, fileCount } = version;
    lines.get(version.artifact)?.versions.push({ number, digest, createdAt, inTrash });
    const manifest = index.numberOf(digest);
    const newestMs = Math.max(needs[manifest]?.newestMs ?? 0, Date.parse(createdAt));
    needs[manifest] = { files: fileCount, newestMs };
  };
  const trashed = await withRead(db, ["deletedVersions"], (tx) =>
    tx.objectStore("deletedVersions").index("byTrash").getAll(IDBKeyRange.lowerBound("")),
  );
  for (const version of trashed) note(version, true);
  const settle = (uid: ArtifactUid): void => {
    const line = lines.get(uid);
    if (line !== undefined) index.setLine(uid, line.of, line.versions);
    lines.delete(uid);
  };
  let open: ArtifactUid | null = null;
  for await (const page of versionPages(db)) {
    for (const version of page) {
      if (open !== null && open !== version.artifact) settle(open);
      open = version.artifact;
      note(version, false);
    }
    advance(page.length);
  }
  for (const uid of lines.keys()) settle(uid);
  return needs;
}

async function* versionPages(db: Database): AsyncGenerator<readonly VersionRecord[]> {
  let range: IDBKeyRange | null = null;
  for (;;) {
    const page: readonly VersionRecord[] = await withRead(db, ["versions"], (tx) =>
      tx.objectStore("versions").getAll(range, VERSIONS_PAGE),
    );
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < VERSIONS_PAGE) return;
    range = IDBKeyRange.lowerBound([last.artifact, last.number], true);
  }
}

interface ManifestPage {
  readonly keys: readonly (readonly [Digest, number])[];
  readonly parts: readonly Manifest[];
}

/** All parts of manifests, those of one in order. */
export async function* manifestPages(db: Database): AsyncGenerator<ManifestPage> {
  let range: IDBKeyRange | null = null;
  let count = 8;
  for (;;) {
    const { keys, parts }: ManifestPage = await readParts(db, range, count);
    yield { keys, parts };
    const last = keys.at(-1);
    if (last === undefined || keys.length < count) return;
    range = IDBKeyRange.lowerBound([...last], true);
    // The next ones are likely to be as long as these.
    const files = parts.reduce((sum, { paths }) => sum + paths.length, 0);
    count = Math.floor((keys.length * PAGE_FILES) / Math.max(1, files));
    count = Math.min(MOST_PARTS, Math.max(1, count));
  }
}

function readParts(db: Database, range: IDBKeyRange | null, count: number): Promise<ManifestPage> {
  return withRead(db, ["manifests"], async (tx) => {
    const store = tx.objectStore("manifests");
    const [keys, parts] = await Promise.all([
      store.getAllKeys(range, count),
      store.getAll(range, count),
    ]);
    return { keys, parts };
  });
}

/** Manifests that no version holds are of no interest; where there is no room for all, the newest are. */
function chooseNewest(needs: readonly Need[], mostRows: number): (manifest: number) => boolean {
  let rows = needs.reduce((sum, { files }) => sum + files, 0);
  if (rows <= mostRows) return (manifest) => manifest < needs.length;
  const left = new Set<number>();
  const oldestFirst = needs.map((need, manifest) => ({ ...need, manifest }));
  for (const { files, manifest } of oldestFirst.toSorted((a, b) => a.newestMs - b.newestMs)) {
    if (rows <= mostRows) break;
    rows -= files;
    left.add(manifest);
  }
  return (manifest) => manifest < needs.length && !left.has(manifest);
}

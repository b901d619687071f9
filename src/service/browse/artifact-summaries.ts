// What lists show of many artifacts: their newest versions and aliases, read with few requests.
import { LATEST } from "../../core/names.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ArtifactUid,
  VersionRecord,
} from "../../core/records.ts";
import type { ArtifactSummary } from "../../protocol/browse-api.ts";
import { lost } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";

type SummaryTx = ReadTx<"artifacts" | "versions" | "aliases">;
type VersionStore = ReturnType<ReadTx<"versions">["objectStore"]>;

/** Rows that are read in the time one more request takes. */
const ROWS_PER_REQUEST = 8;
/** Rows of versions read at once: while these are taken out of the answer, the next are read. */
const MOST_ROWS = 4_000;

/**
 * The summaries of a project's artifacts, in their order. Those of artifacts whose ids follow each
 * other are read at once: a project's usually do, and a request costs more than a row.
 */
export async function summariesOf(
  tx: SummaryTx,
  artifacts: readonly ArtifactRecord[],
): Promise<readonly ArtifactSummary[]> {
  const stretches = await stretchesOf(tx, artifacts);
  const read = await Promise.all(stretches.map((stretch) => readStretch(tx, stretch)));
  const byUid = new Map(read.flat().map((summary) => [summary.artifact.uid, summary]));
  return artifacts.flatMap(({ uid }) => byUid.get(uid) ?? []);
}

/** Artifacts that no others lie between, of each other's kind: of few versions, or of many. */
async function stretchesOf(
  tx: ReadTx<"artifacts">,
  artifacts: readonly ArtifactRecord[],
): Promise<readonly ArtifactRecord[][]> {
  const wanted = new Map(artifacts.map((artifact) => [artifact.uid, artifact]));
  const uids = [...wanted.keys()].toSorted();
  const [first, last] = [uids.at(0), uids.at(-1)];
  if (first === undefined || last === undefined) return [];
  const around = await tx.objectStore("artifacts").getAllKeys(IDBKeyRange.bound(first, last));
  const stretches: ArtifactRecord[][] = [];
  let open: ArtifactRecord[] = [];
  let rows = 0;
  const close = (): void => {
    if (open.length > 0) stretches.push(open);
    open = [];
    rows = 0;
  };
  for (const uid of around) {
    const artifact = wanted.get(uid);
    const [before] = open;
    if (artifact === undefined) close();
    else {
      const isOther = before !== undefined && hasFew(before) !== hasFew(artifact);
      if (isOther || rows >= MOST_ROWS) close();
      open.push(artifact);
      rows += hasFew(artifact) ? artifact.versionCount : 1;
    }
  }
  close();
  return stretches;
}

/** So few versions that reading them all takes no longer than asking for one. */
function hasFew({ versionCount }: ArtifactRecord): boolean {
  return versionCount <= ROWS_PER_REQUEST;
}

async function readStretch(
  tx: ReadTx<"versions" | "aliases">,
  stretch: readonly ArtifactRecord[],
): Promise<readonly ArtifactSummary[]> {
  const [first, last] = [stretch.at(0), stretch.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range = IDBKeyRange.bound([first.uid], [last.uid, []]);
  const store = tx.objectStore("versions");
  const [aliases, together] = await Promise.all([
    tx.objectStore("aliases").getAll(range),
    hasFew(first) ? store.getAll(range) : null,
  ]);
  const numbers = new Map<ArtifactUid, number>();
  const custom = new Map<ArtifactUid, AliasRecord[]>();
  for (const row of aliases) {
    const others = custom.get(row.artifact);
    if (row.alias === LATEST) numbers.set(row.artifact, row.number);
    else if (others === undefined) custom.set(row.artifact, [row]);
    else others.push(row);
  }
  const versions = together ?? (await readEach(store, numbers));
  const latest = new Map<ArtifactUid, VersionRecord>();
  for (const version of versions)
    if (version.number === numbers.get(version.artifact)) latest.set(version.artifact, version);
  return stretch.map((artifact) => {
    const version = latest.get(artifact.uid);
    if (version === undefined) throw lost("latest version of", artifact.uid);
    const held = custom.get(artifact.uid) ?? [];
    return {
      artifact,
      latest: version,
      aliases: held.map(({ alias, number }) => ({ alias, number })),
    };
  });
}

async function readEach(
  store: VersionStore,
  numbers: ReadonlyMap<ArtifactUid, number>,
): Promise<readonly VersionRecord[]> {
  const rows = await Promise.all(Array.from(numbers, (key) => store.get(key)));
  return rows.filter((row) => row !== undefined);
}

// The lines of a project's versions: from and to runs of the project, and from versions anywhere.
import type {
  ArtifactRecord,
  DerivationRecord,
  EdgeRecord,
  RunUid,
  VersionUid,
} from "../../core/records.ts";
import type { DeviceId } from "../../core/sync/shared.ts";
import type { VersionNumber } from "../../core/version.ts";
import { versionsOf } from "../../store/artifacts.ts";
import { findByUid } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";
import type { ArtifactRows, RowTx } from "./read-rows.ts";
import { scopeOf, type ToldScope } from "./scope-of.ts";

/** Rows that are read in the time one more request takes. */
const ROWS_PER_REQUEST = 8;

interface Lines {
  readonly edges: readonly EdgeRecord[];
  readonly derivations: readonly Required<DerivationRecord>[];
}

/** The lines of each artifact, in the order of the artifacts. */
interface LinesRead {
  readonly lines: readonly Lines[];
  /** Parents in other projects that stay out. */
  readonly hidden: ReadonlySet<VersionUid>;
}

/**
 * Lines but those that lead to what stays out, and without the names of registries that do.
 *
 * @param self who this browser is for the remote whose scope says what stays out
 */
export async function linesOf(
  tx: RowTx,
  self: DeviceId,
  {
    runs,
    artifacts,
    hidden,
  }: {
    readonly runs: ReadonlySet<RunUid>;
    readonly artifacts: readonly Pick<ArtifactRows, "artifact" | "live" | "deleted">[];
    readonly hidden: readonly ArtifactRecord[];
  },
): Promise<LinesRead> {
  let reading: Promise<ToldScope> | undefined;
  // It names every project that syncs, and in most of them no line leads out.
  const scope = (): Promise<ToldScope> => (reading ??= scopeOf(tx, self));
  const places = new Map<VersionUid, number>();
  for (const [i, { live, deleted }] of artifacts.entries())
    for (const versions of [live, deleted]) for (const uid of versions.keys()) places.set(uid, i);
  const edges: EdgeRecord[][] = artifacts.map(() => []);
  for (const edge of await rowsUnder(tx, "edges", [...runs])) {
    const at = places.get(edge.version);
    if (at === undefined || !runs.has(edge.run)) continue;
    edges[at]?.push(edge.via === undefined ? edge : toldEdge(await scope(), edge));
  }
  const derivations: Required<DerivationRecord>[][] = artifacts.map(() => []);
  const isHidden = await hiddenVersions(tx, hidden);
  const elsewhere = new Set<VersionUid>();
  for (const line of await rowsUnder(tx, "derivations", [...places.keys()])) {
    const at = places.get(line.child);
    if (at === undefined || isHidden.has(line.parent)) continue;
    const isOwn = places.has(line.parent);
    const isNamed = line.parentName !== undefined;
    const parent = isOwn && isNamed ? undefined : await artifactOf(tx, line.parent);
    if (!isOwn && parent !== undefined && !(await scope()).hasArtifact(parent.artifact)) {
      elsewhere.add(line.parent);
      continue;
    }
    const parentName = line.parentName ?? nameOf(parent);
    derivations[at]?.push({ ...line, parentName });
  }
  const lines = artifacts.map((_, i) => ({
    edges: edges[i] ?? [],
    derivations: derivations[i] ?? [],
  }));
  return { lines, hidden: elsewhere };
}

/** An edge says through which registry a version was found; not one that isn't told of. */
function toldEdge(scope: ToldScope, edge: EdgeRecord): EdgeRecord {
  if (edge.via === undefined || scope.hasRegistry(edge.via.registry)) return edge;
  const { via: _, ...told } = edge;
  return told;
}

/** Rows whose keys begin with one of the ids, and maybe others that lie between them. */
async function rowsUnder(
  tx: ReadTx<"edges">,
  store: "edges",
  ids: readonly string[],
): Promise<readonly EdgeRecord[]>;
async function rowsUnder(
  tx: ReadTx<"derivations">,
  store: "derivations",
  ids: readonly string[],
): Promise<readonly DerivationRecord[]>;
async function rowsUnder(
  tx: ReadTx<"edges" | "derivations">,
  name: "edges" | "derivations",
  ids: readonly string[],
): Promise<readonly (EdgeRecord | DerivationRecord)[]> {
  const sorted = ids.toSorted();
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const store = tx.objectStore(name);
  const between = IDBKeyRange.bound([first], [last, []]);
  // Other projects' rows may lie between: where there are many of them, each id is asked for alone.
  if ((await store.count(between)) <= ROWS_PER_REQUEST * ids.length) return store.getAll(between);
  const rows = await Promise.all(
    sorted.map((id) => store.getAll(IDBKeyRange.bound([id], [id, []]))),
  );
  return rows.flat();
}

/** Every version of artifacts that stay out, under each id it has. */
async function hiddenVersions(
  tx: RowTx,
  hidden: readonly ArtifactRecord[],
): Promise<ReadonlySet<VersionUid>> {
  const found = new Set<VersionUid>();
  for (const { uid: artifact } of hidden) {
    const all = IDBKeyRange.bound([artifact], [artifact, []]);
    for (const { uid, twins = [] } of [
      ...(await versionsOf(tx, artifact)),
      ...(await tx.objectStore("deletedVersions").index("byNumber").getAll(all)),
    ])
      for (const id of [uid, ...twins]) found.add(id);
  }
  return found;
}

/** Where a version is, by any id; `undefined` for one that was never here. */
async function artifactOf(tx: RowTx, uid: VersionUid): Promise<Placed | undefined> {
  const found = await findByUid(tx, uid);
  if (found === undefined) return undefined;
  const artifact = await tx.objectStore("artifacts").get(found.version.artifact);
  return artifact === undefined ? undefined : { artifact, number: found.version.number };
}

interface Placed {
  readonly artifact: ArtifactRecord;
  readonly number: VersionNumber;
}

/** What a version is called now; empty for one that was never here. */
function nameOf(placed: Placed | undefined): string {
  return placed === undefined ? "" : subjectOf(placed.artifact, placed.number);
}

// The lineage graph around a version [R5].
import type {
  LineageGraph,
  LineageNode,
  LineageNodeId,
  LineageOptions,
  LineageRun,
  LineageVersion,
} from "../../core/lineage.ts";
import type { RunRecord, RunUid, VersionUid } from "../../core/records.ts";
import {
  aliasReader,
  artifactReader,
  findByUid,
  idsOf,
  lost,
  readRuns,
  versionByUid,
} from "../../store/by-uid.ts";
import { isRun, runId, uidOf, versionId } from "../../store/lineage.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { FIND_STORES, findVersion, specOf } from "./find-version.ts";
import type { ReadCtx } from "./read-ctx.ts";
import type { Places, ReaderTx } from "./registry-reader.ts";
import { walkLineage } from "./walk-lineage.ts";

/**
 * The graph around the version that a spec names, read in one transaction and in time proportional
 * to what it returns.
 *
 * @param project the project of a spec that names none
 * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
 */
export async function lineage(
  ctx: ReadCtx,
  specText: string,
  project: string | null,
  options: LineageOptions,
): Promise<LineageGraph> {
  const spec = specOf(specText, project);
  return withRead(ctx.db, [...LINEAGE_STORES], async (tx) => {
    const { version } = await findVersion(ctx, tx, spec);
    return graphAround(ctx, tx, versionId(version.uid), options, []);
  });
}

/** As {@link lineage}, around any node; around those in `opened` one hop more than the limit of depth. */
export function lineageAround(
  ctx: ReadCtx,
  focus: LineageNodeId,
  options: LineageOptions,
  opened: readonly LineageNodeId[],
): Promise<LineageGraph> {
  return withRead(ctx.db, [...LINEAGE_STORES], async (tx) =>
    graphAround(ctx, tx, await idNow(tx, focus), options, opened),
  );
}

/** A node by the id its version has since it became one with another [S3]. */
async function idNow(
  tx: ReadTx<"versions" | "deletedVersions">,
  id: LineageNodeId,
): Promise<LineageNodeId> {
  return isRun(id) ? id : versionId((await versionByUid(tx, uidOf(id) as VersionUid)).version.uid);
}

const LINEAGE_STORES = [...FIND_STORES, "edges", "derivations", "runs"] as const;

async function graphAround(
  { registries }: ReadCtx,
  tx: DescribeTx & ReaderTx & ReadTx<"edges" | "derivations">,
  focus: LineageNodeId,
  options: LineageOptions,
  opened: readonly LineageNodeId[],
): Promise<LineageGraph> {
  const describe = describer(tx);
  const walk = { ...options, opened: new Set(opened) };
  const { nodes, edges, truncated } = await walkLineage(tx, focus, walk, describe.begin);
  const described = await Promise.all(
    nodes.map(async (node): Promise<readonly DescribedNode[]> => {
      const description = await describe.of(node.id);
      return description === null ? [] : [{ ...description, ...node }];
    }),
  );
  const known = described.flat();
  const places = await registries.placesOf(
    tx,
    known.flatMap((node) => (node.kind === "run" ? [] : node.ids)),
  );
  const placed = known.map((node) => withCollections(node, places));
  if (known.length === nodes.length) return { focus, nodes: placed, edges, truncated };
  const ids = new Set(placed.map(({ id }) => id));
  const whole = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { focus, nodes: placed, edges: whole, truncated };
}

/** A link is shown as its source, with the collections named [R5]. */
function withCollections(described: DescribedNode, places: Places): LineageNode {
  if (described.kind === "run") return described;
  const { ids, ...node } = described;
  const linked = ids.flatMap((id) => places.get(id) ?? []);
  return {
    ...node,
    collections: linked.map(({ registry, collection, number }) => ({
      registry,
      collection,
      number,
    })),
  };
}

type DescribeTx = ReadTx<"versions" | "deletedVersions" | "artifacts" | "aliases" | "runs">;
/** What a node is, without its place in the graph. */
type Description =
  | Omit<DescribedVersion, "depth" | "hasMore">
  | Omit<LineageRun, "depth" | "hasMore">;
/** A version with every id it has: links name the one it had when they were made. */
type DescribedVersion = LineageVersion & { readonly ids: readonly VersionUid[] };
type DescribedNode = DescribedVersion | LineageRun;

interface Describer {
  /** Starts reading what these nodes are. */
  readonly begin: (ids: readonly LineageNodeId[]) => void;
  /** `null` for a version that was never in this browser: only its name came, with a line to it. */
  readonly of: (id: LineageNodeId) => Promise<Description | null>;
}

function describer(tx: DescribeTx): Describer {
  const readers = { artifactOf: artifactReader(tx), aliasesOf: aliasReader(tx) };
  const begun = new Map<LineageNodeId, Promise<Description | null>>();
  const keep = (id: LineageNodeId, description: Promise<Description | null>): void => {
    // Whoever asks for it hears of a failure; until then nobody waits.
    description.catch(() => undefined);
    begun.set(id, description);
  };
  return {
    begin(ids) {
      const runs = readRuns(
        tx,
        ids.filter(isRun).map((id) => uidOf(id) as RunUid),
      );
      for (const id of ids)
        keep(id, isRun(id) ? describeRun(runs, id) : describeVersion(tx, id, readers));
    },
    of: (id) => begun.get(id) ?? Promise.reject(lost("node", id)),
  };
}

async function describeRun(
  runs: Promise<ReadonlyMap<RunUid, RunRecord>>,
  id: LineageNodeId,
): Promise<Description> {
  const uid = uidOf(id) as RunUid;
  const run = (await runs).get(uid);
  if (run === undefined) throw lost("run", uid);
  const { project, name, state, startedAt } = run;
  const isDeleted = run.deletedAt !== null;
  return { id: runId(uid), kind: "run", uid, project, name, state, startedAt, isDeleted };
}

async function describeVersion(
  tx: ReadTx<"versions" | "deletedVersions">,
  id: LineageNodeId,
  {
    artifactOf,
    aliasesOf,
  }: {
    readonly artifactOf: ReturnType<typeof artifactReader>;
    readonly aliasesOf: ReturnType<typeof aliasReader>;
  },
): Promise<Description | null> {
  const uid = uidOf(id) as VersionUid;
  const found = await findByUid(tx, uid);
  if (found === undefined) return null;
  const { version, state } = found;
  const [artifact, aliases] = await Promise.all([
    artifactOf(version.artifact),
    state === "live" ? aliasesOf(version) : [],
  ]);
  const { number, digest, sizeBytes, fileCount, createdAt, isFixed } = version;
  return {
    id: versionId(uid),
    kind: "version",
    uid,
    project: artifact.project,
    name: artifact.name,
    type: artifact.type,
    number,
    digest,
    aliases,
    sizeBytes,
    fileCount,
    createdAt,
    state,
    ...(isFixed && { isFixed }),
    collections: [],
    ids: idsOf(version),
  };
}

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
import { aliasReader, artifactReader, lost, readRuns, versionByUid } from "../../store/by-uid.ts";
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
  return withRead(ctx.db, [...LINEAGE_STORES], (tx) =>
    graphAround(ctx, tx, focus, options, opened),
  );
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
  const versions = nodes.filter(({ id }) => !isRun(id)).map(({ id }) => uidOf(id) as VersionUid);
  const [places, described] = await Promise.all([
    registries.placesOf(tx, versions),
    Promise.all(
      nodes.map(async (node): Promise<LineageNode> => ({
        ...(await describe.of(node.id)),
        ...node,
      })),
    ),
  ]);
  const placed = described.map((node) => withCollections(node, places));
  return { focus, nodes: placed, edges, truncated };
}

/** A link is shown as its source, with the collections named [R5]. */
function withCollections(node: LineageNode, places: Places): LineageNode {
  if (node.kind === "run") return node;
  const linked = places.get(node.uid) ?? [];
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
  | Omit<LineageVersion, "depth" | "hasMore">
  | Omit<LineageRun, "depth" | "hasMore">;

interface Describer {
  /** Starts reading what these nodes are. */
  readonly begin: (ids: readonly LineageNodeId[]) => void;
  readonly of: (id: LineageNodeId) => Promise<Description>;
}

function describer(tx: DescribeTx): Describer {
  const readers = { artifactOf: artifactReader(tx), aliasesOf: aliasReader(tx) };
  const begun = new Map<LineageNodeId, Promise<Description>>();
  const keep = (id: LineageNodeId, description: Promise<Description>): void => {
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
): Promise<Description> {
  const uid = uidOf(id) as VersionUid;
  const { version, state } = await versionByUid(tx, uid);
  const [artifact, aliases] = await Promise.all([
    artifactOf(version.artifact),
    state === "live" ? aliasesOf(version) : [],
  ]);
  const { number, digest, sizeBytes, fileCount, createdAt } = version;
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
    collections: [],
  };
}

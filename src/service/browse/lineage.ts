// The lineage graph around a version [R5].
import type { LineageGraph, LineageNode, LineageOptions } from "../../core/lineage.ts";
import type { RunUid, VersionUid } from "../../core/records.ts";
import { aliasReader, artifactReader, lost, versionByUid } from "../../store/by-uid.ts";
import { isRun, runId, uidOf, versionId } from "../../store/lineage.ts";
import type { Database } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { FIND_STORES, findVersion, specOf } from "./find-version.ts";
import { walkLineage, type WalkedNode } from "./walk-lineage.ts";

/**
 * The graph around the version that a spec names, read in one transaction and in time proportional
 * to what it returns.
 *
 * @param project the project of a spec that names none
 * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
 */
export async function lineage(
  db: Database,
  specText: string,
  project: string | null,
  options: LineageOptions,
): Promise<LineageGraph> {
  const spec = specOf(specText, project);
  return withRead(db, [...FIND_STORES, "edges", "derivations", "runs"], async (tx) => {
    const { version } = await findVersion(tx, spec);
    const { nodes, edges, truncated } = await walkLineage(tx, version.uid, options);
    const readers = { artifactOf: artifactReader(tx), aliasesOf: aliasReader(tx) };
    const described = await Promise.all(
      nodes.map((node) =>
        isRun(node.id) ? describeRun(tx, node) : describeVersion(tx, node, readers),
      ),
    );
    return { focus: versionId(version.uid), nodes: described, edges, truncated };
  });
}

async function describeRun(tx: ReadTx<"runs">, node: WalkedNode): Promise<LineageNode> {
  const uid = uidOf(node.id) as RunUid;
  const run = await tx.objectStore("runs").get(uid);
  if (run === undefined) throw lost("run", uid);
  const { project, name, state, startedAt } = run;
  const isDeleted = run.deletedAt !== null;
  return { ...node, id: runId(uid), kind: "run", uid, project, name, state, startedAt, isDeleted };
}

async function describeVersion(
  tx: ReadTx<"versions" | "deletedVersions">,
  node: WalkedNode,
  {
    artifactOf,
    aliasesOf,
  }: {
    readonly artifactOf: ReturnType<typeof artifactReader>;
    readonly aliasesOf: ReturnType<typeof aliasReader>;
  },
): Promise<LineageNode> {
  const uid = uidOf(node.id) as VersionUid;
  const { version, state } = await versionByUid(tx, uid);
  const [artifact, aliases] = await Promise.all([
    artifactOf(version.artifact),
    state === "live" ? aliasesOf(version) : [],
  ]);
  const { number, digest, sizeBytes, fileCount, createdAt } = version;
  return {
    ...node,
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
  };
}

// The read model of a version's page.
import type { ProjectName, ArtifactName } from "../../core/names.ts";
import type { EdgeRecord, RunRecord, VersionRecord, VersionUid } from "../../core/records.ts";
import { selectorOf } from "../../core/spec.ts";
import type { NamedVersion, Some, VersionDetail } from "../../protocol/browse-api.ts";
import { aliasesOfVersion } from "../../store/artifacts.ts";
import { artifactReader, findByUid, idsOf, lost } from "../../store/by-uid.ts";
import type { StoreName } from "../../store/schema.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { FIND_STORES, findVersion, type FoundVersion } from "./find-version.ts";
import type { ReadCtx } from "./read-ctx.ts";

/** Runs and versions named on a page; beyond, they are counted. */
const NAMED = 50;

/** The stores that {@link detailOf} reads. */
export const DETAIL_STORES = [
  ...FIND_STORES,
  "edges",
  "derivations",
  "runs",
  "checks",
] as const satisfies StoreName[];
type DetailTx = ReadTx<(typeof DETAIL_STORES)[number]>;

/**
 * One version, by `latest`, `v2` or an alias.
 *
 * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
 */
export function versionDetail(
  ctx: ReadCtx,
  project: string,
  name: string,
  selector: string,
): Promise<VersionDetail> {
  const spec = {
    kind: "artifact",
    project: project as ProjectName,
    name: name as ArtifactName,
    selector: selectorOf(selector),
    asOf: null,
  } as const;
  return withRead(ctx.db, [...DETAIL_STORES], async (tx) =>
    detailOf(ctx, tx, await findVersion(ctx, tx, spec)),
  );
}

/** What a version's page shows, in the caller's transaction. */
export async function detailOf(
  { registries }: ReadCtx,
  tx: DetailTx,
  { artifact, version, through }: FoundVersion,
): Promise<VersionDetail> {
  const [aliases, producedBy, usedBy, derivedFrom, derivedTo, verifiedAt, places] =
    await Promise.all([
      aliasesOfVersion(tx, version),
      producersOf(tx, version.uid),
      usersOf(tx, version.uid),
      parentsOf(tx, version.uid),
      childrenOf(tx, version.uid),
      verifiedAtOf(tx, version),
      registries.placesOf(tx, idsOf(version)),
    ]);
  return {
    artifact,
    version,
    aliases,
    producedBy,
    usedBy,
    derivedFrom,
    derivedTo,
    verifiedAt,
    links: idsOf(version).flatMap((id) => places.get(id) ?? []),
    via: through?.place ?? null,
  };
}

/** The runs that logged it; deleted ones too, for lineage stays readable [R4]. */
async function producersOf(tx: DetailTx, uid: VersionUid): Promise<readonly RunRecord[]> {
  return runsOf(
    tx,
    await tx.objectStore("edges").index("byVersionDirection").getAll([uid, "output"]),
  );
}

async function usersOf(tx: DetailTx, uid: VersionUid): Promise<Some<RunRecord>> {
  const index = tx.objectStore("edges").index("byVersionDirection");
  // In the order of the runs' ids, which is that of their making.
  const [first, count] = await Promise.all([
    index.getAll([uid, "input"], NAMED),
    index.count([uid, "input"]),
  ]);
  return { items: await runsOf(tx, first), count };
}

function runsOf(tx: DetailTx, edges: readonly EdgeRecord[]): Promise<readonly RunRecord[]> {
  return Promise.all(
    edges.map(async ({ run: uid }) => {
      const run = await tx.objectStore("runs").get(uid);
      if (run === undefined) throw lost("run", uid);
      return run;
    }),
  );
}

async function parentsOf(tx: DetailTx, uid: VersionUid): Promise<readonly NamedVersion[]> {
  const rows = await tx.objectStore("derivations").getAll(IDBKeyRange.bound([uid], [uid, []]));
  return namesOf(
    tx,
    rows.map(({ parent }) => parent),
  );
}

async function childrenOf(tx: DetailTx, uid: VersionUid): Promise<Some<NamedVersion>> {
  const index = tx.objectStore("derivations").index("byParent");
  const [first, count] = await Promise.all([index.getAll(uid, NAMED), index.count(uid)]);
  const items = await namesOf(
    tx,
    first.map(({ child }) => child),
  );
  return { items, count };
}

/** Without those that were never in this browser. */
async function namesOf(
  tx: DetailTx,
  uids: readonly VersionUid[],
): Promise<readonly NamedVersion[]> {
  const artifactOf = artifactReader(tx);
  const named = await Promise.all(
    uids.map(async (uid): Promise<readonly NamedVersion[]> => {
      const found = await findByUid(tx, uid);
      if (found === undefined) return [];
      const { project, name } = await artifactOf(found.version.artifact);
      return [{ project, name, number: found.version.number, state: found.state }];
    }),
  );
  return named.flat();
}

async function verifiedAtOf(
  tx: ReadTx<"checks">,
  { digest }: VersionRecord,
): Promise<string | null> {
  const checks = await Promise.all([
    tx.objectStore("checks").get(digest),
    tx.objectStore("checks").get("all"),
  ]);
  const times = checks.flatMap((check) => check?.verifiedAt ?? []);
  return times.toSorted().at(-1) ?? null;
}

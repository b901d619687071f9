// Keep rules at work: dry run, setting, applying [D4].
import { parseKeepRule, planKeep, type KeepPlan, type KeepRule } from "../../core/keep.ts";
import { CairnError } from "../../core/errors.ts";
import { canonicalJson } from "../../core/json.ts";
import { LATEST } from "../../core/names.ts";
import type { ArtifactRecord } from "../../core/records.ts";
import type { Deleted } from "../../protocol/trash-api.ts";
import { aliasesOf, getArtifact, versionsOf } from "../../store/artifacts.ts";
import { idsOf } from "../../store/by-uid.ts";
import { withRead, type ReadTx } from "../../store/transaction.ts";
import { openReadCtx } from "../browse/read-ctx.ts";
import { READER_STORES, type ReaderTx, type RegistryReader } from "../browse/registry-reader.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";

const PLAN_STORES = ["artifacts", "versions", "aliases", ...READER_STORES] as const;

/** What a rule would take now. Throws `invalid_text`, `not_found`. */
export async function previewKeep(
  ctx: Ctx,
  project: string,
  name: string,
  rule: KeepRule,
): Promise<KeepPlan> {
  const checked = parseKeepRule(rule);
  const { registries } = await openReadCtx(ctx);
  return withRead(ctx.db, [...PLAN_STORES], async (tx) =>
    planFor(registries, tx, await getArtifact(tx, project, name), checked, ctx.now()),
  );
}

/** Sets or clears an artifact's rule, then applies it. */
export async function setKeep(
  ctx: Ctx,
  project: string,
  name: string,
  rule: KeepRule | null,
  expected?: KeepRule | null,
): Promise<Deleted | null> {
  const keep = rule === null ? null : parseKeepRule(rule);
  await mutate(ctx, ["artifacts"], project, async (tx, journal) => {
    const artifact = await getArtifact(tx, project, name);
    if (expected !== undefined && !areEqual(artifact.keep, expected))
      throw new CairnError("changed_since", { what: "keep rule of", name: subjectOf(artifact) });
    if (areEqual(artifact.keep, keep)) return;
    await tx.objectStore("artifacts").put({ ...artifact, keep });
    const [before, after] = [{ keep: toJson(artifact.keep) }, { keep: toJson(keep) }];
    journal.record("artifact-edited", subjectOf(artifact), before, after);
  });
  return applyKeep(ctx, project, name);
}

/** Puts what an artifact's rule takes into the trash; `null` when that is nothing. */
async function applyKeep(ctx: Ctx, project: string, name: string): Promise<Deleted | null> {
  const { registries } = await openReadCtx(ctx);
  const plan = await withRead(ctx.db, [...PLAN_STORES], async (tx) => {
    const artifact = await getArtifact(tx, project, name);
    if (artifact.keep === null) return null;
    return planFor(registries, tx, artifact, artifact.keep, ctx.now());
  });
  if (plan === null || plan.goes.length === 0) return null;
  // Rules are looked at whenever a page opens, and seldom take anything.
  const { deleteVersions } = await import("./delete-versions.ts");
  const target = { kind: "versions", project, name, numbers: plan.goes } as const;
  // An alias put on one of them since the plan was made is not confirmed, and so saves it; a link does, too.
  return deleteVersions(ctx, { target, confirmed: [], by: "rule" });
}

/** Applies the rules of all artifacts; one that fails does not keep the others from theirs. */
export async function applyAllKeeps(ctx: Ctx): Promise<void> {
  const all = await withRead(ctx.db, ["artifacts"], (tx) => tx.objectStore("artifacts").getAll());
  for (const { project, name, keep, versionCount } of all)
    if (keep !== null && versionCount > 0) await applyKeep(ctx, project, name).catch(() => null);
}

async function planFor(
  registries: RegistryReader,
  tx: ReaderTx & ReadTx<"versions" | "aliases">,
  artifact: ArtifactRecord,
  rule: KeepRule,
  now: string,
): Promise<KeepPlan> {
  const [versions, aliases] = [
    await versionsOf(tx, artifact.uid),
    await aliasesOf(tx, artifact.uid),
  ];
  const places = await registries.placesOf(tx, versions.flatMap(idsOf));
  const latest = versions.at(-1)?.number;
  const candidates = versions.map((version) => ({
    ...version,
    aliases: aliases.flatMap(({ alias, number }) =>
      alias !== LATEST && number === version.number ? [alias] : [],
    ),
    isLatest: version.number === latest,
    isLinked: idsOf(version).some((id) => places.has(id)),
  }));
  return planKeep(candidates, rule, now);
}

function areEqual(a: KeepRule | null, b: KeepRule | null): boolean {
  return canonicalJson(toJson(a)) === canonicalJson(toJson(b));
}

function toJson(
  rule: KeepRule | null,
): { lastN: number | null; olderThanDays: number | null } | null {
  return rule === null ? null : { ...rule };
}

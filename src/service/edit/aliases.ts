// Aliases after the fact: put, moved, taken away [A1 A4 A5 A7].
import { checkHolder, type AliasMove } from "../../core/alias.ts";
import { errorOf, CairnError } from "../../core/errors.ts";
import { checkAlias, parseAlias } from "../../core/names.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import { getArtifact, getVersionOf } from "../../store/artifacts.ts";
import type { Ctx } from "../context.ts";
import { mutate, subjectOf } from "../journal.ts";
import { writeAlias } from "../log/move-aliases.ts";

/** Puts an alias on a version. `null` when it is there already [A7]. */
export async function setAlias(
  ctx: Ctx,
  ref: VersionRef,
  text: string,
  expected?: VersionNumber | null,
): Promise<AliasMove | null> {
  const alias = parseAlias(text);
  const stores = ["artifacts", "versions", "deletedVersions", "aliases"] as const;
  return mutate(ctx, stores, ref.project, async (tx, journal) => {
    const { artifact, version } = await getVersionOf(tx, ref);
    const held = await tx.objectStore("aliases").get([artifact.uid, alias]);
    checkHolder(`${subjectOf(artifact)}:${alias}`, held?.number ?? null, expected);
    if (held?.number === version.number) return null;
    const move: AliasMove = { alias, from: held?.number ?? null, to: version.number };
    await writeAlias(tx, artifact, move, journal);
    return move;
  });
}

/** Takes an alias away without moving it [A5]. Throws `alias_reserved`, `not_found`, `changed_since`. */
export async function removeAlias(
  ctx: Ctx,
  project: string,
  name: string,
  alias: string,
  expected?: VersionNumber,
): Promise<VersionNumber> {
  const problem = checkAlias(alias);
  if (problem !== null) throw errorOf(problem);
  return mutate(ctx, ["artifacts", "aliases"], project, async (tx, journal) => {
    const artifact = await getArtifact(tx, project, name);
    const held = await tx.objectStore("aliases").get([artifact.uid, alias]);
    const subject = `${subjectOf(artifact)}:${alias}`;
    if (held === undefined) throw new CairnError("not_found", { what: "alias", name: subject });
    checkHolder(subject, held.number, expected);
    await tx.objectStore("aliases").delete([artifact.uid, alias]);
    journal.record("alias-removed", subject, formatVersion(held.number), null);
    return held.number;
  });
}

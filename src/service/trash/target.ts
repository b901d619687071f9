// Which versions a delete is about.
import { CairnError } from "../../core/errors.ts";
import { LATEST } from "../../core/names.ts";
import type {
  AliasRecord,
  ArtifactRecord,
  ProjectRecord,
  VersionRecord,
} from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { DeleteTarget } from "../../protocol/trash-api.ts";
import { aliasesOf, getArtifact, versionsOf } from "../../store/artifacts.ts";
import type { ReadTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";

/** An artifact that loses versions. */
export interface Loss {
  readonly artifact: ArtifactRecord;
  /** Lowest number first. */
  readonly versions: readonly VersionRecord[];
  /** Custom aliases on them. */
  readonly aliases: readonly AliasRecord[];
  /** The highest version that stays, or `null`. */
  readonly stays: VersionRecord | null;
}

type TargetTx = ReadTx<"projects" | "artifacts" | "versions" | "aliases">;

/** The versions a target means, artifact by artifact. Throws `not_found`. */
export async function findLosses(tx: TargetTx, target: DeleteTarget): Promise<readonly Loss[]> {
  if (target.kind !== "project") {
    const artifact = await getArtifact(tx, target.project, target.name);
    return [await lossOf(tx, artifact, target.kind === "versions" ? target.numbers : null)];
  }
  await getProject(tx, target.project);
  const range = IDBKeyRange.bound([target.project], [target.project, []]);
  const artifacts = await tx.objectStore("artifacts").index("byName").getAll(range);
  const losses: Loss[] = [];
  for (const artifact of artifacts)
    if (artifact.versionCount > 0) losses.push(await lossOf(tx, artifact, null));
  return losses;
}

/** A project that is not deleted. Throws `not_found`. */
export async function getProject(tx: ReadTx<"projects">, name: string): Promise<ProjectRecord> {
  const project = await tx.objectStore("projects").get(name);
  if (project === undefined || project.deletedAt !== null)
    throw new CairnError("not_found", { what: "project", name });
  return project;
}

async function lossOf(
  tx: TargetTx,
  artifact: ArtifactRecord,
  numbers: readonly number[] | null,
): Promise<Loss> {
  const all = await versionsOf(tx, artifact.uid);
  const wanted = numbers === null ? null : new Set(numbers);
  const goes = (version: VersionRecord): boolean => wanted?.has(version.number) !== false;
  const versions = all.filter(goes);
  for (const number of wanted ?? [])
    if (!versions.some((version) => version.number === number))
      throw new CairnError("not_found", {
        what: "version",
        name: `${subjectOf(artifact)}:${formatVersion(number as VersionRecord["number"])}`,
      });
  if (versions.length === 0)
    throw new CairnError("not_found", { what: "artifact", name: subjectOf(artifact) });
  const going = new Set<number>(versions.map(({ number }) => number));
  const held = await aliasesOf(tx, artifact.uid);
  const aliases = held.filter(({ alias, number }) => alias !== LATEST && going.has(number));
  return { artifact, versions, aliases, stays: all.findLast((version) => !goes(version)) ?? null };
}

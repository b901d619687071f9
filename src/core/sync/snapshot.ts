// A project as the files of a remote's snapshot, and back. What comes back is hostile and checked [N1].
import { asJson, isJsonObject } from "../json.ts";
import type { ArtifactName, ArtifactType, ProjectName } from "../names.ts";
import type { RunUid, VersionUid } from "../records.ts";
import type { VersionNumber } from "../version.ts";
import * as f from "./fields.ts";
import { formatLines, invalid, readLines, type TextSource } from "./json-lines.ts";
import { snapshotPath } from "./layout.ts";
import { isWithinReach } from "./numbers.ts";
import {
  derivationKey,
  edgeKey,
  MOVES_KEPT,
  type SharedAlias,
  type SharedArtifact,
  type SharedProject,
  type SharedRun,
} from "./shared.ts";
import * as read from "./shared-reader.ts";

const ARTIFACTS = "artifacts/";
const RUNS = "runs/";

/** Texts by the file's name, such as `artifacts/cnn`, `runs/2026-11`. The same state gives the same texts. */
export function snapshotFiles(state: SharedProject): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const artifact of sortedBy(state.artifacts.values(), ({ name }) => name))
    files.set(ARTIFACTS + artifact.name, artifactText(artifact));
  const months = new Map<string, SharedRun[]>();
  for (const run of sortedBy(state.runs.values(), ({ uid }) => uid)) {
    const month = monthOf(run);
    const others = months.get(month);
    if (others === undefined) months.set(month, [run]);
    else others.push(run);
  }
  for (const [month, runs] of sortedBy(months, ([name]) => name))
    files.set(RUNS + month, formatLines({}, { runs: asJson(runs) }));
  return files;
}

/** All of a project as one text: equal states have equal ones. */
export function stateText(state: SharedProject): string {
  const { name, createdAt, deletedAt } = state;
  const files = [...snapshotFiles(state)].map(([file, text]) => `${file}\n${text}`);
  return [formatLines({ name, createdAt, deletedAt }, {}), ...files].join("");
}

/**
 * The inverse of {@link snapshotFiles}.
 *
 * @param remote for errors, such as `the dataset ada/models`
 * @param rest what is known of the snapshot's other files; lines may end there, too
 * @throws CairnError `invalid_remote`, which names the file
 */
export function readSnapshot(
  project: {
    readonly name: ProjectName;
    readonly createdAt: string;
    readonly deletedAt: string | null;
  },
  files: ReadonlyMap<string, string>,
  remote: string,
  rest?: Pick<SharedProject, "artifacts" | "runs">,
): SharedProject {
  const artifacts = new Map<ArtifactName, SharedArtifact>();
  const runs = new Map<RunUid, SharedRun>();
  const ids = new Set<VersionUid>();
  const known = [...(rest?.artifacts ?? [])].filter(([name]) => !files.has(ARTIFACTS + name));
  for (const [, { versions }] of known)
    for (const { uid, twins } of versions.values()) for (const id of [uid, ...twins]) ids.add(id);
  for (const [file, text] of files) {
    const source = { path: snapshotPath(project.name, file, false), remote };
    if (file.startsWith(ARTIFACTS)) {
      const artifact = readLines(text, source, artifactFile);
      if (ARTIFACTS + artifact.name !== file)
        throw invalid(source, `it tells of another artifact, “${artifact.name}”`);
      checkIds(artifact, ids, source);
      artifacts.set(artifact.name, artifact);
      continue;
    }
    if (!file.startsWith(RUNS)) throw invalid(source, "no snapshot has such a file");
    for (const run of readLines(text, source, runsFile)) {
      if (RUNS + monthOf(run) !== file || run.project !== project.name)
        throw invalid(source, "it tells of a run of another month or project");
      if (runs.has(run.uid)) throw invalid(source, `it tells of the run “${run.uid}” twice`);
      runs.set(run.uid, run);
    }
  }
  const { name, createdAt, deletedAt } = project;
  const fresh = [...artifacts.values()];
  const state: SharedProject = {
    name,
    createdAt,
    deletedAt,
    artifacts: new Map([...known, ...artifacts]),
    runs: new Map([...(rest?.runs ?? []), ...runs]),
  };
  for (const artifact of fresh) checkLines(state, artifact, ids, remote);
  return state;
}

/** The name of the file that has a run is the month it began in. */
function monthOf({ startedAt }: SharedRun): string {
  return startedAt.slice(0, "2026-11".length);
}

function artifactText(artifact: SharedArtifact): string {
  const { name, type, createdAt, tags, keep, lastNumber } = artifact;
  const { reserved, versions, aliases, edges, derivations } = artifact;
  const head = asJson({ name, type, createdAt, tags, keep, lastNumber });
  const lists = {
    reserved: sortedBy(reserved, ([, number]) => number).map(([uid, number]) => ({ uid, number })),
    versions: sortedBy(versions.values(), ({ number }) => number),
    aliases: sortedBy(aliases.values(), ({ alias }) => alias),
    edges: sortedBy(edges, ([key]) => key).map(([, edge]) => edge),
    derivations: sortedBy(derivations, ([key]) => key).map(([, derivation]) => derivation),
  };
  return formatLines(head, asJson(lists));
}

/** By a key that no two have: ids, names and numbers, whose order is the same in every engine. */
function sortedBy<Value>(
  values: Iterable<Value>,
  keyOf: (value: Value) => string | number,
): Value[] {
  return Array.from(values, (value) => ({ value, key: keyOf(value) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ value }) => value);
}

const reservedEntry = f.fields<{ uid: VersionUid; number: VersionNumber }>({
  uid: f.uid(),
  number: f.number,
});

const artifactFile: f.Read<SharedArtifact> = f.fields<SharedArtifact>({
  name: read.artifactName,
  type: f.name<ArtifactType>("type"),
  createdAt: f.time,
  tags: f.tags,
  keep: f.keep,
  lastNumber: f.nullable(f.number),
  reserved: (value, at) => {
    const entries = f
      .keyed(reservedEntry, ({ uid }) => uid)(value, at)
      .values();
    return new Map(Array.from(entries, ({ uid, number }) => [uid, number]));
  },
  versions: f.keyed(read.version, ({ uid }) => uid),
  aliases: f.keyed(
    f.fields<SharedAlias>({
      alias: f.alias,
      version: f.nullable(f.uid<"Version">()),
      moves: f.list(read.move, MOVES_KEPT),
    }),
    ({ alias }) => alias,
  ),
  edges: f.keyed(read.edge, edgeKey),
  derivations: f.keyed(read.derivation, derivationKey),
});

const runsFile: f.Read<readonly SharedRun[]> = (value, at) =>
  f.list(read.run, f.MANY)(isJsonObject(value) ? value["runs"] : undefined, at);

/** An id names one version of a project, a number one of an artifact [V1]; an alias is on a live one. */
function checkIds(artifact: SharedArtifact, ids: Set<VersionUid>, source: TextSource): void {
  const { versions, reserved, aliases, lastNumber } = artifact;
  const numbers = new Set<VersionNumber>();
  let known = 0;
  const take = (uids: readonly VersionUid[], number: VersionNumber): void => {
    for (const uid of uids) {
      if (ids.has(uid)) throw invalid(source, `the id “${uid}” names two versions`);
      ids.add(uid);
      known += 1;
    }
    if (numbers.has(number) || lastNumber === null || number > lastNumber)
      throw invalid(source, `the number ${number} is given out twice, or was never given out`);
    numbers.add(number);
  };
  for (const { uid, twins, number } of versions.values()) take([uid, ...twins], number);
  // What was promised in one artifact may have become a version of another.
  for (const number of reserved.values()) take([], number);
  if (lastNumber !== null && !isWithinReach(lastNumber, known + reserved.size))
    throw invalid(source, `no version can have come to the number ${lastNumber}`);
  for (const { alias, version } of aliases.values())
    if (version !== null && versions.get(version)?.deleted !== null)
      throw invalid(source, `the alias “${alias}” is on a version that isn't live`);
}

/** Lines end at versions and runs that there are. Of artifacts that were left out nobody can tell. */
function checkLines(
  { name: project, artifacts, runs }: SharedProject,
  { name, versions, edges, derivations }: SharedArtifact,
  ids: ReadonlySet<VersionUid>,
  remote: string,
): void {
  const source = { path: snapshotPath(project, ARTIFACTS + name, false), remote };
  for (const { run, version } of edges.values())
    if (!versions.has(version) || !runs.has(run))
      throw invalid(source, "a line in it ends at a run or a version that isn't there");
  for (const { child, parent, parentName } of derivations.values()) {
    const own = `${project}/`;
    const [parentArtifact] = parentName.slice(own.length).split(":");
    const isLeftOut = !parentName.startsWith(own) || !artifacts.has(parentArtifact as ArtifactName);
    if (!versions.has(child) || !(ids.has(parent) || isLeftOut))
      throw invalid(source, "a line in it ends at a version that isn't there");
  }
}

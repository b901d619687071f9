// Edges and derivations as a merge has them; those of a version that became another's twin go along [R2 R3 S3].
import type { DerivationRecord, EdgeRecord, VersionUid } from "../../core/records.ts";
import type { Json } from "../../core/json.ts";
import { isSameJson } from "../../core/sync/same.ts";
import {
  derivationKey,
  edgeKey,
  type SharedArtifact,
  type SharedDerivation,
  type SharedEdge,
  type SharedProject,
} from "../../core/sync/shared.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { WriteTx } from "../../store/transaction.ts";
import { subjectOf } from "../journal.ts";
import { toldOf } from "../runs/edges.ts";
import type { SyncJournal } from "./sync-journal.ts";

type LineTx = WriteTx<"edges" | "derivations">;

/** Twins of versions that became theirs in this merge, anywhere in the project. */
export type Became = ReadonlyMap<VersionUid, VersionUid>;

/** Gives all lines of a version to another, those of other projects too. A line that it has already is kept. */
export async function moveLines(tx: LineTx, from: VersionUid, into: VersionUid): Promise<void> {
  const edges = tx.objectStore("edges");
  const ofVersion = IDBKeyRange.bound([from], [from, []]);
  for (const edge of await edges.index("byVersionDirection").getAll(ofVersion)) {
    await edges.delete([edge.run, from, edge.direction]);
    const key: [EdgeRecord["run"], VersionUid, string] = [edge.run, into, edge.direction];
    if ((await edges.getKey(key)) === undefined) await edges.put({ ...edge, version: into });
  }
  const derivations = tx.objectStore("derivations");
  const lines = [
    ...(await derivations.getAll(ofVersion)),
    ...(await derivations.index("byParent").getAll(from)),
  ];
  for (const line of lines) {
    await derivations.delete([line.child, line.parent]);
    const own: DerivationRecord = {
      ...line,
      child: line.child === from ? into : line.child,
      parent: line.parent === from ? into : line.parent,
    };
    const isThere = (await derivations.getKey([own.child, own.parent])) !== undefined;
    if (own.child !== own.parent && !isThere) await derivations.put(own);
  }
}

/** Writes what differs of an artifact's lines, with events. Lines to runs that are nowhere are left out. */
export async function writeLines(
  tx: LineTx,
  journal: SyncJournal,
  project: SharedProject,
  before: SharedArtifact | undefined,
  after: SharedArtifact,
  became: Became,
): Promise<void> {
  const subject = (version: VersionUid): string | null => {
    const number: VersionNumber | undefined = after.versions.get(version)?.number;
    return number === undefined
      ? null
      : subjectOf({ project: project.name, name: after.name }, number);
  };
  await writeEdges(tx, journal, project, edgesNow(before, became), after, subject);
  await writeDerivations(tx, journal, derivationsNow(before, became), after, subject);
}

async function writeEdges(
  tx: WriteTx<"edges">,
  journal: SyncJournal,
  project: SharedProject,
  before: SharedArtifact["edges"],
  { edges }: SharedArtifact,
  subjectFor: (version: VersionUid) => string | null,
): Promise<void> {
  const store = tx.objectStore("edges");
  const writes: Promise<unknown>[] = [];
  for (const [key, edge] of before) {
    const subject = subjectFor(edge.version);
    if (edges.has(key) || subject === null) continue;
    writes.push(store.delete([edge.run, edge.version, edge.direction]));
    const by = project.runs.get(edge.run)?.by ?? null;
    journal.record(by, { kind: "edge-removed", subject, before: toldOf(edge), after: null });
  }
  for (const [key, edge] of edges) {
    const known = before.get(key);
    const subject = subjectFor(edge.version);
    const run = project.runs.get(edge.run);
    if (subject === null || run === undefined) continue;
    // What was read may lack how it was found, which isn't told to everybody.
    const row = known ?? (await store.get([edge.run, edge.version, edge.direction]));
    if (row !== undefined && isSameEdge(row, edge)) continue;
    writes.push(store.put(edge));
    journal.record(run.by, { kind: "edge-added", subject, before: null, after: toldOf(edge) });
  }
  await Promise.all(writes);
}

async function writeDerivations(
  tx: WriteTx<"derivations">,
  journal: SyncJournal,
  before: SharedArtifact["derivations"],
  { derivations }: SharedArtifact,
  subjectFor: (version: VersionUid) => string | null,
): Promise<void> {
  const store = tx.objectStore("derivations");
  const writes: Promise<unknown>[] = [];
  for (const [key, line] of before) {
    const subject = subjectFor(line.child);
    if (derivations.has(key) || subject === null) continue;
    writes.push(store.delete([line.child, line.parent]));
    journal.record(null, {
      kind: "derivation-removed",
      subject,
      before: toldOfLine(line),
      after: null,
    });
  }
  for (const [key, line] of derivations) {
    const known = before.get(key);
    const subject = subjectFor(line.child);
    // A line that isn't told to everybody may be here all the same.
    const row = known ?? (await store.get([line.child, line.parent]));
    if (subject === null || (row !== undefined && isSameLine(row, line))) continue;
    writes.push(store.put(line));
    journal.touch();
    if (row === undefined)
      journal.record(null, {
        kind: "derivation-added",
        subject,
        before: null,
        after: toldOfLine(line),
      });
  }
  await Promise.all(writes);
}

/** The edges once twins became one. */
function edgesNow(before: SharedArtifact | undefined, became: Became): SharedArtifact["edges"] {
  if (became.size === 0 || before === undefined) return before?.edges ?? new Map();
  const now = new Map<string, SharedEdge>();
  for (const edge of moved(before.edges.values(), ({ version }) => became.has(version))) {
    const version = became.get(edge.version) ?? edge.version;
    const own = version === edge.version ? edge : { ...edge, version };
    if (!now.has(edgeKey(own))) now.set(edgeKey(own), own);
  }
  return now;
}

function derivationsNow(
  before: SharedArtifact | undefined,
  became: Became,
): SharedArtifact["derivations"] {
  if (became.size === 0 || before === undefined) return before?.derivations ?? new Map();
  const now = new Map<string, SharedDerivation>();
  const isMoved = ({ child, parent }: SharedDerivation): boolean =>
    became.has(child) || became.has(parent);
  for (const line of moved(before.derivations.values(), isMoved)) {
    const child = became.get(line.child) ?? line.child;
    const parent = became.get(line.parent) ?? line.parent;
    const own = { ...line, child, parent };
    if (child !== parent && !now.has(derivationKey(own))) now.set(derivationKey(own), own);
  }
  return now;
}

/** Those that stay first: where a moved line meets one, that one is kept. */
function moved<T>(lines: Iterable<T>, isMoved: (line: T) => boolean): readonly T[] {
  const all = [...lines];
  return [...all.filter((line) => !isMoved(line)), ...all.filter(isMoved)];
}

/** Whether the later one says no more. */
function isSameEdge(a: SharedEdge, b: SharedEdge): boolean {
  if (a === b) return true;
  return a.createdAt === b.createdAt && (b.via === undefined || isSameJson(viaOf(a), viaOf(b)));
}

function isSameLine(a: DerivationRecord, b: SharedDerivation): boolean {
  return a.createdAt === b.createdAt && (a.parentName ?? b.parentName) === b.parentName;
}

function viaOf({ via }: SharedEdge): Json {
  return via === undefined ? null : { ...via };
}

function toldOfLine({ child, parent, parentName }: SharedDerivation): Record<string, string> {
  return { child, parent, parentName };
}

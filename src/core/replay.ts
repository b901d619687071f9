// The event log folded into the state it tells of, now or as of a time [E4].
import { numberIn, numbersIn, objectIn, pickIn, textIn, valueIn } from "./event-payload.ts";
import type { Json, JsonObject } from "./json.ts";
import { LATEST } from "./names.ts";
import type { EventKind, EventRecord } from "./records.ts";
import {
  derivationId,
  edgeId,
  moveLatest,
  type DraftArtifact,
  type DraftState,
} from "./replay-draft.ts";
import { absorb, renumber } from "./replay-numbers.ts";
import type {
  ReplayedDerivation,
  ReplayedRun,
  ReplayedState,
  ReplayedVersion,
} from "./replay-state.ts";
import { findVersionNumber, type VersionNumber } from "./version.ts";

/**
 * Folds events into a state.
 *
 * @param events the log from its start, in order
 * @param until ISO time: the fold ends before the first event after it; everything when left out
 */
export function replay(events: Iterable<EventRecord>, until?: string): ReplayedState {
  const state = emptyState();
  const untilMs = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  for (const event of events) {
    if (Date.parse(event.at) > untilMs) break;
    // A newer Cairn may have written kinds that this one doesn't know.
    if (Object.hasOwn(STEPS, event.kind)) STEPS[event.kind](state, event);
  }
  return state;
}

/** What may be edited of a version [V3]. */
const DETAILS = ["description", "metadata", "tags", "pinned"];

type Apply = (state: DraftState, event: EventRecord) => void;

const ignore: Apply = () => undefined;

const STEPS: Readonly<Record<EventKind, Apply>> = {
  "project-created": markProject(false),
  "project-restored": markProject(false),
  "project-deleted": markProject(true),
  "artifact-created": ({ artifacts }, { subject, after }) => {
    const type = textIn(after, "type");
    const existing = artifacts.get(subject);
    // A name that lost its last version may take another type; its numbers stay given out.
    if (existing !== undefined) existing.type = type;
    else
      artifacts.set(subject, {
        type,
        tags: [],
        keep: null,
        versions: new Map(),
        aliases: new Map(),
      });
  },
  "artifact-edited": ({ artifacts }, { subject, after }) => {
    const artifact = artifacts.get(subject);
    if (artifact === undefined) return;
    artifact.tags = valueIn(after, "tags") ?? artifact.tags;
    const keep = valueIn(after, "keep");
    if (keep !== undefined) artifact.keep = keep;
  },
  "version-logged": (state, { subject, after, at }) => {
    const { artifact, number } = placeOf(state, subject);
    if (artifact === undefined || number === undefined) return;
    artifact.versions.set(number, {
      uid: textIn(after, "uid"),
      digest: textIn(after, "digest"),
      sizeBytes: numberIn(after, "sizeBytes"),
      fileCount: numberIn(after, "fileCount"),
      description: textIn(after, "description"),
      metadata: valueIn(after, "metadata") ?? {},
      tags: valueIn(after, "tags") ?? [],
      // A version that comes from elsewhere may be pinned, and older than its event.
      pinned: valueIn(after, "pinned") === true,
      createdAt: textIn(after, "createdAt") || at,
      state: "live",
      trash: null,
    });
    if (number >= (artifact.aliases.get(LATEST) ?? number)) artifact.aliases.set(LATEST, number);
  },
  "version-relogged": ignore,
  "version-edited": (state, { subject, after }) => {
    const { artifact, number } = placeOf(state, subject);
    if (number !== undefined) change(artifact, [number], pickIn(after, DETAILS));
  },
  "version-renumbered": ({ artifacts }, { subject, after }) =>
    renumber(artifacts.get(subject), after),
  "version-absorbed": absorb,
  "versions-deleted": ({ artifacts }, { subject, after }) => {
    const artifact = artifacts.get(subject);
    const numbers = numbersIn(after);
    change(artifact, numbers, { state: "in_trash", trash: textIn(after, "trash") });
    for (const [alias, holder] of artifact?.aliases ?? [])
      if (numbers.includes(holder)) artifact?.aliases.delete(alias);
    moveLatest(artifact);
  },
  "versions-restored": ({ artifacts }, { subject, after }) => {
    const artifact = artifacts.get(subject);
    change(artifact, numbersIn(after), { state: "live", trash: null });
    for (const [alias, number] of Object.entries(objectIn(after, "aliases")))
      if (typeof number === "number") artifact?.aliases.set(alias, number as VersionNumber);
    moveLatest(artifact);
  },
  "versions-purged": ({ artifacts }, { subject, after }) =>
    change(artifacts.get(subject), numbersIn(after), {
      state: "purged",
      trash: null,
      description: "",
      metadata: {},
      tags: [],
    }),
  "alias-moved": (state, { subject, after }) => {
    const { artifact, suffix } = placeOf(state, subject);
    const number = typeof after === "string" ? findVersionNumber(after) : undefined;
    if (number !== undefined) artifact?.aliases.set(suffix, number);
  },
  "alias-removed": (state, { subject }) => {
    const { artifact, suffix } = placeOf(state, subject);
    artifact?.aliases.delete(suffix);
  },
  "run-created": ({ runs }, { subject, after }) => {
    const [project, name] = splitAt(subject, subject.indexOf("/"));
    const uid = textIn(after, "uid");
    const config = valueIn(after, "config") ?? {};
    // The first Cairn knew runs only as finished ones, and said no more than their id.
    const state = textIn(after, "state") || "finished";
    runs.set(uid, { uid, project, name, config, state, isDeleted: false });
  },
  "run-changed": ({ runs }, { after }) => changeRun(runs, after, { state: textIn(after, "state") }),
  "run-deleted": ({ runs }, { after }) => changeRun(runs, after, { isDeleted: true }),
  "run-restored": ({ runs }, { after }) => changeRun(runs, after, { isDeleted: false }),
  "edge-added": (state, { subject, after }) => {
    const { artifact, number } = placeOf(state, subject);
    const version = number === undefined ? undefined : artifact?.versions.get(number)?.uid;
    if (version === undefined) return;
    const run = textIn(after, "run");
    const direction = textIn(after, "direction");
    const edge = { run, version, direction, via: valueIn(after, "via") ?? null };
    state.edges.set(edgeId(edge), edge);
  },
  "edge-removed": (state, { subject, before }) => {
    const { artifact, number } = placeOf(state, subject);
    const version = number === undefined ? undefined : artifact?.versions.get(number)?.uid;
    if (version === undefined) return;
    const [run, direction] = [textIn(before, "run"), textIn(before, "direction")];
    state.edges.delete(edgeId({ run, version, direction }));
  },
  "derivation-added": ({ derivations }, { after }) => {
    const line = derivationIn(after);
    derivations.set(derivationId(line), line);
  },
  "derivation-removed": ({ derivations }, { before }) =>
    void derivations.delete(derivationId(derivationIn(before))),
  "blob-quarantined": ignore,
  "bytes-freed": ignore,
  "setting-changed": ({ settings }, { subject, after }) => void settings.set(subject, after),
};

function emptyState(): DraftState {
  return {
    projects: new Map(),
    artifacts: new Map(),
    runs: new Map(),
    edges: new Map(),
    derivations: new Map(),
    settings: new Map(),
  };
}

function markProject(isDeleted: boolean): Apply {
  return ({ projects }, { subject }) => void projects.set(subject, { isDeleted });
}

function change(
  artifact: DraftArtifact | undefined,
  numbers: readonly VersionNumber[],
  changes: Partial<ReplayedVersion> | JsonObject,
): void {
  for (const number of numbers) {
    const version = artifact?.versions.get(number);
    if (version !== undefined) artifact?.versions.set(number, { ...version, ...changes });
  }
}

function changeRun(
  runs: Map<string, ReplayedRun>,
  after: Json,
  changes: Partial<ReplayedRun>,
): void {
  const run = runs.get(textIn(after, "uid"));
  if (run !== undefined) runs.set(run.uid, { ...run, ...changes });
}

/** What `project/name:suffix` names; the number is there when the suffix is a version. */
function placeOf(
  { artifacts }: DraftState,
  subject: string,
): {
  readonly artifact: DraftArtifact | undefined;
  readonly suffix: string;
  readonly number: VersionNumber | undefined;
} {
  const [name, suffix] = splitAt(subject, subject.lastIndexOf(":"));
  return { artifact: artifacts.get(name), suffix, number: findVersionNumber(suffix) };
}

function splitAt(text: string, at: number): readonly [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

function derivationIn(value: Json): ReplayedDerivation {
  return { child: textIn(value, "child"), parent: textIn(value, "parent") };
}

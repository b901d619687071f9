// One device's own tables, as a project: what a person does there, without any of syncing's rules.
import type { Alias, ArtifactName, ArtifactType } from "../../../src/core/names.ts";
import type { TrashUid } from "../../../src/core/records.ts";
import {
  derivationKey,
  edgeKey,
  type DeviceId,
  type SharedAlias,
  type SharedArtifact,
  type SharedMove,
  type SharedProject,
  type SharedVersion,
} from "../../../src/core/sync/shared.ts";
import { nextVersion } from "../../../src/core/version.ts";
import {
  artifact,
  derivation,
  digestOf,
  edge,
  minute,
  project,
  run,
  version,
  versionUid,
} from "./world.ts";

/** What everybody did together, and the clock they share. */
export class Happenings {
  #count = 0;
  /** Content by each id that a version was ever logged under. */
  readonly logged = new Map<string, string>();
  /** Ids of versions that somebody deleted. */
  readonly deleted = new Set<string>();

  next(): number {
    return ++this.#count;
  }
}

const NAMES = ["cnn", "mlp"] as ArtifactName[];
const ALIASES = ["prod", "best"] as Alias[];

export class LocalCopy {
  readonly device: DeviceId;
  readonly #happenings: Happenings;
  state: SharedProject = project([]);

  constructor(device: DeviceId, happenings: Happenings) {
    this.device = device;
    this.#happenings = happenings;
  }

  /** Does one of the things a person can do; which, and to what, the numbers say. */
  act(kind: number, a: number, b: number): void {
    ACTS[kind % ACTS.length]?.call(this, a, b);
  }

  log(a: number, b: number): void {
    const name = at(NAMES, a);
    const known = this.state.artifacts.get(name) ?? artifact({ name, type: at(["x", "y"], b) });
    const digest = digestOf(b % 5);
    for (const each of known.versions.values())
      if (each.deleted === null && each.digest === digest) return;
    const now = this.#happenings.next();
    const lastNumber = nextVersion(known.lastNumber);
    const made = version(`V${String(now).padStart(4, "0")}`, lastNumber, {
      digest,
      by: this.device,
      createdAt: minute(now),
    });
    this.#happenings.logged.set(made.uid, digest);
    this.#put({ ...known, lastNumber, versions: new Map(known.versions).set(made.uid, made) });
    this.state = { ...this.state, deletedAt: null };
  }

  move(a: number, b: number): void {
    const found = this.#pick(a, (each) => each.deleted === null);
    if (found === undefined) return;
    this.#setAlias(found[0], at(ALIASES, b), found[1].uid);
  }

  takeOff(a: number, b: number): void {
    const of = this.state.artifacts.get(at(NAMES, a));
    const alias = at(ALIASES, b);
    if (of?.aliases.get(alias)?.version != null) this.#setAlias(of, alias, null);
  }

  delete(a: number): void {
    const found = this.#pick(a, (each) => each.deleted === null);
    if (found !== undefined) this.#trash(found[0].name, found[1]);
  }

  deleteProject(): void {
    for (const { name, versions } of this.state.artifacts.values())
      for (const each of versions.values()) if (each.deleted === null) this.#trash(name, each);
    this.state = { ...this.state, deletedAt: minute(this.#happenings.next()) };
  }

  restore(a: number): void {
    const found = this.#pick(a, ({ deleted }) => deleted?.trash != null);
    if (found === undefined) return;
    const [{ name }, each] = found;
    this.#putVersion(name, { ...each, deleted: null });
    this.state = { ...this.state, deletedAt: null };
    const given = this.state.artifacts.get(name);
    for (const alias of each.deleted?.aliases ?? [])
      if (given !== undefined && given.aliases.get(alias)?.version == null)
        this.#setAlias(this.state.artifacts.get(name) ?? given, alias, each.uid);
  }

  purge(a: number): void {
    const found = this.#pick(a, ({ deleted }) => deleted?.trash != null);
    if (found === undefined) return;
    const [{ name }, { deleted, ...each }] = found;
    if (deleted !== null) this.#putVersion(name, { ...each, deleted: { ...deleted, trash: null } });
  }

  edit(a: number, b: number): void {
    const found = this.#pick(a, ({ deleted }) => deleted?.trash !== null);
    if (found === undefined) return;
    const [{ name }, each] = found;
    const edited =
      b % 2 === 0 ? { pinned: !each.pinned } : { metadata: { by: this.device, seen: [b % 4] } };
    this.#putVersion(name, { ...each, ...edited });
  }

  editArtifact(a: number, b: number): void {
    const of = this.state.artifacts.get(at(NAMES, a));
    if (of === undefined) return;
    if (b % 2 === 0) this.#put({ ...of, keep: { lastN: 1 + (b % 7), olderThanDays: null } });
    else this.#put({ ...of, type: at(["x", "y", "z"] as ArtifactType[], b) });
  }

  begin(): void {
    const now = this.#happenings.next();
    const made = run(`R${String(now).padStart(4, "0")}`, {
      by: this.device,
      startedAt: minute(now * 5000),
    });
    this.#putRun(made);
  }

  changeRun(a: number, b: number): void {
    const found = [...this.state.runs.values()][a % Math.max(1, this.state.runs.size)];
    if (found === undefined) return;
    if (b % 3 === 0) this.#putRun({ ...found, deletedAt: minute(b) });
    else if (found.state === "running")
      this.#putRun({ ...found, state: "finished", endedAt: minute(this.#happenings.next()) });
    else this.#putRun({ ...found, state: "running", endedAt: null });
  }

  draw(a: number, b: number): void {
    const used = [...this.state.runs.keys()][b % Math.max(1, this.state.runs.size)];
    const found = this.#pick(a, () => true);
    if (used === undefined || found === undefined) return;
    const [of, { uid }] = found;
    const line = edge(used, uid, { direction: b % 2 === 0 ? "input" : "output" });
    const edges = new Map(of.edges);
    if (!edges.delete(edgeKey(line))) edges.set(edgeKey(line), line);
    this.#put({ ...of, edges });
  }

  derive(a: number, b: number): void {
    const [child, parent] = [this.#pick(a, () => true), this.#pick(b, () => true)];
    if (child === undefined || parent === undefined || child[1].uid === parent[1].uid) return;
    const line = derivation(child[1].uid, parent[1].uid);
    const derivations = new Map(child[0].derivations);
    if (!derivations.delete(derivationKey(line))) derivations.set(derivationKey(line), line);
    this.#put({ ...child[0], derivations });
  }

  #trash(name: ArtifactName, each: SharedVersion): void {
    const of = this.state.artifacts.get(name);
    if (of === undefined) return;
    for (const id of [each.uid, ...each.twins]) this.#happenings.deleted.add(id);
    const now = this.#happenings.next();
    const held = [...of.aliases.values()].filter(({ version: on }) => on === each.uid);
    const aliases = new Map(of.aliases);
    // A table forgets the alias: nothing tells when it went.
    for (const { alias } of held) aliases.delete(alias);
    this.#put({ ...of, aliases });
    this.#putVersion(name, {
      ...each,
      deleted: {
        at: minute(now),
        by: this.device,
        trash: `T${now}` as TrashUid,
        aliases: held.map(({ alias }) => alias),
      },
    });
  }

  #setAlias(of: SharedArtifact, alias: Alias, to: string | null): void {
    const aliases = new Map<Alias, SharedAlias>(of.aliases);
    const uid = to === null ? null : versionUid(to);
    const move: SharedMove = { to: uid, at: minute(this.#happenings.next()), by: this.device };
    if (uid === null) aliases.delete(alias);
    else aliases.set(alias, { alias, version: uid, moves: [move] });
    this.#put({ ...of, aliases });
  }

  #pick(
    which: number,
    isMeant: (version: SharedVersion) => boolean,
  ): readonly [SharedArtifact, SharedVersion] | undefined {
    const found = [...this.state.artifacts.values()].flatMap((of) =>
      [...of.versions.values()].filter(isMeant).map((each) => [of, each] as const),
    );
    return found[which % Math.max(1, found.length)];
  }

  #put(changed: SharedArtifact): void {
    const artifacts = new Map(this.state.artifacts).set(changed.name, changed);
    this.state = { ...this.state, artifacts };
  }

  #putVersion(name: ArtifactName, changed: SharedVersion): void {
    const of = this.state.artifacts.get(name);
    if (of !== undefined)
      this.#put({ ...of, versions: new Map(of.versions).set(changed.uid, changed) });
  }

  #putRun(changed: ReturnType<typeof run>): void {
    this.state = { ...this.state, runs: new Map(this.state.runs).set(changed.uid, changed) };
  }
}

const { log, move, takeOff, edit, draw, derive, restore, purge } = LocalCopy.prototype;
/** The commoner ones more often. */
const ACTS: readonly ((this: LocalCopy, a: number, b: number) => void)[] = [
  log,
  log,
  log,
  log,
  move,
  move,
  takeOff,
  LocalCopy.prototype.delete,
  LocalCopy.prototype.delete,
  restore,
  purge,
  edit,
  LocalCopy.prototype.editArtifact,
  LocalCopy.prototype.begin,
  LocalCopy.prototype.changeRun,
  draw,
  derive,
  LocalCopy.prototype.deleteProject,
];

function at<Value>(values: readonly Value[], which: number): Value {
  return values[which % values.length] as Value;
}

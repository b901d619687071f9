// Random states of a shared project, each a possible next one of the one before.
import type { Alias, ArtifactName, ArtifactType } from "../../src/core/names.ts";
import type { RunUid, TrashUid, VersionUid } from "../../src/core/records.ts";
import {
  derivationKey,
  edgeKey,
  type DeviceId,
  type SharedArtifact,
  type SharedMove,
  type SharedProject,
  type SharedRun,
  type SharedVersion,
} from "../../src/core/sync/shared.ts";
import type { Tag } from "../../src/core/tags.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { Dice } from "../model/dice.ts";
import {
  anArtifact,
  aVersion,
  EARLY,
  OTHERS,
  PROJECT,
  SELF,
  withLast,
  type Manifests,
} from "./shared-projects.ts";

const NAMES = ["net", "set"] as unknown as readonly ArtifactName[];
const ALIASES = ["prod", "best"] as unknown as readonly Alias[];

/** Makes next states, with fresh ids and times. */
export class Evolution {
  readonly manifests: Manifests = new Map();
  readonly #dice: Dice;
  #ids = 0;
  #minutes = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** A few random changes. */
  next(state: SharedProject): SharedProject {
    let now = state.createdAt === "" ? this.#logged({ ...state, createdAt: EARLY }) : state;
    const changes = [
      this.#logged,
      this.#logged,
      this.#logged,
      this.#edited,
      this.#deleted,
      this.#purged,
      this.#restored,
      this.#aliased,
      this.#aliased,
      this.#twinned,
      this.#twinned,
      this.#renumbered,
      this.#ran,
      this.#edged,
      this.#edged,
      this.#derived,
      this.#retyped,
    ];
    for (let i = this.#dice.below(12); i >= 0; i -= 1)
      now = this.#dice.pick(changes).call(this, now);
    return this.#ended(now);
  }

  #id(kind: string): string {
    return `${kind}${String(++this.#ids).padStart(6, "0")}`;
  }

  #time(): string {
    return new Date(Date.parse(EARLY) + ++this.#minutes * 60_000).toISOString();
  }

  #device(): DeviceId {
    return this.#dice.pick([SELF, ...OTHERS]);
  }

  #with(
    state: SharedProject,
    name: ArtifactName,
    change: (artifact: SharedArtifact) => SharedArtifact,
  ): SharedProject {
    const artifact = state.artifacts.get(name);
    if (artifact === undefined) return state;
    const artifacts = new Map(state.artifacts).set(name, withLast(change(artifact)));
    return { ...state, artifacts };
  }

  #some(state: SharedProject, isWanted: (version: SharedVersion) => boolean = () => true) {
    const all = [...state.artifacts.values()].flatMap((artifact) =>
      [...artifact.versions.values()]
        .filter(isWanted)
        .map((version) => ({ name: artifact.name, version })),
    );
    return this.#dice.maybe(all);
  }

  #put(state: SharedProject, name: ArtifactName, version: SharedVersion): SharedProject {
    return this.#with(state, name, (artifact) => ({
      ...artifact,
      versions: new Map(artifact.versions).set(version.uid, version),
    }));
  }

  #logged(state: SharedProject): SharedProject {
    const name = this.#dice.pick(NAMES);
    const known = state.artifacts.get(name);
    const base = known ?? anArtifact(name, { createdAt: this.#time() });
    const artifacts = new Map(state.artifacts).set(name, base);
    // Now and then a number stays free, as one that was reserved does.
    const number = (base.lastNumber ?? -1) + 1 + Number(this.#dice.isLucky(0.2));
    const version = aVersion(this.manifests, this.#id("v"), number, this.#dice.word(), {
      createdAt: this.#time(),
      by: this.#device(),
      sizeBytes: this.#dice.below(1000),
      tags: this.#dice.isLucky(0.3) ? ["new" as Tag] : [],
      pinned: this.#dice.isLucky(0.2),
    });
    return this.#put({ ...state, artifacts, deletedAt: null }, name, version);
  }

  #edited(state: SharedProject): SharedProject {
    const found = this.#some(state, ({ deleted }) => deleted?.trash !== null);
    if (found === undefined) return state;
    const details = this.#dice.pick<Partial<SharedVersion>>([
      { description: this.#dice.word() },
      { metadata: { loss: this.#dice.next(), deep: { a: [1, 2] } } },
      { tags: [this.#dice.word() as Tag] },
      { pinned: !found.version.pinned },
    ]);
    return this.#put(state, found.name, { ...found.version, ...details });
  }

  #deleted(state: SharedProject): SharedProject {
    const trash = this.#id("t") as TrashUid;
    const at = this.#time();
    const by = this.#device();
    let now = state;
    for (let i = this.#dice.below(3); i >= 0; i -= 1) {
      const found = this.#some(now, ({ deleted }) => deleted === null);
      if (found === undefined) continue;
      const { name, version } = found;
      const aliases: Alias[] = [];
      now = this.#with(now, name, (artifact) => {
        const moved = new Map(artifact.aliases);
        for (const known of artifact.aliases.values())
          if (known.version === version.uid) {
            aliases.push(known.alias);
            const move: SharedMove = { to: null, at, by };
            moved.set(known.alias, { ...known, version: null, moves: [...known.moves, move] });
          }
        return { ...artifact, aliases: moved };
      });
      now = this.#put(now, name, { ...version, deleted: { at, by, trash, aliases } });
    }
    return now;
  }

  #purged(state: SharedProject): SharedProject {
    const found = this.#some(state, ({ deleted }) => deleted !== null);
    const deleted = found?.version.deleted ?? null;
    if (found === undefined || deleted === null) return state;
    return this.#put(state, found.name, {
      ...found.version,
      description: "",
      metadata: {},
      tags: [],
      deleted: { ...deleted, trash: null, aliases: [] },
    });
  }

  #restored(state: SharedProject): SharedProject {
    const found = this.#some(state, ({ deleted }) => deleted !== null);
    if (found === undefined) return state;
    const version = { ...found.version, deleted: null, description: this.#dice.word() };
    return this.#put({ ...state, deletedAt: null }, found.name, version);
  }

  #aliased(state: SharedProject): SharedProject {
    const found = this.#some(state, ({ deleted }) => deleted === null);
    if (found === undefined) return state;
    const alias = this.#dice.pick(ALIASES);
    return this.#with(state, found.name, (artifact) => {
      const known = artifact.aliases.get(alias);
      const to = known?.version != null && this.#dice.isLucky(0.3) ? null : found.version.uid;
      if ((known?.version ?? null) === to) return artifact;
      const move: SharedMove = { to, at: this.#time(), by: this.#device() };
      const moves = [...(known?.moves ?? []), move];
      return {
        ...artifact,
        aliases: new Map(artifact.aliases).set(alias, { alias, version: to, moves }),
      };
    });
  }

  /** A version becomes the twin of another: one that was there, or one that comes with this change. */
  #twinned(state: SharedProject): SharedProject {
    const found = this.#some(state, ({ deleted }) => deleted === null);
    if (found === undefined) return state;
    const { name, version } = found;
    const others = [...(state.artifacts.get(name)?.versions.values() ?? [])].filter(
      ({ uid, digest, deleted }) =>
        uid !== version.uid && digest === version.digest && deleted === null,
    );
    const other = this.#dice.maybe(others);
    const into: SharedVersion =
      other !== undefined && this.#dice.isLucky(0.8)
        ? { ...other, twins: [...other.twins, version.uid, ...version.twins] }
        : {
            ...version,
            uid: this.#id("v") as VersionUid,
            by: this.#dice.pick(OTHERS),
            description: this.#dice.word(),
            twins: [version.uid, ...version.twins],
          };
    const map = (uid: VersionUid): VersionUid => (uid === version.uid ? into.uid : uid);
    const artifacts = new Map(
      Array.from(state.artifacts, ([key, artifact]) => {
        const isHome = key === name;
        const versions = new Map(artifact.versions);
        if (isHome) {
          versions.delete(version.uid);
          versions.set(into.uid, into);
        }
        const aliases = [...artifact.aliases.values()].map((one) => ({
          ...one,
          version: one.version === null ? null : map(one.version),
          moves: one.moves.map((move) => ({ ...move, to: move.to === null ? null : map(move.to) })),
        }));
        const edges = [...artifact.edges.values()].map((edge) => ({
          ...edge,
          version: map(edge.version),
        }));
        const lines = [...artifact.derivations.values()]
          .map((line) => ({ ...line, child: map(line.child), parent: map(line.parent) }))
          .filter(({ child, parent }) => child !== parent);
        return [
          key,
          withLast({
            ...artifact,
            versions,
            aliases: new Map(aliases.map((one) => [one.alias, one])),
            edges: new Map(edges.map((edge) => [edgeKey(edge), edge])),
            derivations: new Map(lines.map((line) => [derivationKey(line), line])),
          }),
        ] as const;
      }),
    );
    return { ...state, artifacts };
  }

  /** Numbers change hands at random. */
  #renumbered(state: SharedProject): SharedProject {
    return this.#with(state, this.#dice.pick(NAMES), (artifact) => {
      const count = artifact.versions.size + 3;
      const free = Array.from({ length: count }, (_, i) => i);
      const versions = Array.from(artifact.versions.values(), (version) => {
        const [number = 0] = free.splice(this.#dice.below(free.length), 1);
        return [version.uid, { ...version, number: number as VersionNumber }] as const;
      });
      return { ...artifact, lastNumber: null, versions: new Map(versions) };
    });
  }

  #ran(state: SharedProject): SharedProject {
    const known = this.#dice.isLucky(0.5) ? undefined : this.#dice.maybe([...state.runs.values()]);
    const at = this.#time();
    const run: SharedRun =
      known === undefined
        ? {
            uid: this.#id("r") as RunUid,
            project: PROJECT,
            name: this.#dice.word(),
            config: { lr: this.#dice.next() },
            state: "running",
            startedAt: at,
            endedAt: null,
            deletedAt: null,
            by: this.#device(),
          }
        : this.#dice.pick<SharedRun>([
            { ...known, state: "finished", endedAt: at },
            { ...known, deletedAt: known.deletedAt === null ? at : null },
          ]);
    return { ...state, runs: new Map(state.runs).set(run.uid, run) };
  }

  #edged(state: SharedProject): SharedProject {
    const found = this.#some(state);
    const run = this.#dice.maybe([...state.runs.values()]);
    if (found === undefined || run === undefined) return state;
    return this.#with(state, found.name, (artifact) => {
      const edges = new Map(artifact.edges);
      const old = this.#dice.maybe([...edges.keys()]);
      if (old !== undefined && this.#dice.isLucky(0.3)) edges.delete(old);
      const direction = this.#dice.pick(["input", "output"] as const);
      const edge = { run: run.uid, version: found.version.uid, direction, createdAt: this.#time() };
      if (!edges.has(edgeKey(edge))) edges.set(edgeKey(edge), edge);
      return { ...artifact, edges };
    });
  }

  #derived(state: SharedProject): SharedProject {
    const [child, parent] = [this.#some(state), this.#some(state)];
    if (child === undefined || parent === undefined || child.version === parent.version)
      return state;
    return this.#with(state, child.name, (artifact) => {
      const derivations = new Map(artifact.derivations);
      const old = this.#dice.maybe([...derivations.keys()]);
      if (old !== undefined && this.#dice.isLucky(0.3)) derivations.delete(old);
      const line = {
        child: child.version.uid,
        parent: parent.version.uid,
        parentName: `${PROJECT}/${parent.name}:v${parent.version.number}`,
        createdAt: this.#time(),
      };
      if (!derivations.has(derivationKey(line))) derivations.set(derivationKey(line), line);
      return { ...artifact, derivations };
    });
  }

  #retyped(state: SharedProject): SharedProject {
    return this.#with(state, this.#dice.pick(NAMES), (artifact) => ({
      ...artifact,
      type: this.#dice.pick(["model", "dataset"]) as ArtifactType,
      tags: [this.#dice.word() as Tag],
      keep: this.#dice.pick([null, { lastN: 3, olderThanDays: null }]),
    }));
  }

  /** A project with nothing live in it may be deleted. */
  #ended(state: SharedProject): SharedProject {
    const isLive = [...state.artifacts.values()].some(({ versions }) =>
      [...versions.values()].some(({ deleted }) => deleted === null),
    );
    if (isLive || state.artifacts.size === 0) return { ...state, deletedAt: null };
    return this.#dice.isLucky(0.5)
      ? { ...state, deletedAt: state.deletedAt ?? this.#time() }
      : state;
  }
}

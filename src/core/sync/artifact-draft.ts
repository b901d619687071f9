// One artifact while changes are put behind its state, with what has to be found fast [S3 S4].
import type { Digest } from "../digest.ts";
import type { Alias } from "../names.ts";
import type { VersionUid } from "../records.ts";
import { nextVersion, type VersionNumber } from "../version.ts";
import { MapDraft } from "./map-draft.ts";
import { isNextNumber } from "./numbers.ts";
import {
  MOVES_KEPT,
  type DeviceId,
  type SharedAlias,
  type SharedArtifact,
  type SharedDerivation,
  type SharedEdge,
  type SharedMove,
  type SharedVersion,
} from "./shared.ts";

type ArtifactFields = Pick<SharedArtifact, "type" | "tags" | "keep">;

export class ArtifactDraft {
  readonly #from: SharedArtifact;
  #fields: ArtifactFields;
  #lastNumber: VersionNumber | null;
  readonly #versions: MapDraft<VersionUid, SharedVersion>;
  readonly #aliases: MapDraft<Alias, SharedAlias>;
  readonly #reserved: MapDraft<VersionUid, VersionNumber>;
  readonly edges: MapDraft<string, SharedEdge>;
  readonly derivations: MapDraft<string, SharedDerivation>;
  /** Live versions by content; made when it is first asked for, as the next two. */
  #live: Map<Digest, Set<VersionUid>> | null = null;
  #held: Map<VersionUid, Set<Alias>> | null = null;
  #takers: Map<VersionNumber, DeviceId> | null = null;

  constructor(artifact: SharedArtifact) {
    this.#from = artifact;
    this.#fields = artifact;
    this.#lastNumber = artifact.lastNumber;
    this.#versions = new MapDraft(artifact.versions);
    this.#aliases = new MapDraft(artifact.aliases);
    this.#reserved = new MapDraft(artifact.reserved);
    this.edges = new MapDraft(artifact.edges);
    this.derivations = new MapDraft(artifact.derivations);
  }

  get type(): SharedArtifact["type"] {
    return this.#fields.type;
  }

  get versions(): ReadonlyMap<VersionUid, SharedVersion> {
    return this.#versions.current;
  }

  edit(fields: Partial<ArtifactFields>): void {
    this.#fields = { ...this.#fields, ...fields };
  }

  /** Adds a version, or puts another state of it in its place. */
  put(version: SharedVersion): void {
    this.#versions.set(version.uid, version);
    this.#takers?.set(version.number, version.by);
    if (this.#live === null) return;
    if (version.deleted === null) addTo(this.#live, version.digest, version.uid);
    else this.#live.get(version.digest)?.delete(version.uid);
  }

  /** The live version with this content that is none of some; of several the lowest. */
  liveWith(digest: Digest, apart: readonly VersionUid[]): SharedVersion | undefined {
    if (this.#live === null) {
      this.#live = new Map();
      for (const { deleted, digest: content, uid } of this.versions.values())
        if (deleted === null) addTo(this.#live, content, uid);
    }
    let lowest: SharedVersion | undefined;
    for (const uid of this.#live.get(digest) ?? []) {
      const version = apart.includes(uid) ? undefined : this.#versions.get(uid);
      if (version !== undefined && !(lowest !== undefined && lowest.number < version.number))
        lowest = version;
    }
    return lowest;
  }

  /** Promises a number. One that has one keeps it. */
  reserve(uid: VersionUid, wish: VersionNumber): void {
    if (this.#reserved.has(uid)) return;
    this.#lastNumber = this.#freeNumber(wish);
    this.#reserved.set(uid, this.#lastNumber);
  }

  /** Gives a new version its number: the one promised, else the wish where it is free and near, else the next [S3]. */
  takeNumber(uid: VersionUid, wish: VersionNumber): VersionNumber {
    const number = this.#reserved.get(uid) ?? this.#freeNumber(wish);
    this.#reserved.delete(uid);
    if (this.#lastNumber === null || number > this.#lastNumber) this.#lastNumber = number;
    return number;
  }

  /** A promise that is not needed any more. Its number stays taken [V1]. */
  forgetReserved(uid: VersionUid): void {
    this.#reserved.delete(uid);
  }

  /** Who logged the version with this number. */
  takerOf(number: VersionNumber): DeviceId | null {
    this.#takers ??= new Map(Array.from(this.versions.values(), (each) => [each.number, each.by]));
    return this.#takers.get(number) ?? null;
  }

  /** The custom aliases that a version holds. */
  aliasesOf(uid: VersionUid): readonly Alias[] {
    if (this.#held === null) {
      this.#held = new Map();
      for (const { alias, version } of this.#aliases.current.values())
        if (version !== null) addTo(this.#held, version, alias);
    }
    return [...(this.#held.get(uid) ?? [])];
  }

  /** Whether a move would change anything: not one that was made, nor one to where the alias is [A7]. */
  isNews(alias: Alias, move: SharedMove): boolean {
    const known = this.#aliases.get(alias);
    if (known === undefined) return move.to !== null;
    return known.version !== move.to && !known.moves.some((other) => isSameMove(other, move));
  }

  /** Moves an alias and keeps that in its history [S4]. */
  move(alias: Alias, move: SharedMove): void {
    const known = this.#aliases.get(alias);
    const moves = [...(known?.moves ?? []), move].slice(-MOVES_KEPT);
    this.#aliases.set(alias, { alias, version: move.to, moves });
    if (this.#held === null) return;
    if (known !== undefined && known.version !== null) this.#held.get(known.version)?.delete(alias);
    if (move.to !== null) addTo(this.#held, move.to, alias);
  }

  /** The artifact now; the very one it came from where nothing changed. */
  finish(): SharedArtifact {
    const from = this.#from;
    const { type, tags, keep } = this.#fields;
    const now: SharedArtifact = {
      ...from,
      type,
      tags,
      keep,
      lastNumber: this.#lastNumber,
      reserved: this.#reserved.current,
      versions: this.versions,
      aliases: this.#aliases.current,
      edges: this.edges.current,
      derivations: this.derivations.current,
    };
    const fields = Object.keys(now) as (keyof SharedArtifact)[];
    return fields.every((field) => now[field] === from[field]) ? from : now;
  }

  #freeNumber(wish: VersionNumber): VersionNumber {
    return isNextNumber(wish, this.#lastNumber) ? wish : nextVersion(this.#lastNumber);
  }
}

function isSameMove(a: SharedMove, b: SharedMove): boolean {
  return a.to === b.to && a.at === b.at && a.by === b.by;
}

function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

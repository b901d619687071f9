// What one state of a project has that another lacks, as changes [S3].
import type { Digest } from "../digest.ts";
import type { Alias } from "../names.ts";
import type { VersionDetails, VersionUid } from "../records.ts";
import { RUN_FIELDS, type SharedOp } from "./ops.ts";
import { differingFields, pick } from "./same.ts";
import {
  edgeKey,
  derivationKey,
  type DeviceId,
  type SharedArtifact,
  type SharedDelete,
  type SharedDerivation,
  type SharedMove,
  type SharedProject,
  type SharedVersion,
} from "./shared.ts";
import { twinsOf } from "./twins.ts";

const DETAILS = [
  "description",
  "metadata",
  "tags",
  "pinned",
] as const satisfies readonly (keyof VersionDetails)[];
const ARTIFACT_FIELDS = ["type", "tags", "keep"] as const;

/**
 * The changes that make `local` of `base`, in an order in which they can be applied. Of versions
 * with numbers of their own it says them from the lowest up. What `local` lacks wholly, such as an
 * artifact, a version or a run, is no change: nothing of that kind ever goes.
 *
 * @param device who made them
 */
export function diffProject(
  base: SharedProject,
  local: SharedProject,
  device: DeviceId,
): readonly SharedOp[] {
  const artifacts = [...local.artifacts.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((artifact) => new ArtifactDiff(base.artifacts.get(artifact.name), artifact, device));
  const hasParent = parentsIn(local);
  return [
    ...beginning(base, local),
    ...artifacts.flatMap((artifact) => artifact.versions()),
    ...runsOf(base, local),
    ...artifacts.flatMap((artifact) => artifact.edges(local.runs)),
    ...artifacts.flatMap((artifact) => artifact.derivations(hasParent)),
    ...ending(base, local),
  ];
}

/** A project that nobody pushed yet is told with its beginning; one that came back is told first. */
function beginning(base: SharedProject, local: SharedProject): readonly SharedOp[] {
  const { createdAt } = local;
  const isNew = isBare(base) && !isBare(local);
  const isOlder = Date.parse(createdAt) < Date.parse(base.createdAt);
  const isBack = base.deletedAt !== null && local.deletedAt === null;
  if (isBack || isNew) return [{ kind: "project", createdAt, deletedAt: null }];
  return isOlder ? [{ kind: "project", createdAt, deletedAt: base.deletedAt }] : [];
}

/** Behind the deletes of its versions: a project with live ones isn't deleted. */
function ending(base: SharedProject, local: SharedProject): readonly SharedOp[] {
  const { createdAt, deletedAt } = local;
  return deletedAt === null || base.deletedAt !== null
    ? []
    : [{ kind: "project", createdAt, deletedAt }];
}

function isBare({ artifacts, runs }: SharedProject): boolean {
  return artifacts.size === 0 && runs.size === 0;
}

function runsOf(base: SharedProject, local: SharedProject): readonly SharedOp[] {
  const ops: SharedOp[] = [];
  for (const run of local.runs.values()) {
    const known = base.runs.get(run.uid);
    if (known === undefined) {
      ops.push({ kind: "run", run });
      continue;
    }
    const changed = differingFields(known, run, RUN_FIELDS);
    if (changed.length > 0) ops.push({ kind: "run", run, changed });
  }
  return ops;
}

/** Tells whether a line's parent is known: a version of the project that is here, or one of another that doesn't stay out. */
function parentsIn(local: SharedProject): (line: SharedDerivation) => boolean {
  let uids: Set<VersionUid> | null = null;
  return ({ parent, parentName }) => {
    if (local.hidden?.has(parent) === true) return false;
    if (!parentName.startsWith(`${local.name}/`)) return true;
    uids ??= new Set([...local.artifacts.values()].flatMap(({ versions }) => [...versions.keys()]));
    return uids.has(parent);
  };
}

/** A version as it was, and as it is. */
type Pair = readonly [base: SharedVersion, local: SharedVersion];

class ArtifactDiff {
  readonly #base: SharedArtifact | undefined;
  readonly #local: SharedArtifact;
  readonly #device: DeviceId;
  /** Ids that are another version's in the base. */
  readonly #twins: ReadonlyMap<VersionUid, VersionUid>;

  constructor(base: SharedArtifact | undefined, local: SharedArtifact, device: DeviceId) {
    this.#base = base;
    this.#local = local;
    this.#device = device;
    this.#twins = twinsOf(base);
  }

  /** The artifact itself, its versions, and where its aliases are. */
  versions(): readonly SharedOp[] {
    const pairs = this.#pairs();
    return [
      ...this.#artifact(),
      ...this.#newVersions(pairs),
      ...pairs.flatMap(([base, local]) => this.#changed(base, local)),
      ...this.#aliases(),
      ...pairs.flatMap(([base, local]) => this.#deleted(base, local)),
    ];
  }

  edges(runs: SharedProject["runs"]): readonly SharedOp[] {
    const { name, edges, versions } = this.#local;
    const ops: SharedOp[] = [];
    const given = new Set<string>();
    for (const [key, edge] of edges) {
      const version = this.#idOf(edge.version);
      const agreed = version === edge.version ? key : edgeKey({ ...edge, version });
      given.add(agreed);
      if (this.#base?.edges.has(agreed) !== true && runs.has(edge.run))
        ops.push({ kind: "edge-added", name, edge });
    }
    for (const [key, edge] of this.#base?.edges ?? [])
      if (!given.has(key) && versions.has(edge.version) && runs.has(edge.run))
        ops.push({ kind: "edge-removed", name, edge });
    return ops;
  }

  derivations(hasParent: (line: SharedDerivation) => boolean): readonly SharedOp[] {
    const { name, derivations, versions } = this.#local;
    const ops: SharedOp[] = [];
    const given = new Set<string>();
    for (const derivation of derivations.values()) {
      const agreed = derivationKey({ ...derivation, child: this.#idOf(derivation.child) });
      given.add(agreed);
      if (this.#base?.derivations.has(agreed) !== true && hasParent(derivation))
        ops.push({ kind: "derivation-added", name, derivation });
    }
    for (const [key, derivation] of this.#base?.derivations ?? [])
      if (!given.has(key) && versions.has(derivation.child) && hasParent(derivation))
        ops.push({ kind: "derivation-removed", name, derivation });
    return ops;
  }

  #artifact(): readonly SharedOp[] {
    const { name, type, createdAt, tags, keep } = this.#local;
    const base = this.#base ?? { type, tags: [], keep: null };
    const fields = differingFields(base, this.#local, ARTIFACT_FIELDS);
    const ops: SharedOp[] = [];
    if (this.#base === undefined) ops.push({ kind: "artifact", name, type, createdAt, tags, keep });
    // Also of a new one: where somebody else was first to make it, these are edits of theirs.
    if (fields.length > 0)
      ops.push({ kind: "artifact-edited", name, ...pick(this.#local, fields) });
    return ops;
  }

  /** Versions that both have, by the one name each has in the base. */
  #pairs(): readonly Pair[] {
    const pairs: Pair[] = [];
    for (const version of this.#local.versions.values()) {
      const known = this.#base?.versions.get(version.uid);
      if (known !== undefined) pairs.push([known, version]);
    }
    return pairs;
  }

  /** Also known ones that ids were added to: what those ids stood for became them here. */
  #newVersions(pairs: readonly Pair[]): readonly SharedOp[] {
    const { name, versions } = this.#local;
    const isNew = ({ uid, twins }: SharedVersion): boolean =>
      !this.#isKnown(uid) || twins.some((twin) => !this.#isKnown(twin));
    const deleted = new Map<Digest, VersionUid[]>();
    for (const [base, { uid, digest, deleted: now }] of pairs)
      if (base.deleted === null && now !== null)
        deleted.set(digest, [...(deleted.get(digest) ?? []), uid]);
    return [...versions.values()]
      .filter(isNew)
      .toSorted((a, b) => a.number - b.number)
      .map((version): SharedOp => {
        const apart = deleted.get(version.digest) ?? [];
        return { kind: "version", name, version, ...(apart.length > 0 && { apart }) };
      });
  }

  /** What brought a version back, and what was edited of it. */
  #changed(base: SharedVersion, local: SharedVersion): readonly SharedOp[] {
    const { name } = this.#local;
    const { uid } = local;
    const ops: SharedOp[] = [];
    if (base.deleted !== null && local.deleted === null)
      ops.push({ kind: "version-restored", name, version: local });
    const fields = differingFields(base, local, DETAILS);
    if (fields.length > 0 && local.deleted?.trash !== null)
      ops.push({ kind: "version-edited", name, uid, details: pick(local, fields) });
    return ops;
  }

  #deleted(base: SharedVersion, { uid, deleted }: SharedVersion): readonly SharedOp[] {
    const { name } = this.#local;
    if (deleted === null) return [];
    if (base.deleted === null)
      return [{ kind: "version-deleted", name, uid, deleted: this.#withAliases(base, deleted) }];
    const emptied = base.deleted.trash;
    if (deleted.trash !== null || emptied === null) return [];
    return [{ kind: "version-deleted", name, uid, deleted, emptied }];
  }

  /** A tombstone forgot its aliases; whoever deleted it knew those that were agreed on. */
  #withAliases({ uid }: SharedVersion, deleted: SharedDelete): SharedDelete {
    if (deleted.trash !== null) return deleted;
    const held = [...(this.#base?.aliases.values() ?? [])].filter(({ version }) => version === uid);
    return { ...deleted, aliases: held.map(({ alias }) => alias) };
  }

  #aliases(): readonly SharedOp[] {
    const { name, aliases } = this.#local;
    const names = new Set([...(this.#base?.aliases.keys() ?? []), ...aliases.keys()]);
    const ops: SharedOp[] = [];
    for (const alias of [...names].toSorted()) {
      const from = this.#base?.aliases.get(alias)?.version ?? null;
      const to = aliases.get(alias)?.version ?? null;
      if (from === (to === null ? null : this.#idOf(to))) continue;
      if (to === null && from !== null && this.#wentWith(from, alias)) continue;
      ops.push({ kind: "alias", name, alias, move: this.#moveOf(alias, to) });
    }
    return ops;
  }

  /** Whether an alias is off since its version was deleted: then the delete takes it off. */
  #wentWith(version: VersionUid, alias: Alias): boolean {
    const deleted = this.#local.versions.get(version)?.deleted ?? null;
    return deleted !== null && (deleted.trash === null || deleted.aliases.includes(alias));
  }

  /** Of a move whose time nobody noted, that of the one before it stands in. */
  #moveOf(alias: Alias, to: VersionUid | null): SharedMove {
    const local = this.#local.aliases.get(alias)?.moves.at(-1);
    if (local?.to === to) return local;
    const before = local ?? this.#base?.aliases.get(alias)?.moves.at(-1);
    return { to, at: before?.at ?? this.#local.createdAt, by: this.#device };
  }

  #isKnown(uid: VersionUid): boolean {
    return this.#base?.versions.has(uid) === true || this.#twins.has(uid);
  }

  #idOf(uid: VersionUid): VersionUid {
    return this.#twins.get(uid) ?? uid;
  }
}

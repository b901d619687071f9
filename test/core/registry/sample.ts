// A registry to try the rules on: three links, two protected aliases, one person of each role.
import { describeError, isCairnError, type ErrorCode } from "../../../src/core/errors.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../../../src/core/names.ts";
import type { VersionUid } from "../../../src/core/records.ts";
import { applyAct } from "../../../src/core/registry/fold.ts";
import { judge } from "../../../src/core/registry/judge.ts";
import type {
  ActOf,
  AliasPattern,
  CollectionName,
  LinkSource,
  MemberKey,
  PromotionAsk,
  RegistryAct,
  RegistryName,
  RegistryUid,
  RequestUid,
  SignedRequest,
} from "../../../src/core/registry/records.ts";
import type { Role } from "../../../src/core/registry/roles.ts";
import type { EventFault, RegistryState } from "../../../src/core/registry/state.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { digestOfByte } from "../arbitraries.ts";

/** A key that is all one letter. */
export function keyOf(letter: string): MemberKey {
  return `${letter.repeat(42)}A` as MemberKey;
}

export const ANN = keyOf("A");
export const MO = keyOf("M");
export const VI = keyOf("V");
export const REX = keyOf("R");
/** In nobody's list. */
export const SAM = keyOf("S");
/** Who has which role in the sample; a stranger is a viewer, as it is open. */
export const PERSON_OF: Readonly<Record<Role | "stranger", MemberKey>> = {
  admin: ANN,
  member: MO,
  viewer: VI,
  restricted: REX,
  stranger: SAM,
};

export const UID = "01REGISTRY" as RegistryUid;
export const MODELS = "models" as RegistryName;
export const DIGITS = "digits" as CollectionName;
export const MODEL = "model" as ArtifactType;
export const PRODUCTION = "production" as Alias;
export const BEST = "best" as Alias;
export const SIGNATURE = `${"s".repeat(85)}A`;

export const v = (number: number): VersionNumber => number as VersionNumber;
export const aliasOf = (text: string): Alias => text as Alias;
export const patternOf = (text: string): AliasPattern => text as AliasPattern;
export const collectionOf = (text: string): CollectionName => text as CollectionName;
export const typeOf = (text: string): ArtifactType => text as ArtifactType;

/** A time that many minutes into the registry's life. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();
}

export function sourceOf(index: number, type = MODEL): LinkSource {
  return {
    version: `01VERSION${index}` as VersionUid,
    project: "digits" as ProjectName,
    name: "net" as ArtifactName,
    number: v(index),
    type,
    digest: digestOfByte(index),
    sizeBytes: 100 + index,
    fileCount: 1,
  };
}

export const created: ActOf<"registry-created"> = {
  kind: "registry-created",
  name: MODELS,
  by: "Ann",
  hubUser: null,
  description: "",
  types: [],
  visibility: "open",
};

export function memberAdded(member: MemberKey, name: string, role: Role): RegistryAct {
  return { kind: "member-added", member, hubUser: null, name, role };
}

export function collectionMade(name: CollectionName, type = MODEL): RegistryAct {
  return { kind: "collection-created", collection: name, type, card: "", tags: [] };
}

export function linked(number: number, source: LinkSource, collection = DIGITS): RegistryAct {
  return { kind: "version-linked", collection, number: v(number), source };
}

export function unlinked(number: number, ...aliases: readonly string[]): RegistryAct {
  const held = aliases.map(aliasOf);
  return { kind: "version-unlinked", collection: DIGITS, number: v(number), aliases: held };
}

/** A move of an alias in `digits`, without evidence or request. */
export function moved(
  alias: string,
  before: number | null,
  to: number,
  more: Partial<ActOf<"alias-moved">> = {},
): ActOf<"alias-moved"> {
  return {
    kind: "alias-moved",
    collection: DIGITS,
    alias: aliasOf(alias),
    before: before === null ? null : v(before),
    after: v(to),
    evidence: null,
    request: null,
    ...more,
  };
}

export function removed(alias: string, before: number): RegistryAct {
  const collection = DIGITS;
  return { kind: "alias-removed", collection, alias: aliasOf(alias), before: v(before) };
}

export function protectedBy(pattern: string, condition = null): RegistryAct {
  return { kind: "protection-added", pattern: patternOf(pattern), condition };
}

/** To have an alias put on v1 of `digits`. */
export function askFor(alias: string, request = "01REQUEST"): PromotionAsk {
  return {
    request: request as RequestUid,
    collection: DIGITS,
    alias: aliasOf(alias),
    number: v(1),
    source: sourceOf(1).version,
    note: "",
  };
}

export function settled(
  outcome: ActOf<"promotion-settled">["outcome"],
  signed: SignedRequest | null = null,
  request = "01REQUEST",
): RegistryAct {
  return {
    kind: "promotion-settled",
    request: request as RequestUid,
    outcome,
    note: "",
    signed,
  };
}

export function signedBy(actor: MemberKey, ask: PromotionAsk): SignedRequest {
  return { registry: UID, at: minute(0), actor, ask, signature: SIGNATURE };
}

/** The state after acts of one person, each of which must be allowed. */
export function after(
  state: RegistryState | null,
  actor: MemberKey,
  ...acts: readonly RegistryAct[]
): RegistryState {
  let now = state;
  for (const act of acts) {
    const fault = judge(now, actor, act);
    if (fault !== null) throw new Error(`${act.kind}: ${JSON.stringify(fault)}`);
    now = applyAct(now, { registry: UID, at: minute(0), actor, act });
  }
  if (now === null) throw new Error("no act makes no registry");
  return now;
}

/** `models`, open, made by Ann: `digits` has v0 (production), v1 (best) and v2. */
export const SAMPLE: RegistryState = after(
  null,
  ANN,
  created,
  memberAdded(MO, "Mo", "member"),
  memberAdded(VI, "Vi", "viewer"),
  memberAdded(REX, "Rex", "restricted"),
  protectedBy("production"),
  protectedBy("prod-*"),
  collectionMade(DIGITS),
  linked(0, sourceOf(0)),
  linked(1, sourceOf(1)),
  linked(2, sourceOf(2)),
  moved("production", null, 0),
  moved("best", null, 1),
);

/** The code of the error that a call throws; `null` for none. Anything but a CairnError goes through. */
export function codeThrownBy(call: () => unknown): ErrorCode | null {
  try {
    call();
    return null;
  } catch (error) {
    if (isCairnError(error)) return error.code;
    throw error;
  }
}

/** A fault in a word: its kind, or the code of the rule. */
export function wordFor(fault: EventFault | null): string {
  if (fault === null) return "allowed";
  return fault.kind === "rule" ? fault.problem.code : fault.kind;
}

/** What a judge says in a word. */
export function word(state: RegistryState | null, actor: MemberKey, act: RegistryAct): string {
  return wordFor(judge(state, actor, act));
}

/** What the person reads. */
export function sentence(state: RegistryState, actor: MemberKey, act: RegistryAct): string {
  const fault = judge(state, actor, act);
  return fault?.kind === "rule" ? describeError(fault.problem) : "no rule";
}

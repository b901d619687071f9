// Events and requests from outside: every field is checked before anything believes it.
import { findDigest, type Digest } from "../digest.ts";
import type { NameKind } from "../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { checkAlias, checkName, type Alias, type ArtifactType } from "../names.ts";
import { checkTag, TAGS_MAX_COUNT, type Tag } from "../tags.ts";
import type { VersionNumber } from "../version.ts";
import {
  COMPARISONS,
  CONDITION_MAX_LINES,
  EVIDENCE_MAX_LENGTH,
  isConditionPath,
  type Condition,
  type Evidence,
  type NumericRule,
} from "./condition.ts";
import { checkPattern } from "./names.ts";
import { newerAct } from "./newer-act.ts";
import { findHubUserProblem, findMemberKey, findNameProblem } from "./people.ts";
import {
  checked,
  count,
  list,
  matching,
  nullable,
  object,
  oneOf,
  partial,
  plainObject,
  text,
  tryRead,
  union,
  unreadable,
  type Read,
} from "./reader.ts";
import {
  OUTCOMES,
  type AliasPattern,
  type CollectionDetails,
  type CollectionName,
  type LinkSource,
  type MemberFields,
  type MemberKey,
  type PromotionAsk,
  type RegistryAct,
  type RegistryEvent,
  type RegistryName,
  type RegistrySettings,
  type SignedRequest,
} from "./records.ts";
import { ROLES, VISIBILITIES } from "./roles.ts";
import type { Uid } from "../records.ts";

/** Longest description, card or note of a registry. */
export const REGISTRY_TEXT_MAX_LENGTH = 20_000;
/** Most types that a registry lists. */
export const TYPES_MAX_COUNT = 100;
/** More aliases than anybody puts on one version. */
const ALIASES_MAX_COUNT = 10_000;

/** An event from outside, or why it is none. */
export function readEvent(json: unknown): RegistryEvent | { readonly reason: string } {
  return tryRead(event, json);
}

/** A signed request from outside, or why it is none. */
export function readRequest(json: unknown): SignedRequest | { readonly reason: string } {
  return tryRead(signedRequest, json);
}

const longText = text(REGISTRY_TEXT_MAX_LENGTH);
const alias: Read<Alias> = checked((value) => reasonOf(checkAlias(value)));
const type = name<ArtifactType>("type");
const collection = name<CollectionName>("collection");
const types = list(type, TYPES_MAX_COUNT);
const tags: Read<readonly Tag[]> = list(
  checked((value) => reasonOf(checkTag(value))),
  TAGS_MAX_COUNT,
);
const pattern: Read<AliasPattern> = checked((value) => reasonOf(checkPattern(value)));
export const key: Read<MemberKey> = checked((value) =>
  findMemberKey(value) === undefined ? "it is not a key" : null,
);
/** `""` for somebody whose key alone is known. */
export const personName: Read<string> = checked((value) =>
  value === "" ? null : findNameProblem(value),
);
const hubUser: Read<string | null> = nullable(checked(findHubUserProblem));
export const digest: Read<Digest> = checked((value) =>
  findDigest(value) === undefined ? "it is not a digest" : null,
);
const number = count<VersionNumber>();
export const time: Read<string> = checked(findTimeProblem);
// 64 bytes are 85 characters and a last one whose four lowest bits are 0.
export const signature: Read<string> = matching(/^[A-Za-z0-9_-]{85}[AQgw]$/, "a signature");
const visibility = oneOf(VISIBILITIES);

const settings = { description: longText, types, visibility };
const details = { card: longText, tags };
const memberFields = { name: personName, role: oneOf(ROLES) };

const path: Read<string> = checked((value) =>
  isConditionPath(value) ? null : "it is not the key of a value in metadata",
);
const numericRule = object<NumericRule>({
  path,
  comparison: oneOf(COMPARISONS),
  value: finite,
});
const condition = nullable(
  object<Condition>({
    metadata: list(path, CONDITION_MAX_LINES),
    tags,
    rules: list(numericRule, CONDITION_MAX_LINES),
  }),
);
const evidence = object<Evidence>({ metadata: evidenceValues, tags });

const source = object<LinkSource>({
  version: uid(),
  project: name("project"),
  name: name("artifact"),
  number,
  type,
  digest,
  sizeBytes: count(),
  fileCount: count(),
});

const ask = {
  request: uid<"PromotionRequest">(),
  collection,
  alias,
  number,
  source: uid<"Version">(),
  note: longText,
};

const signedRequest = object<SignedRequest>({
  registry: uid(),
  at: time,
  actor: key,
  ask: object<PromotionAsk>(ask),
  signature,
});

const act = union<RegistryAct>(
  {
    "registry-created": {
      name: name<RegistryName>("registry"),
      by: personName,
      hubUser,
      ...settings,
    },
    "registry-edited": {
      before: partial<RegistrySettings>(settings),
      after: partial<RegistrySettings>(settings),
    },
    "registry-deleted": {},
    "registry-restored": {},
    "member-added": { member: key, hubUser, ...memberFields },
    "member-changed": {
      member: key,
      before: object<MemberFields>(memberFields),
      after: object<MemberFields>(memberFields),
    },
    "member-removed": { member: key, before: object<MemberFields>(memberFields) },
    "protection-added": { pattern, condition },
    "protection-changed": { pattern, before: condition, after: condition },
    "protection-removed": { pattern, before: condition },
    "collection-created": { collection, type, ...details },
    "collection-edited": {
      collection,
      before: partial<CollectionDetails>(details),
      after: partial<CollectionDetails>(details),
    },
    "collection-deleted": { collection },
    "collection-restored": { collection },
    "version-linked": { collection, number, source },
    "version-unlinked": { collection, number, aliases: list(alias, ALIASES_MAX_COUNT) },
    "version-restored": { collection, number },
    "alias-moved": {
      collection,
      alias,
      before: nullable(number),
      after: number,
      evidence: nullable(evidence),
      request: nullable(uid<"PromotionRequest">()),
    },
    "alias-removed": { collection, alias, before: number },
    "promotion-requested": ask,
    "promotion-settled": {
      request: uid<"PromotionRequest">(),
      outcome: oneOf(OUTCOMES),
      note: longText,
      signed: nullable(signedRequest),
    },
  },
  newerAct,
);

const event = object<RegistryEvent>({
  registry: uid(),
  seq: count(),
  uid: uid(),
  at: time,
  actor: key,
  act,
  previous: nullable(digest),
  signature,
});

export function name<Name extends string>(kind: Exclude<NameKind, "alias">): Read<Name> {
  return checked((value) => reasonOf(checkName(kind, value)));
}

export function uid<Kind extends string>(): Read<Uid<Kind>> {
  return matching(/^[0-9A-Za-z_-]{1,64}$/, "an id");
}

function reasonOf(problem: { readonly data: object } | null): string | null {
  if (problem === null) return null;
  const { data } = problem;
  return "reason" in data && typeof data.reason === "string" ? data.reason : "it is reserved";
}

/** Times are all written one way, so that they compare as texts. */
function findTimeProblem(value: string): string | null {
  const isWritten = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
  const isTime =
    isWritten && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
  return isTime ? null : "it is not a time such as 2026-03-01T12:00:00.000Z";
}

function finite(value: unknown, at: string): number {
  return typeof value === "number" && Number.isFinite(value)
    ? value + 0
    : unreadable(at, "is not a number");
}

function evidenceValues(value: unknown, at: string): JsonObject {
  const values = Object.entries(plainObject(value, at));
  if (values.length > 2 * CONDITION_MAX_LINES) unreadable(at, "has too many entries");
  for (const [entry, found] of values) {
    path(entry, at);
    if (!isEvidence(found)) unreadable(`${at}.${entry}`, "is not a short, plain value");
  }
  return Object.fromEntries(values) as JsonObject;
}

function isEvidence(value: unknown): value is Json {
  if (typeof value === "string") return value.length <= EVIDENCE_MAX_LENGTH;
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "boolean";
}

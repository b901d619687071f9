// Readers of what the files of a remote say: every value is checked before anything believes it [N1 F1].
import { findDigest, type Digest } from "../digest.ts";
import { isIsoTime } from "../iso-time.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { checkKeepRule, type KeepRule } from "../keep.ts";
import { METADATA_MAX_DEPTH, METADATA_MAX_LENGTH } from "../metadata.ts";
import { checkAlias, type Alias } from "../names.ts";
import { name, uid } from "../registry/event-reader.ts";
import {
  checked,
  count,
  list,
  matching,
  nullable,
  object,
  partial,
  plainObject,
  unreadable,
  type Read,
  type Shape,
} from "../registry/reader.ts";
import { checkTag, TAGS_MAX_COUNT, type Tag } from "../tags.ts";
import { findVersionNumber, type VersionNumber } from "../version.ts";
import type { DeviceId } from "./shared.ts";

export { checked, count, list, matching, name, nullable, uid, unreadable };
export { oneOf, text, type Read, type Shape } from "../registry/reader.ts";

/** Entries of one list: more than a repository can hold. */
export const MANY = 5_000_000;

type Required<Value> = {
  [Field in keyof Value as undefined extends Value[Field] ? never : Field]: Value[Field];
};
type Optional<Value> = {
  [Field in keyof Value as undefined extends Value[Field] ? Field : never]-?: Exclude<
    Value[Field],
    undefined
  >;
};

/** An object with these fields. What else it has is left out: a later Cairn may have written it. */
export function fields<Value extends object>(
  must: Shape<Required<Value>>,
  may?: Shape<Optional<Value>>,
): Read<Value> {
  const readAll = object<object>(must);
  const readSome = may === undefined ? null : partial<object>(may);
  return (value, at) => {
    const given = plainObject(value, at);
    const all = readAll(part(given, must), at);
    if (may === undefined || readSome === null) return all as Value;
    return { ...all, ...readSome(part(given, may), at) } as Value;
  };
}

function part(given: Readonly<Record<string, unknown>>, shape: object): object {
  const known = Object.keys(shape).filter((field) => Object.hasOwn(given, field));
  return Object.fromEntries(known.map((field) => [field, given[field]]));
}

/** A list as a map, each entry under a key of its own. */
export function keyed<Key, Value>(
  read: Read<Value>,
  keyOf: (value: Value) => Key,
  most = MANY,
): Read<ReadonlyMap<Key, Value>> {
  const readList = list(read, most);
  return (value, at) => {
    const map = new Map<Key, Value>();
    for (const entry of readList(value, at)) {
      const key = keyOf(entry);
      if (map.has(key)) unreadable(at, `has “${String(key)}” twice`);
      map.set(key, entry);
    }
    return map;
  };
}

export const alias: Read<Alias> = checked((value) =>
  checkAlias(value) === null ? null : "it is not an alias",
);
export const digest: Read<Digest> = checked((value) =>
  findDigest(value) === undefined ? "it is not a digest" : null,
);
export const sha256: Read<string> = matching(/^[0-9a-f]{64}$/, "a SHA-256");
/** A whole number from 0 up to another. */
export function upTo(most: number): Read<number> {
  const readCount = count<number>();
  return (value, at) => {
    const found = readCount(value, at);
    return found <= most ? found : unreadable(at, `is more than ${most}`);
  };
}

export const device: Read<DeviceId> = uid<"Device">() as Read<string> as Read<DeviceId>;
export const tags: Read<readonly Tag[]> = list(
  checked((value) => (checkTag(value) === null ? null : "it is not a tag")),
  TAGS_MAX_COUNT,
);
/** As people and programs write it: a version's time may come from a script. */
export const time: Read<string> = checked((value) =>
  value.length <= 40 && isIsoTime(value) ? null : "it is not a time",
);
export const keep: Read<KeepRule | null> = nullable((value, at) => {
  const rule = fields<KeepRule>({ lastN: nullable(count()), olderThanDays: nullable(count()) })(
    value,
    at,
  );
  return checkKeepRule(rule) === null ? rule : unreadable(at, "is not a keep rule");
});

export const number: Read<VersionNumber> = (value, at) =>
  typeof value === "number" && findVersionNumber(`v${value}`) === value
    ? (value as VersionNumber)
    : unreadable(at, "is not a version's number");

export const flag: Read<boolean> = (value, at) =>
  typeof value === "boolean" ? value : unreadable(at, "is not true or false");

/** Characters that JSON text can grow by when it is written in another way. */
const GROWTH = 8;

/** Metadata, or a run's config, within the limits of what is typed here. */
export const jsonObject: Read<JsonObject> = (value, at) => {
  if (!isJsonObject(value)) return unreadable(at, "is not an object");
  checkJson(value, METADATA_MAX_DEPTH, at);
  if (JSON.stringify(value).length > GROWTH * METADATA_MAX_LENGTH)
    return unreadable(at, "is too long");
  return value;
};

function checkJson(value: Json, depth: number, at: string): void {
  if (typeof value === "number" && !Number.isFinite(value))
    unreadable(at, "has a number that is too large");
  if (value === null || typeof value !== "object") return;
  if (depth === 0) unreadable(at, `is nested more than ${METADATA_MAX_DEPTH} levels deep`);
  for (const member of Object.values(value)) checkJson(member, depth - 1, at);
}

// Reads outside JSON field by field: each reader gives a clean value, or says what it isn't.
import { isJsonObject } from "../json.ts";

/** Gives a value as it should be. Throws {@link Unreadable}. */
export type Read<Value> = (value: unknown, at: string) => Value;

/** How to read each field of an object. */
export type Shape<Value> = { readonly [Field in keyof Value]-?: Read<Value[Field]> };

/** Something isn't as it should be; the message says what and where. */
class Unreadable extends Error {}

/** What a reader gives, or why it gives nothing. */
export function tryRead<Value>(read: Read<Value>, value: unknown): Value | { reason: string } {
  try {
    return read(value, "");
  } catch (error) {
    if (error instanceof Unreadable) return { reason: error.message };
    throw error;
  }
}

/** Says why something can't be read. */
export function unreadable(at: string, reason: string): never {
  throw new Unreadable(`${at === "" ? "it" : `“${at}”`} ${reason}`);
}

/** An object with just these fields. */
export function object<Value extends object>(shape: Shape<Value>): Read<Value> {
  const readPart = partial(shape);
  return (value, at) => {
    const found = readPart(value, at);
    for (const field of Object.keys(shape))
      if (!Object.hasOwn(found, field)) unreadable(at, `has no “${field}”`);
    return found as Value;
  };
}

/** An object with some of these fields. */
export function partial<Value extends object>(shape: Shape<Value>): Read<Partial<Value>> {
  return (value, at) => {
    const given = plainObject(value, at);
    const fields = Object.keys(given).map((field) => {
      if (!Object.hasOwn(shape, field))
        return unreadable(at, `has a field “${field.slice(0, 60)}”, which this Cairn doesn't know`);
      const read = shape[field as keyof Value] as Read<unknown>;
      return [field, read(given[field], at === "" ? field : `${at}.${field}`)] as const;
    });
    return Object.fromEntries(fields) as Partial<Value>;
  };
}

/**
 * One of several objects, told apart by their `kind`.
 *
 * @param other reads those of any other kind
 */
export function union<Value extends { readonly kind: string }>(
  shapes: {
    readonly [Kind in Value["kind"]]: Shape<Omit<Extract<Value, { readonly kind: Kind }>, "kind">>;
  },
  other: Read<Value>,
): Read<Value> {
  return (value, at) => {
    const { kind, ...fields } = plainObject(value, at);
    if (typeof kind !== "string" || !Object.hasOwn(shapes, kind)) return other(value, at);
    const shape = shapes[kind as Value["kind"]] as Shape<object>;
    return { kind, ...object(shape)(fields, at) } as Value;
  };
}

/** A list of at most so many. */
export function list<Value>(read: Read<Value>, most: number): Read<readonly Value[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return unreadable(at, "is not a list");
    if (value.length > most) return unreadable(at, `has more than ${most} entries`);
    return Array.from(value, (entry: unknown, index) => read(entry, `${at}.${index}`));
  };
}

/** What another reader reads, or `null`. */
export function nullable<Value>(read: Read<Value>): Read<Value | null> {
  return (value, at) => (value === null ? null : read(value, at));
}

/** One of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): Read<Word> {
  return (value, at) =>
    words.find((word) => word === value) ?? unreadable(at, `is not one of ${words.join(", ")}`);
}

/** Text of at most so many characters. */
export function text(most: number): Read<string> {
  return (value, at) => {
    if (typeof value !== "string") return unreadable(at, "is not a text");
    return value.length <= most ? value : unreadable(at, `has more than ${most} characters`);
  };
}

/** Text that a check finds nothing wrong with: it answers why not, or `null`. */
export function checked<Value extends string>(
  findProblem: (value: string) => string | null,
): Read<Value> {
  return (value, at) => {
    if (typeof value !== "string") return unreadable(at, "is not a text");
    const reason = findProblem(value);
    return reason === null ? (value as Value) : unreadable(at, `can't be used: ${reason}`);
  };
}

/** Text of a pattern. */
export function matching<Value extends string>(pattern: RegExp, what: string): Read<Value> {
  return checked((value) => (pattern.test(value) ? null : `it is not ${what}`));
}

/** A whole number from 0. */
export function count<Value extends number>(): Read<Value> {
  return (value, at) =>
    Number.isSafeInteger(value) && (value as number) >= 0
      ? (((value as number) + 0) as Value)
      : unreadable(at, "is not a whole number from 0");
}

/** An object as JSON has them. */
export function plainObject(value: unknown, at: string): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : unreadable(at, "is not an object");
}

// Values that the rules are tried on.
import fc from "fast-check";
import type { Digest } from "../../src/core/digest.ts";
import { checkPath, parsePath, type LogicalPath } from "../../src/core/path.ts";
import { manifestOf, type Manifest, type ManifestEntry } from "../../src/core/manifest.ts";

const NAME_CHARACTERS = [..."abcXYZ019._-"];

/** Text of the name grammar, short. */
export const nameText = fc
  .string({ unit: fc.constantFrom(...NAME_CHARACTERS), minLength: 1, maxLength: 12 })
  .filter((name) => name !== "." && name !== "..");

/** Any text: ASCII, the whole of Unicode, and broken UTF-16. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary-ascii" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

/** Well-formed text rich in the characters around U+E000–U+FFFF and the astral planes. */
export const unicodeText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "a",
      "b",
      "/",
      "0",
      ".",
      "é",
      "\u07ff",
      "\u0800",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "\u{10000}",
      "\u{10ffff}",
      "😀",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 8,
});

export const digest: fc.Arbitrary<Digest> = fc
  .string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 })
  .map((hex) => `blake3:${hex}` as Digest);

/** The digest whose bytes are all the same: readable in tables. */
export function digestOfByte(byte: number): Digest {
  return `blake3:${byte.toString(16).padStart(2, "0").repeat(32)}` as Digest;
}

const segment = fc.constantFrom("a", "b", "c", "a0", "a-b", "a.b", "ä", "\ue000", "😀", "z");

/** A valid path of few, often shared, segments. */
export const path: fc.Arbitrary<LogicalPath> = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join("/"))
  .filter((text) => checkPath(text) === null)
  .map(parsePath);

/** Entries that may stand in one manifest: no path twice, none both file and folder. */
export const entries: fc.Arbitrary<readonly ManifestEntry[]> = fc
  .array(
    fc.record({
      path,
      digest: fc.integer({ min: 0, max: 3 }).map(digestOfByte),
      size: fc.integer({ min: 0, max: 2 ** 40 }),
    }),
    { maxLength: 25 },
  )
  .map((given) => {
    const kept: ManifestEntry[] = [];
    for (const entry of given)
      if (!kept.some((other) => clash(entry.path, other.path))) kept.push(entry);
    return kept;
  });

export const manifest: fc.Arbitrary<Manifest> = entries.map(manifestOf);

function clash(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

import { readFile } from "node:fs/promises";
import { sha256 } from "hash-wasm";
import { expect, test } from "vitest";
import type { CanonicalEntry } from "../../src/core/manifest.ts";
import { trackioText } from "../../src/core/trackio.ts";

interface Vector {
  readonly name: string;
  readonly manifest: readonly (CanonicalEntry & { readonly size: string })[];
  readonly hashed_utf8: string;
  readonly manifest_digest: string;
}

/** Sizes as texts, because one of them is beyond what a JavaScript number can hold. */
async function readVectors(): Promise<readonly Vector[]> {
  const file = new URL("../fixtures/manifest-vectors.json", import.meta.url);
  const text = await readFile(file, "utf8");
  return JSON.parse(text.replace(/^(\s*"size": )(\d+)/gm, '$1"$2"')) as readonly Vector[];
}

test.each(await readVectors())(
  "[M2] Trackio's digest, case $name",
  async ({ manifest, hashed_utf8: expected, manifest_digest: digest }) => {
    const entries = manifest.map((entry) => ({ ...entry, size: BigInt(entry.size) }));
    const text = [...trackioText(entries)].join("");
    expect(text).toBe(expected);
    expect(await sha256(text)).toBe(digest);
    const isSafe = entries.every(({ size }) => size <= Number.MAX_SAFE_INTEGER);
    const numbers = entries.map((entry) => ({ ...entry, size: Number(entry.size) }));
    expect([...trackioText(numbers)].join("") === expected).toBe(isSafe);
  },
);

test("[M2] every case of the fixture is there", async () => {
  expect(await readVectors()).toHaveLength(11);
});

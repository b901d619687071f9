// Bytes checked and named in one go.
import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256IfIntact, type Content } from "../../src/service/care/content.ts";
import { openHarness, type Harness } from "../support/service-harness.ts";

const { signal } = new AbortController();

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

/** From 64 MiB on, two workers read a blob. */
test.each([
  ["no bytes", 0, false],
  ["bytes in memory", 1000, false],
  ["a blob that is hashed whole", 100_000, true],
  ["a blob that is read in pieces", 9 << 20, true],
  ["a blob that two workers read", 64 << 20, true],
])(
  "[M1 U4] %s: the SHA-256 where they are those of the digest, else nothing",
  async (_, size, isBlob) => {
    const { ctx } = harness;
    const bytes = new Uint8Array(size).fill(7);
    const content: Content = isBlob ? new Blob([bytes]) : bytes;
    const right = { digest: ctx.hasher.hashBytes(bytes), sizeBytes: size };
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(await sha256IfIntact(ctx, content, right, signal)).toBe(sha256);
    const other = { ...right, digest: ctx.hasher.hashText(["other bytes"]) };
    expect(await sha256IfIntact(ctx, content, other, signal)).toBeNull();
    expect(
      await sha256IfIntact(ctx, content, { ...right, sizeBytes: size + 1 }, signal),
    ).toBeNull();
  },
);

// The digest that Trackio gives to the same files, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { newJobId } from "../../src/protocol/jobs.ts";
import { corrupt } from "../support/damage-bytes.ts";
import { codeOf } from "../support/errors.ts";
import { aDraft, log, openHarness, refOf, stage } from "../support/service-harness.ts";

/** Bytes over the border from which a file has a pack of its own. */
const LARGE = new Uint8Array(400_000).map((_, i) => i % 247);

export function trackioContract(): void {
  describe("Trackio's digest", () => {
    test("[M1 M2] is that of Trackio for the same files, and each SHA-256 is kept", async () => {
      const { api, ctx } = await openHarness();
      const result = await log(api, { "z/b.bin": "b", "a.txt": "a" });
      const expected = "4b8afcec715dcf7564ed2bf21c463ceaece1a9752fc8db10cc4f72fe831b7fdf";
      expect(await api.trackioDigest(newJobId(), refOf(result))).toBe(expected);
      expect(await ctx.db.get("sha256s", ctx.hasher.hashText(["a"]))).toBe(
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
      );
      // From what is kept, without the bytes.
      await ctx.db.clear("packs");
      expect(await api.trackioDigest(newJobId(), refOf(result))).toBe(expected);
    });

    test("[M2 M4] references go in with the digest they were logged with", async () => {
      const { api } = await openHarness();
      const { ingest, entries } = await stage(api, { "a.txt": "a" });
      const references = [{ path: "x", uri: "https://e.com/x", digest: null, sizeBytes: 0 }];
      const result = await api.commitDraft(ingest, aDraft(), { ...entries, references });
      expect(await api.trackioDigest(newJobId(), refOf(result))).toBe(
        "6ce2ada665c907e23aa476375aaaef4a9e9ccea0f556c392177f644d3eb0f6d0",
      );
    });

    test("[M1] large files are hashed too, in workers", async () => {
      const { api, ctx } = await openHarness();
      const result = await log(api, { big: LARGE, again: LARGE, small: "s" });
      await api.trackioDigest(newJobId(), refOf(result));
      const native = new Uint8Array(await crypto.subtle.digest("SHA-256", LARGE));
      expect(await ctx.db.get("sha256s", ctx.hasher.hashBytes(LARGE))).toBe(
        [...native].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      );
      expect(await ctx.db.count("sha256s")).toBe(2);
    });

    test("[M1 U4] a corrupt blob gives no SHA-256 to be kept for it", async () => {
      const { api, ctx } = await openHarness();
      const result = await log(api, { big: LARGE });
      await corrupt(ctx.db, ctx.hasher.hashBytes(LARGE));
      expect(await codeOf(api.trackioDigest(newJobId(), refOf(result)))).toBe("digest_mismatch");
      expect(await ctx.db.count("sha256s")).toBe(0);
    });

    test("ends when it is cancelled", async () => {
      const { api } = await openHarness();
      const result = await log(api, { big: LARGE });
      const job = newJobId();
      const [outcome] = await Promise.all([
        codeOf(api.trackioDigest(job, refOf(result))),
        api.cancelJob(job),
      ]);
      expect(outcome).toBe("aborted");
    });
  });
}

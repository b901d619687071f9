// Bytes that are not in this browser and yet not lost, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { VerifyReport, VerifyScope } from "../../src/protocol/care-api.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { RemoteFilesRecord } from "../../src/store/sync-records.ts";
import { packOf } from "../support/damage-bytes.ts";
import { v } from "../support/linked-net.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";

/** Bytes over the border from which a file has a pack of its own. */
const LARGE = new Uint8Array(400_000).map((_, i) => i % 247);
const ALL: VerifyScope = { kind: "all" };
const ONE = {
  kind: "version",
  paths: null,
  project: "digits",
  name: "net",
  number: v(0),
} as VerifyScope;

function check({ api }: Harness, scope: VerifyScope): Promise<VerifyReport> {
  return api.verify(newJobId(), scope, () => undefined);
}

/** What is noted of a blob that lies alone in a remote. */
function remoteFileOf(digest: Digest): RemoteFilesRecord {
  return {
    commit: "c",
    digests: [digest],
    paths: ["artifacts/digits/net/v0/big"],
    offsets: [0],
    sizes: [LARGE.length],
    sha256s: ["0".repeat(64)],
    packs: new Map(),
    seenAt: "2026-01-01T00:00:00.000Z",
  };
}

export function elsewhereContract(): void {
  describe("bytes that are elsewhere", () => {
    test("[U5] bytes that only a remote holds are told as such, and are no damage", async () => {
      const cairn = await openHarness();
      const { db, hasher } = cairn.ctx;
      const result = await log(cairn.api, { a: "1", big: LARGE, again: LARGE });
      const digest = hasher.hashBytes(LARGE);
      const [ingest, pack] = await packOf(db, digest);
      await db.delete("packs", [ingest, pack]);
      await db.put("remoteFiles", remoteFileOf(digest), ["r", "v", 0] as never);
      expect(await check(cairn, ONE)).toMatchObject({
        files: 1,
        bytes: 1,
        damage: [],
        elsewhere: { files: 2, bytes: 2 * LARGE.length },
      });
      // Not all was read, so nothing is said of when it was.
      expect(await db.get("checks", result.version.digest)).toBeUndefined();
      expect(await check(cairn, ALL)).toMatchObject({
        files: 1,
        damage: [],
        elsewhere: { files: 1, bytes: LARGE.length },
      });
      await cairn.api.deleteVersions({ kind: "project", project: "digits" }, []);
      expect((await cairn.api.planEmpty(null)).freedBytes).toBe(1);
      await cairn.api.emptyTrash(null);
      expect(await check(cairn, ALL)).toMatchObject({ elsewhere: { files: 0, bytes: 0 } });
    });

    test("[U5] bytes that are nowhere are missed, with where they were last known to be", async () => {
      const remote = {
        locate: () => Promise.resolve(null),
        lastKnown: () => Promise.resolve("in the folder “backup”"),
      };
      const cairn = await openHarness(undefined, { ctx: { remote } });
      await log(cairn.api, { a: "1" });
      await cairn.ctx.db.clear("packs");
      const [damage] = (await check(cairn, ALL)).damage;
      expect(damage?.problem.data).toMatchObject({ lastKnown: "in the folder “backup”" });
    });
  });
}

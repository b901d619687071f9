// Which files of a version are elsewhere, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { RemoteUid } from "../../src/core/sync/remote.ts";
import type { VersionUid } from "../../src/core/records.ts";
import type { RemoteFilesRecord } from "../../src/store/sync-records.ts";
import { codeOf } from "../support/errors.ts";
import { v } from "../support/linked-net.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";
import { remoteRow } from "../support/remote-row.ts";

const NET = { project: "digits" as never, name: "net" as never, number: v(0) };
const REMOTE = remoteRow();

/** A version of four files and an empty one, of which nothing is here. */
async function allAway(): Promise<Harness & { readonly version: VersionUid }> {
  const cairn = await openHarness();
  const { version } = await log(cairn.api, { a: "1", b: "2", c: "1", d: "4", empty: "" });
  await cairn.ctx.db.clear("packs");
  const { uid } = (await cairn.api.getVersion("digits", "net", `v${version.number}`)).version;
  return { ...cairn, version: uid };
}

async function put(
  { ctx: { db, hasher } }: Harness,
  [remote, version]: readonly [RemoteUid, VersionUid],
  contents: readonly string[],
): Promise<void> {
  const digests: readonly Digest[] = contents.map((content) =>
    hasher.hashBytes(new TextEncoder().encode(content)),
  );
  const row: RemoteFilesRecord = {
    commit: "c",
    digests,
    paths: contents.map((content) => `artifacts/digits/net/v0/${content}`),
    offsets: contents.map(() => 0),
    sizes: contents.map(({ length }) => length),
    sha256s: contents.map(() => "0".repeat(64)),
    packs: new Map(),
    seenAt: "2026-01-01T00:00:00.000Z",
  };
  await db.put("remoteFiles", row, [remote, version, 0]);
}

export function awayFilesContract(): void {
  describe("files whose bytes are elsewhere", () => {
    test("[U5] are said with who has them, whichever version brought them there", async () => {
      const cairn = await allAway();
      await cairn.ctx.db.put("remotes", REMOTE);
      await put(cairn, [REMOTE.uid, cairn.version], ["1"]);
      await put(cairn, [REMOTE.uid, "other" as VersionUid], ["2"]);
      const found = await cairn.api.listAway(NET);
      expect(found.map(({ where, rows }) => [where, [...rows]])).toEqual([
        ["the dataset ada/models", [0, 1, 2]],
        [null, [3]],
      ]);
    });

    test("[U5] are none where nothing is connected, or all is here", async () => {
      const cairn = await allAway();
      expect(await cairn.api.listAway(NET)).toEqual([]);
      await cairn.ctx.db.put("remotes", REMOTE);
      await log(cairn.api, { a: "here" }, { name: "other" });
      expect(await cairn.api.listAway({ ...NET, name: "other" as never })).toEqual([]);
      expect(await codeOf(cairn.api.listAway({ ...NET, number: v(7) }))).toBe("not_found");
    });
  });
}

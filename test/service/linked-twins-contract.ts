// Links of a version that had another id on another device, against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { VersionRecord } from "../../src/core/records.ts";
import type { Cast } from "../support/registry-actors.ts";
import { link, withNet } from "../support/registry-links.ts";

/** Has a version go by another id than it had, which stays as a former one: as when it became one with somebody's. */
async function becomeTwin(
  { ctx }: Cast,
  number: number,
  fields: Partial<VersionRecord> = {},
): Promise<void> {
  const row = (await ctx.db.getAll("versions")).find((each) => each.number === number);
  if (row === undefined) throw new Error("no such version");
  const uid = ctx.newUid<"Version">();
  await ctx.db.put("versions", { ...row, uid, twins: [row.uid], ...fields });
}

export function linkedTwinsContract(): void {
  describe("[S3 G5] a version that is linked by an id it had before", () => {
    test("keeps its link, to which the aliases move", async () => {
      const cast = await withNet();
      await link(cast.api, 0);
      await link(cast.api, 1, ["best"]);
      await becomeTwin(cast, 0);
      const again = await link(cast.api, 0, ["best"]);
      expect(again).toMatchObject({ number: 0, isNew: false });
      expect(again.moves).toEqual([{ alias: "best", from: 1, to: 0 }]);
      const { linkList } = await cast.api.getCollection("models", "net", null);
      expect(linkList.map(({ number }) => number)).toEqual([1, 0]);
    });

    test("is linked anew where what is linked by that id has other content", async () => {
      const cast = await withNet();
      await link(cast.api, 0);
      const [, other] = await cast.ctx.db.getAll("versions");
      await becomeTwin(cast, 0, { digest: other?.digest as VersionRecord["digest"] });
      expect(await link(cast.api, 0)).toMatchObject({ number: 1, isNew: true });
    });
  });
}

// What is noted of a registry's events when they are stored, and that checking its log believes none of it.
import { describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { StoredRegistryEvent } from "../../src/store/schema.ts";
import { codeOf } from "../support/errors.ts";
import { openCast, readLog, readRegistry, type Cast } from "../support/registry-actors.ts";

const NO_DIGEST = `blake3:${"0".repeat(64)}` as Digest;

/** Writes over an event, as a damaged disk or somebody with the browser's tools might. */
async function overwrite(
  cast: Cast,
  place: number,
  change: (row: StoredRegistryEvent) => Partial<StoredRegistryEvent>,
): Promise<void> {
  const row = (await readLog(cast, "models")).at(place);
  if (row === undefined) throw new Error("the log is too short");
  const { registry, seq } = row.event;
  await cast.ctx.db.put("registryEvents", { ...row, ...change(row) }, [registry, seq]);
}

const laterBy = ({ event }: StoredRegistryEvent): Partial<StoredRegistryEvent> => ({
  event: { ...event, at: "2999-01-01T00:00:00.000Z" },
});

export function registryVerifyContract(): void {
  describe("a log that is checked", () => {
    test("[E2] is stored with digests that fit, and found right", async () => {
      const cast = await openCast();
      const rows = await readLog(cast, "models");
      for (const [place, { digest }] of rows.entries())
        expect(rows[place + 1]?.event.previous ?? digest).toBe(digest);
      expect((await readRegistry(cast, "models")).record.head).toBe(rows.at(-1)?.digest);
      const { faults, events } = await cast.api.verifyRegistry("models");
      expect([faults, events]).toEqual([[], rows.length]);
    });

    test("[E2] is asked for its digests anew: a changed event is found by the one behind it", async () => {
      const cast = await openCast();
      await overwrite(cast, 1, laterBy);
      const { faults } = await cast.api.verifyRegistry("models");
      expect(faults.map(({ event, fault }) => [event.seq, fault?.kind])).toEqual([
        [1, "signature"],
        [2, "chain"],
      ]);
    });

    test("[E2] is refused where its last event was changed", async () => {
      const cast = await openCast();
      await overwrite(cast, -1, laterBy);
      expect(await codeOf(cast.api.verifyRegistry("models"))).toBe("invalid_log");
    });

    test.each([
      ["digest", (): Partial<StoredRegistryEvent> => ({ digest: NO_DIGEST })],
      ["word on its signature", (): Partial<StoredRegistryEvent> => ({ isSigned: false })],
    ])("[E2 E3] is refused where an event's %s was changed", async (_, change) => {
      const cast = await openCast();
      await overwrite(cast, 1, change);
      expect(await codeOf(cast.api.verifyRegistry("models"))).toBe("invalid_log");
    });
  });
}

// Tables and shared states: read, written, replayed [S3 S4 S5 E4], against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { ArtifactName } from "../../src/core/names.ts";
import type { SharedProject } from "../../src/core/sync/shared.ts";
import { readShared, SHARED_STORES, writeShared } from "../../src/service/sync/shared-state.ts";
import { withWrite } from "../../src/store/transaction.ts";
import { Dice } from "../model/dice.ts";
import { expectSound } from "../support/expect-sound.ts";
import { v } from "../support/linked-net.ts";
import { log, openHarness } from "../support/service-harness.ts";
import { Evolution } from "../support/random-projects.ts";
import { plain, PROJECT, SELF } from "../support/shared-projects.ts";
import {
  READ,
  NET,
  PROD,
  ADA,
  NOTHING,
  read,
  write,
  netOf,
  withNet,
  withVersions,
} from "../support/shared-store.ts";

/** @param runs random sequences of merges */
export function sharedStateContract(runs: number): void {
  describe("a project's tables as a shared state", () => {
    test("of a project that isn't here, nothing; and writing nothing changes nothing", async () => {
      const { ctx } = await openHarness();
      const state = await read(ctx);
      expect(state).toEqual(NOTHING);
      expect(await write(ctx, state)).toEqual({ notes: [], hasChanged: false });
      expect(await ctx.db.count("projects")).toBe(0);
    });

    test("what was logged here is read, with all that is said of it, as this device's", async () => {
      const { api, ctx } = await openHarness();
      const run = await api.startRun(PROJECT, "train", { lr: 1 });
      const first = await log(
        api,
        { a: "1" },
        { aliases: ["prod"], tags: ["t"], description: "d" },
      );
      await log(api, { a: "2" }, { run: "train" });
      await api.addDerivation({ project: PROJECT, name: NET, number: v(1) }, "digits/net:v0");
      await api.deleteVersions(
        { kind: "versions", project: PROJECT, name: NET, numbers: [v(0)] },
        true,
      );
      const state = await read(ctx);
      const net = netOf(state);
      const held = net.aliases.get(PROD);
      const [trash] = await api.listTrash();
      expect(net).toMatchObject({ name: "net", type: "model", lastNumber: 1 });
      expect(net.versions.get(first.version.uid)).toMatchObject({
        number: 0,
        by: SELF,
        description: "d",
        tags: ["t"],
        twins: [],
        deleted: { at: trash?.deletedAt, by: SELF, trash: trash?.uid, aliases: ["prod"] },
      });
      // It was on and off before anybody else knew of it.
      expect(held).toBeUndefined();
      expect([...net.edges.values()]).toMatchObject([{ run: run.uid, direction: "output" }]);
      expect([...net.derivations.values()]).toMatchObject([{ parentName: "digits/net:v0" }]);
      expect([...state.runs.values()]).toMatchObject([{ name: "train", by: SELF }]);
    });

    test("[S1] artifacts that stay out are not in it, nor any line to them", async () => {
      const { api, ctx } = await openHarness();
      const run = await api.startRun(PROJECT, "train", {});
      await log(api, { a: "1" }, { name: "private" });
      await log(api, { a: "2" });
      const ref = { project: PROJECT, name: NET, number: v(0) };
      await api.addDerivation(ref, "digits/private:v0");
      await api.useVersion("digits/private:v0", null, run.uid, null);
      const state = await read(ctx, ["private"]);
      expect([...state.artifacts.keys()]).toEqual(["net"]);
      expect(JSON.stringify(plain(state))).not.toContain("private");
      const never = { ...READ, never: new Set(["private" as ArtifactName]) };
      await withWrite(ctx.db, [...SHARED_STORES], async (tx) => {
        const before = await readShared(tx, never);
        const deleted = { at: ctx.now(), by: ADA, trash: null, aliases: [] };
        const after = withNet({ ...before, deletedAt: ctx.now() }, (net) =>
          withVersions(net, ...[...net.versions.values()].map((one) => ({ ...one, deleted }))),
        );
        return writeShared(ctx, tx, never, { before, after, manifests: new Map(), fixed: NOTHING });
      });
      const left = (await api.listProjects()).map(({ versionCount }) => versionCount);
      expect(left).toEqual([1]);
      expect(await ctx.db.count("edges")).toBe(1);
      await expectSound(ctx);
    });

    test("[S3 S4 S5 E4] random merges are read as they were written, and the log tells the same", async () => {
      for (let seed = 1; seed <= runs; seed += 1) {
        const { ctx, close } = await openHarness();
        const evolution = new Evolution(new Dice(seed));
        let state: SharedProject = NOTHING;
        for (let step = 0; step < 6; step += 1) {
          state = evolution.next(state);
          await write(ctx, state, { manifests: evolution.manifests });
          expect(plain(await read(ctx)), `seed ${seed}, step ${step}`).toEqual(plain(state));
          await expectSound(ctx);
          expect(await write(ctx, (before) => before)).toEqual({ notes: [], hasChanged: false });
        }
        close();
      }
    }, 120_000);
  });
}

// Tables that take over what a merge came to [S3 S4 S5], against any IndexedDB.
import { describe, expect, test } from "vitest";
import type { Alias } from "../../src/core/names.ts";
import type { RunUid, TrashUid, VersionRef, VersionUid } from "../../src/core/records.ts";
import { edgeKey, type SharedRun } from "../../src/core/sync/shared.ts";
import type { Tag } from "../../src/core/tags.ts";
import { createRunLife } from "../../src/service/runs/run-life.ts";
import { FIXED_STORES, lackingManifests, markFixed } from "../../src/service/sync/shared-state.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { codeOf } from "../support/errors.ts";
import { expectSound } from "../support/expect-sound.ts";
import { linkNet, openLinkedNet, v } from "../support/linked-net.ts";
import { log, openHarness } from "../support/service-harness.ts";
import {
  aProject,
  artifactOf,
  aVersion,
  PROJECT,
  SELF,
  type Manifests,
} from "../support/shared-projects.ts";
import {
  NET,
  PROD,
  ADA,
  BOB,
  read,
  write,
  aliasAt,
  netOf,
  withNet,
  withVersions,
} from "../support/shared-store.ts";

export function sharedWriteContract(): void {
  describe("writing a merge", () => {
    test("[S2] a version from elsewhere is there, by whoever logged it, with its manifest and without bytes", async () => {
      const { api, ctx } = await openHarness();
      const manifests: Manifests = new Map();
      const version = aVersion(manifests, "v1", 0, "content", { by: ADA, tags: ["x" as Tag] });
      const after = aProject([artifactOf("net", [version])]);
      expect([
        ...(await withRead(ctx.db, ["manifests"], (tx) => lackingManifests(tx, after))),
      ]).toEqual([version.digest]);
      expect(await codeOf(write(ctx, after))).toBe("not_found");
      expect(await ctx.db.count("projects")).toBe(0);
      expect(await write(ctx, after, { manifests, fixed: after })).toEqual({
        notes: [],
        hasChanged: true,
      });
      const detail = await api.getVersion(PROJECT, NET, "latest");
      expect(detail.version).toMatchObject({ uid: "v1", by: ADA, isFixed: true, tags: ["x"] });
      expect((await api.getManifest(version.digest)).paths).toEqual(["content"]);
      expect(
        (await withRead(ctx.db, ["manifests"], (tx) => lackingManifests(tx, after))).size,
      ).toBe(0);
      const events = await ctx.db.getAll("events");
      expect(events.map(({ kind, actor }) => [kind, actor])).toEqual([
        ["project-created", "sync"],
        ["artifact-created", "sync"],
        ["version-logged", `device:${ADA}`],
      ]);
      await expectSound(ctx);
    });

    test("[S3] a version takes another number, and all that names the old one follows", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" });
      const own = await log(api, { a: "own" }, { aliases: ["prod"] });
      const inTrash = await log(api, { a: "deleted" });
      await api.deleteVersions(
        { kind: "versions", project: PROJECT, name: NET, numbers: [inTrash.version.number] },
        [],
      );
      const manifests: Manifests = new Map();
      const theirs = aVersion(manifests, "theirs", 1, "theirs", { by: ADA });
      await write(
        ctx,
        (before) =>
          withNet(before, (net) => {
            const renumbered = [...net.versions.values()].map((one) =>
              one.number === 0 ? one : { ...one, number: v(one.number + 1) },
            );
            return { ...withVersions(net, ...renumbered, theirs), lastNumber: v(3) };
          }),
        { manifests },
      );
      const prod = await api.getVersion(PROJECT, NET, "prod");
      expect(prod.version).toMatchObject({ uid: own.version.uid, number: 2 });
      expect((await api.getVersion(PROJECT, NET, "v1")).version.uid).toBe("theirs");
      expect((await api.listTrash())[0]?.numbers).toEqual([3]);
      const [event] = (await ctx.db.getAll("events")).filter(
        ({ kind }) => kind === "version-renumbered",
      );
      expect(event?.after).toEqual({ was: [1, 2], numbers: [2, 3], latest: 2 });
      // As of when it was set, the alias named the version that is v2 now.
      const then = await api.resolve(`digits/net:prod@${own.version.createdAt}`, null);
      expect(then.version.uid).toBe(own.version.uid);
      await expectSound(ctx);
    });

    test("[S3] a twin's lines, aliases and ids go to the one it became, in other projects too", async () => {
      const { api, ctx } = await openHarness();
      const own = await log(api, { a: "same" }, { aliases: ["prod"], run: "train" });
      await log(api, { b: "child" }, { project: "other", name: "child" });
      const child = { project: "other", name: "child", number: v(0) } as VersionRef;
      await api.addDerivation(child, "digits/net:v0");
      const user = await api.startRun("other", "user", {});
      await api.useVersion("digits/net:v0", null, user.uid, null);
      await write(ctx, (before) =>
        withNet(before, (net) => {
          const [mine] = net.versions.values();
          if (mine === undefined) throw new Error("nothing logged");
          const uid = "theirs" as VersionUid;
          const theirs = { ...mine, uid, by: ADA, twins: [mine.uid], newBytes: 3 };
          const edges = [...net.edges.values()].map((edge) => ({ ...edge, version: uid }));
          const move = { to: uid, at: mine.createdAt, by: SELF };
          return {
            ...net,
            versions: new Map([[uid, theirs]]),
            edges: new Map(edges.map((edge) => [edgeKey(edge), edge])),
            aliases: new Map([[PROD, aliasAt(uid, [move])]]),
          };
        }),
      );
      const now = await api.getVersion(PROJECT, NET, "prod");
      expect(now.version).toMatchObject({ uid: "theirs", number: 0, twins: [own.version.uid] });
      expect(now.producedBy.map(({ name }) => name)).toEqual(["train"]);
      expect(now.usedBy.items.map(({ name }) => name)).toEqual(["user"]);
      expect(now.derivedTo.items).toMatchObject([{ project: "other", name: "child" }]);
      const graph = await api.lineageAround(
        `version:${own.version.uid}`,
        {
          direction: "both",
          depth: 1,
          maxNodes: 50,
        },
        [],
      );
      expect(graph.nodes.length).toBeGreaterThan(0);
      await expectSound(ctx);
    });

    test("[S4] the alias move of another that ours overrides is in the history, and ours behind it", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" }, { aliases: ["prod"] });
      await log(api, { a: "1" });
      await log(api, { a: "2" });
      const [v0, v1, v2] = [...netOf(await read(ctx)).versions.keys()];
      if (v0 === undefined || v1 === undefined || v2 === undefined) throw new Error("no versions");
      const agreed = netOf(await read(ctx)).aliases.get(PROD)?.moves ?? [];
      await withWrite(ctx.db, [...FIXED_STORES], (tx) =>
        markFixed(
          tx,
          aProject([{ ...artifactOf("net", []), aliases: new Map([[PROD, aliasAt(v0, agreed)]]) }]),
        ),
      );
      await api.setAlias({ project: PROJECT, name: NET, number: v(2) }, "prod");
      const theirs = { to: v1, at: "2026-02-01T00:00:00.000Z", by: BOB };
      await write(ctx, (before) =>
        withNet(before, (net) => {
          const own = net.aliases.get(PROD)?.moves.at(-1);
          if (own === undefined) throw new Error("no move");
          const moves = [...agreed, theirs, own];
          return { ...net, aliases: new Map([[PROD, aliasAt(v2, moves)]]) };
        }),
      );
      const history = (await api.aliasHistory(PROJECT, NET)).filter(
        ({ alias }) => alias === "prod",
      );
      expect(history.map(({ from, to, actor }) => [from, to, actor])).toEqual([
        [null, 0, "device:test"],
        [0, 2, "device:test"],
        [2, 1, `device:${BOB}`],
        [1, 2, "device:test"],
      ]);
      expect((await api.getVersion(PROJECT, NET, "prod")).version.number).toBe(2);
      expect(netOf(await read(ctx)).aliases.get(PROD)?.moves).toHaveLength(3);
      await expectSound(ctx);
    });

    test("[S4] taking an alias off is read as a move to nowhere, with its time", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" }, { aliases: ["prod"] });
      const before = await read(ctx);
      await withWrite(ctx.db, [...FIXED_STORES], (tx) => markFixed(tx, before));
      await api.removeAlias(PROJECT, NET, "prod");
      const held = netOf(await read(ctx)).aliases.get(PROD);
      const event = (await ctx.db.getAll("events")).at(-1);
      expect(held).toMatchObject({ version: null });
      expect(held?.moves.at(-1)).toEqual({ to: null, at: event?.at, by: SELF });
    });

    test("[S5 D1] what others deleted lies in the trash under their name, and can be restored", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" }, { aliases: ["prod"] });
      await log(api, { a: "1" });
      const deleted = {
        at: "2026-02-01T00:00:00.000Z",
        by: ADA,
        trash: "trash" as TrashUid,
        aliases: [PROD],
      };
      await write(ctx, (before) =>
        withNet(before, (net) => {
          const [first] = net.versions.values();
          if (first === undefined) throw new Error("nothing logged");
          const move = { to: null, at: deleted.at, by: ADA };
          const held = net.aliases.get(PROD);
          return {
            ...withVersions(net, { ...first, deleted }),
            aliases: new Map([[PROD, aliasAt(null, [...(held?.moves ?? []), move])]]),
          };
        }),
      );
      expect(await api.listTrash()).toMatchObject([
        {
          uid: "trash",
          kind: "versions",
          numbers: [0],
          actor: `device:${ADA}`,
          deletedAt: deleted.at,
        },
      ]);
      await expectSound(ctx);
      expect(await api.restore("trash" as TrashUid)).toMatchObject({
        versions: 1,
        aliases: ["prod"],
      });
      expect(
        netOf(await read(ctx))
          .aliases.get(PROD)
          ?.moves.at(-1),
      ).toMatchObject({ by: SELF });
      await expectSound(ctx);
    });

    test("[D1] a project that others deleted is one entry, with its runs", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" }, { run: "train" });
      await log(api, { a: "1" }, { name: "set" });
      const at = "2026-02-01T00:00:00.000Z";
      const deleted = { at, by: ADA, trash: "trash" as TrashUid, aliases: [] };
      await write(ctx, (before) => ({
        ...before,
        deletedAt: at,
        runs: new Map(Array.from(before.runs, ([uid, run]) => [uid, { ...run, deletedAt: at }])),
        artifacts: new Map(
          Array.from(before.artifacts, ([name, artifact]) => [
            name,
            withVersions(
              artifact,
              ...Array.from(artifact.versions.values(), (one) => ({ ...one, deleted })),
            ),
          ]),
        ),
      }));
      expect(await api.listProjects()).toEqual([]);
      const [entry] = await api.listTrash();
      expect(entry).toMatchObject({ kind: "project", artifact: null, versionCount: 2 });
      expect(entry?.runs).toHaveLength(1);
      await expectSound(ctx);
      await api.restore("trash" as TrashUid);
      expect((await api.listProjects()).map(({ versionCount }) => versionCount)).toEqual([2]);
      await expectSound(ctx);
    });

    test("[S5] a version that a registry here links stays, with its aliases, and a note says so", async () => {
      const { api, ctx } = await openLinkedNet();
      await api.setAlias({ project: PROJECT, name: NET, number: v(1) }, "best");
      const deleted = {
        at: "2026-02-01T00:00:00.000Z",
        by: ADA,
        trash: "trash" as TrashUid,
        aliases: ["best" as Alias],
      };
      const written = await write(ctx, (before) =>
        withNet(before, (net) => ({
          ...withVersions(
            net,
            ...[...net.versions.values()]
              .filter(({ number }) => number < 2)
              .map((version) => ({ ...version, deleted })),
          ),
          aliases: new Map(
            Array.from(net.aliases, ([alias, { moves }]) => {
              const move = { to: null, at: deleted.at, by: ADA };
              return [alias, { alias, version: null, moves: [...moves, move] }];
            }),
          ),
        })),
      );
      expect(written.notes).toMatchObject([
        {
          kind: "delete-refused",
          name: "net",
          number: 1,
          by: ADA,
          why: "the link “registry-models/net:v0”",
        },
      ]);
      expect((await api.listTrash())[0]).toMatchObject({ numbers: [0] });
      expect((await api.getVersion(PROJECT, NET, "best")).version.number).toBe(1);
      // The next round so tells the others that it is still there, alias and all.
      expect(
        netOf(await read(ctx))
          .aliases.get("best" as Alias)
          ?.moves.at(-1),
      ).toMatchObject({
        to: (await api.getVersion(PROJECT, NET, "v1")).version.uid,
        by: SELF,
      });
      await expectSound(ctx);
    });

    test("[A5] an alias that a merge knows nothing of is taken off, and the log says so", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" }, { aliases: ["prod"] });
      await write(ctx, (before) => withNet(before, (net) => ({ ...net, aliases: new Map() })));
      expect((await ctx.db.getAll("events")).at(-1)?.kind).toBe("alias-removed");
      await expectSound(ctx);
    });

    test("[S3 G8] a link to a version's former id is a link to what it became", async () => {
      const { api, ctx } = await openLinkedNet();
      await linkNet(api, 3, [], "models/again");
      await write(ctx, (before) =>
        withNet(before, (net) => {
          const versions = [...net.versions.values()].map((version) =>
            version.number === 1
              ? { ...version, uid: "theirs" as VersionUid, by: ADA, twins: [version.uid] }
              : version,
          );
          return { ...net, versions: new Map(versions.map((one) => [one.uid, one])) };
        }),
      );
      const found = await api.resolve("registry-models/net:v0", null);
      expect(found.version).toMatchObject({ uid: "theirs", number: 1 });
      expect(found.links).toMatchObject([{ registry: "models", collection: "net", number: 0 }]);
      const target = { kind: "versions", project: PROJECT, name: NET, numbers: [v(1)] } as const;
      expect((await api.planDelete(target)).links).toHaveLength(1);
      expect(await codeOf(api.deleteVersions(target, true))).toBe("version_linked");
    });

    test("[R1] a run of another device is not abandoned because its page isn't here", async () => {
      const { ctx } = await openHarness();
      const run: SharedRun = {
        uid: "run" as RunUid,
        project: PROJECT,
        name: "theirs",
        config: {},
        state: "running",
        startedAt: "2026-01-01T00:00:00.000Z",
        endedAt: null,
        deletedAt: null,
        by: ADA,
      };
      await write(ctx, aProject([], { runs: new Map([[run.uid, run]]) }));
      await createRunLife(ctx).markAbandoned();
      expect(await ctx.db.get("runs", run.uid)).toMatchObject({ state: "running", by: ADA });
      await expectSound(ctx);
    });

    test("[S3] what a commit holds is fixed, deleted versions too, and stays so", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "0" });
      await log(api, { a: "1" });
      await api.deleteVersions(
        { kind: "versions", project: PROJECT, name: NET, numbers: [v(0)] },
        [],
      );
      const agreed = await read(ctx);
      await log(api, { a: "2" });
      await withWrite(ctx.db, [...FIXED_STORES], (tx) => markFixed(tx, agreed));
      const fixed = (rows: readonly { number: number; isFixed?: true }[]) =>
        rows.map(({ number, isFixed = false }) => [number, isFixed]);
      expect(fixed(await ctx.db.getAll("versions"))).toEqual([
        [1, true],
        [2, false],
      ]);
      expect(fixed(await ctx.db.getAll("deletedVersions"))).toEqual([[0, true]]);
      await api.restore((await api.listTrash())[0]?.uid ?? ("" as TrashUid));
      expect(fixed(await ctx.db.getAll("versions"))[0]).toEqual([0, true]);
      expect((await write(ctx, (before) => before, { fixed: await read(ctx) })).hasChanged).toBe(
        true,
      );
      expect(fixed(await ctx.db.getAll("versions"))[2]).toEqual([2, true]);
      expect((await write(ctx, (before) => before, { fixed: await read(ctx) })).hasChanged).toBe(
        false,
      );
    });

    test("two versions under one number are refused, and nothing is written", async () => {
      const { ctx } = await openHarness();
      const manifests: Manifests = new Map();
      const twice = ["a", "b"].map((seed) => aVersion(manifests, seed, 0, seed));
      const refused = write(ctx, aProject([artifactOf("net", twice)]), { manifests });
      expect(await codeOf(refused)).toBe("internal");
      expect(await ctx.db.count("versions")).toBe(0);
      expect(await ctx.db.count("events")).toBe(0);
    });
  });
}

// The rules of logging, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { findBrokenLink } from "../../src/store/events.ts";
import { MARKS } from "../../src/protocol/ingest.ts";
import { aDraft, log, openHarness, stage } from "../support/service-harness.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { memoryLocks } from "../support/memory-locks.ts";

/** Bytes over the border from which a file has a pack of its own. */
const LARGE = new Uint8Array(100_000).map((_, i) => i % 251);

export function logContract(): void {
  describe("versions", () => {
    test("[V1] the first version is v0, and each new content takes the next number", async () => {
      const { api } = await openHarness();
      expect((await log(api, { a: "1" })).version.number).toBe(0);
      expect((await log(api, { a: "2" })).version.number).toBe(1);
      expect((await log(api, { a: "1", b: "" })).version.number).toBe(2);
    });

    test("[V2] identical content is the same version: nothing is created, and the answer says so", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1", b: LARGE });
      await log(api, { a: "2" });
      const before = await ctx.db.getAll("versions");
      const again = await log(
        api,
        { b: LARGE, a: "1" },
        { description: "other", metadata: '{"x":1}' },
      );
      expect(again).toMatchObject({
        created: false,
        detailsIgnored: true,
        version: { number: 0, description: "" },
      });
      expect(await ctx.db.getAll("versions")).toEqual(before);
      expect(await ctx.db.count("ingests", IDBKeyRange.lowerBound(""))).toBe(2);
    });

    test("[V2] the order of files and the time of logging don't matter, the paths do", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1", "d/b": "2" });
      expect((await log(api, { "d/b": "2", a: "1" })).created).toBe(false);
      expect((await log(api, { "e/b": "2", a: "1" })).created).toBe(true);
    });

    test("[V4] a commit that fails anywhere leaves the store exactly as before", async () => {
      let failAt = Number.POSITIVE_INFINITY;
      let calls = 0;
      const { api, ctx } = await openHarness(undefined, {
        ctx: {
          now: () => {
            if (++calls > failAt) throw new Error("power cut");
            return "2026-01-01T00:00:00.000Z";
          },
        },
      });
      await log(api, { a: "1" });
      const { ingest, entries } = await stage(api, { a: "2", b: LARGE });
      // Waits until staging is over, so that the dump holds the staged bytes.
      await api
        .compareDraft(ingest, { project: "digits", name: "net" }, entries)
        .catch(() => undefined);
      await codeOf(api.commitDraft(ingest, aDraft({ type: "dataset" }), entries));
      const before = await dump(ctx.db);
      let outcome: string = "no error";
      for (let step = 0; ; step++) {
        calls = 0;
        failAt = step;
        outcome = await codeOf(
          api.commitDraft(ingest, aDraft({ aliases: ["prod"], run: "r" }), entries),
        );
        if (outcome === "no error") break;
        expect(await dump(ctx.db)).toEqual(before);
      }
      expect(calls).toBeGreaterThan(1);
      expect((await api.getVersion("digits", "net", "prod")).version.number).toBe(1);
    });

    test("[V5] two tabs that log one name at once get two numbers; identical content gets one", async () => {
      const locks = memoryLocks();
      const one = await openHarness("tabs-" + crypto.randomUUID(), { locks });
      const two = await openHarness(one.ctx.db.name, { locks });
      const different = await Promise.all([log(one.api, { a: "1" }), log(two.api, { a: "2" })]);
      expect(new Set(different.map(({ version }) => version.number))).toEqual(new Set([0, 1]));
      const same = await Promise.all([
        log(one.api, { a: "3", b: LARGE }),
        log(two.api, { a: "3", b: LARGE }),
      ]);
      expect(same.map(({ version }) => version.number)).toEqual([2, 2]);
      expect(same.filter(({ created }) => created)).toHaveLength(1);
    });

    test("[N4] an artifact keeps its type: another one is refused and changes nothing", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" }, { type: "model" });
      const { ingest, entries } = await stage(api, { a: "2" });
      expect(await codeOf(api.commitDraft(ingest, aDraft({ type: "dataset" }), entries))).toBe(
        "type_mismatch",
      );
      expect((await api.getArtifact("digits", "net")).versions).toHaveLength(1);
      expect(
        (await api.commitDraft(ingest, aDraft({ type: "model" }), entries)).version.number,
      ).toBe(1);
    });

    test.each([
      ["[N1] a bad name", { name: "my net" }, "invalid_name"],
      ["[N1] a bad project", { project: "" }, "invalid_name"],
      ["[N6] a project named like a registry", { project: "registry-x" }, "invalid_name"],
      ["[N3] a reserved alias", { aliases: ["v3"] }, "alias_reserved"],
      ["[N3] a reserved alias in capitals", { aliases: ["LATEST"] }, "alias_reserved"],
      ["[M3] metadata that is not JSON", { metadata: "{" }, "invalid_metadata"],
    ] as const)(
      "%s is refused with its own error, and the draft can be mended",
      async (_, wrong, code) => {
        const { api, ctx } = await openHarness();
        const { ingest, entries } = await stage(api, { a: "1" });
        expect(await codeOf(api.commitDraft(ingest, aDraft(wrong), entries))).toBe(code);
        expect(await ctx.db.count("versions")).toBe(0);
        expect((await api.commitDraft(ingest, aDraft(), entries)).version.number).toBe(0);
      },
    );

    test.each([
      ["[F1] a path out of the artifact", { "../a": "1" }, "invalid_path"],
      ["[F1] an absolute path", { "/a": "1" }, "invalid_path"],
      ["[F3] a file that is also a folder", { a: "1", "a/b": "2" }, "path_conflict"],
      ["[F5] no file at all", {}, "empty_artifact"],
    ] as const)("%s is refused", async (_, files, code) => {
      const { api, ctx } = await openHarness();
      const { ingest, entries } = await stage(api, files);
      expect(await codeOf(api.commitDraft(ingest, aDraft(), entries))).toBe(code);
      expect(await ctx.db.count("projects")).toBe(0);
    });

    test("[F4 M1] an empty file is kept, and its digest is the one b3sum prints", async () => {
      const { api } = await openHarness();
      const { version } = await log(api, { empty: "", text: "abc" });
      const manifest = await api.getManifest(version.digest);
      const hex = [...manifest.digests].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      expect(manifest.paths).toEqual(["empty", "text"]);
      expect(hex).toBe(
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262" +
          "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
      );
    });
  });

  describe("aliases", () => {
    test("[A2] latest moves to a new version, and not when old content is logged again", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "2" });
      await log(api, { a: "1" });
      expect((await api.getVersion("digits", "net", "latest")).version.number).toBe(1);
    });

    test("[A1 A3] given aliases move onto the result, also onto an older, reused version", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "2" }, { aliases: ["prod"] });
      const { moves } = await log(api, { a: "1" }, { aliases: ["prod"] });
      expect(moves).toEqual([{ alias: "prod", from: 1, to: 0 }]);
      expect((await api.getVersion("digits", "net", "prod")).version.number).toBe(0);
      expect((await api.getVersion("digits", "net", "v1")).aliases).toEqual(["latest"]);
    });

    test("[A7] an alias set where it already is records nothing", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["prod"] });
      const { moves } = await log(api, { a: "1" }, { aliases: ["prod"] });
      expect(moves).toEqual([]);
      const kinds = (await ctx.db.getAll("events")).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "alias-moved")).toHaveLength(1);
    });
  });

  describe("runs and events", () => {
    test("[R2] a run makes one output edge to a version, however often it logs it", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { run: "quiet-moss" });
      await log(api, { a: "1" }, { run: "quiet-moss" });
      const { producedBy } = await api.getVersion("digits", "net", "v0");
      expect(producedBy.map(({ name, state }) => [name, state])).toEqual([
        ["quiet-moss", "finished"],
      ]);
      expect(await ctx.db.count("edges")).toBe(1);
    });

    test("[E1 E2] each change appends an event in its transaction, and the chain shows tampering", async () => {
      const { api, ctx } = await openHarness();
      await log(api, { a: "1" }, { aliases: ["prod"], run: "r" });
      await log(api, { a: "2" }, { aliases: ["prod"] });
      const events = await ctx.db.getAll("events");
      expect(events.map(({ kind }) => kind)).toEqual([
        "project-created",
        "artifact-created",
        "version-logged",
        "alias-moved",
        "run-created",
        "edge-added",
        "version-logged",
        "alias-moved",
      ]);
      expect(events.at(-1)).toMatchObject({
        subject: "digits/net:prod",
        before: "v0",
        after: "v1",
        actor: "device:test",
      });
      expect(findBrokenLink(events, ctx.hasher.hashText)).toBeUndefined();
      const forged = events.map((event) => (event.seq === 4 ? { ...event, after: "v9" } : event));
      expect(findBrokenLink(forged, ctx.hasher.hashText)?.seq).toBe(5);
      expect(findBrokenLink(events.toSpliced(2, 1), ctx.hasher.hashText)).toBeDefined();
    });

    test("a commit tells the page and the other tabs", async () => {
      const { api, notices } = await openHarness();
      await log(api, { a: "1" });
      expect(notices).toEqual([{ kind: "changed", project: "digits" }]);
    });
  });

  describe("what a draft would change", () => {
    test("marks each file against latest, and counts the bytes new to the store", async () => {
      const { api } = await openHarness();
      await log(api, { same: "s", changed: "1", gone: "g", big: LARGE });
      const { ingest, entries } = await stage(api, {
        same: "s",
        changed: "2",
        fresh: "new",
        "moved/big": LARGE,
      });
      await settled(api, ingest, entries);
      const comparison = await api.compareDraft(
        ingest,
        { project: "digits", name: "net" },
        entries,
      );
      expect(comparison).toMatchObject({
        existing: { type: "model", latest: 0 },
        sameAs: null,
        newBytes: 4,
      });
      expect([...comparison.marks]).toEqual([
        MARKS.unchanged,
        MARKS.changed,
        MARKS.added,
        MARKS.added,
      ]);
      expect(comparison.removed).toEqual(["big", "gone"]);
    });

    test("[V2] tells when the content is that of an older version", async () => {
      const { api } = await openHarness();
      await log(api, { a: "1" });
      await log(api, { a: "2" });
      const { ingest, entries } = await stage(api, { a: "1" });
      await settled(api, ingest, entries);
      const comparison = await api.compareDraft(
        ingest,
        { project: "digits", name: "net" },
        entries,
      );
      expect(comparison).toMatchObject({ sameAs: 0, newBytes: 0 });
    });
  });
}

/** Waits until everything is staged, by the refusal that commit gives for a reserved alias after waiting. */
async function settled(
  api: Awaited<ReturnType<typeof openHarness>>["api"],
  ingest: Parameters<typeof api.commitDraft>[0],
  entries: Parameters<typeof api.commitDraft>[2],
): Promise<void> {
  await codeOf(
    api.commitDraft(ingest, aDraft({ name: "never", project: "never" }), {
      ...entries,
      paths: entries.paths.map(() => "/"),
    }),
  );
}

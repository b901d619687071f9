// A registry's log as a file, checked, and looked through, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "../../src/core/json.ts";
import type { RegistryAct } from "../../src/core/registry/records.ts";
import type { AuditQuery } from "../../src/protocol/registry-log-api.ts";
import { dump } from "../support/dump.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { aRegistry, openActor, readLog } from "../support/registry-actors.ts";
import { fileOf, headOf, linesOf, link, openThree, put, send } from "../support/registry-logs.ts";
import { openHarness } from "../support/service-harness.ts";

const ALL: AuditQuery = { before: null, limit: 1000 };

export function registryLogContract(): void {
  describe("a log as a file", () => {
    test("[E2 E3] is a head and an event a line, sealed, and verifies", async () => {
      const [ada] = await openThree();
      const file = await ada.api.exportRegistry("models");
      const [head = "", ...events] = (await file.text()).trimEnd().split("\n");
      expect(JSON.parse(head)).toMatchObject({
        format: "cairn-registry-log",
        version: 1,
        name: "models",
        events: 4,
        by: ada.me.key,
        byName: "Ada",
        head: await headOf(ada),
      });
      const log = await readLog(ada, "models");
      expect(events).toEqual(log.map(({ event }) => canonicalJson(event as unknown as Json)));
      expect(await ada.api.verifyExport(file)).toMatchObject({
        registry: "models",
        events: 4,
        faults: [],
        seal: { by: ada.me.key, byName: "Ada", isRight: true },
      });
    });

    test("[E3] of somebody without a profile has no seal, and comes in all the same", async () => {
      const [ada] = await openThree();
      const nobody = await openHarness();
      await nobody.api.importRegistry(await ada.api.exportRegistry("models"), null);
      const file = await nobody.api.exportRegistry("models");
      expect((await nobody.api.verifyExport(file)).seal).toBeNull();
      const dan = await openActor("Dan");
      expect((await dan.api.importRegistry(file, null)).kind).toBe("new");
    });

    test("a mark in front, other line ends and blank lines at the end are no harm", async () => {
      const [ada] = await openThree();
      const lines = await linesOf(ada);
      const odd = new Blob(["\ufeff", lines.join("\r\n"), "\r\n\r\n", "\n"]);
      expect((await ada.api.verifyExport(odd)).seal?.isRight).toBe(true);
      expect((await ada.api.planImport(odd)).kind).toBe("same");
    });

    const wrongs: readonly (readonly [
      string,
      (lines: string[]) => string[] | Blob,
      number | null,
    ])[] = [
      ["an empty file", () => [], null],
      ["something else", () => ["hello"], 1],
      ["other JSON", () => ['{"a":1}'], 1],
      ["bytes", () => new Blob([new Uint8Array([0xff, 0xfe, 0xff])]), null],
      [
        "a newer format",
        ([head = "", ...rest]) => [head.replace('"version":1', '"version":2'), ...rest],
        1,
      ],
      [
        "a line cut short",
        (lines) => lines.map((line, i) => (i === 2 ? line.slice(0, -9) : line)),
        3,
      ],
      ["a blank line inside", (lines) => [...lines.slice(0, 2), "", ...lines.slice(2)], 4],
      ["a line left out", (lines) => lines.toSpliced(2, 1), 3],
      ["a line twice", (lines) => lines.toSpliced(2, 0, lines[2] ?? ""), 4],
      ["an end cut off", (lines) => lines.slice(0, -1), null],
      [
        "a changed name",
        (lines) => lines.map((line) => line.replace('"name":"Ben"', '"name":"Bob"')),
        4,
      ],
      [
        "a changed head",
        ([head = "", ...rest]) => [head.replace('"byName":"Ada"', '"byName":"Ann"'), ...rest],
        1,
      ],
      ["a line beyond all bounds", (lines) => [...lines, "x".repeat(5 * 1024 ** 2)], 6],
      [
        "a file beyond all bounds",
        () => new Blob(Array.from({ length: 65 }, () => new Uint8Array(1024 ** 2))),
        null,
      ],
    ];
    test.each(wrongs)("[E3] %s is refused, and names its line", async (_, spoil, line) => {
      const [ada] = await openThree();
      const spoilt = spoil(await linesOf(ada));
      const file =
        spoilt instanceof Blob ? spoilt : new Blob([spoilt.map((text) => `${text}\n`).join("")]);
      const before = await dump(ada.ctx.db);
      // One after the other: a refusal that nobody waits for yet would end the run.
      for (const call of [() => ada.api.planImport(file), () => ada.api.importRegistry(file, null)])
        expect(await refusalOf(call())).toMatchObject({ code: "invalid_log", data: { line } });
      expect(await dump(ada.ctx.db)).toEqual(before);
    });

    test("[E2 E3] what is wrong with a file's events and seal is in its verdict", async () => {
      const [ada] = await openThree();
      const lines = await linesOf(ada);
      const cut = await ada.api.verifyExport(fileOf(lines.slice(0, -1)));
      expect([cut.seal?.isRight, cut.faults]).toEqual([false, []]);
      const changed = lines.map((line) => line.replace('"name":"Ben"', '"name":"Bob"'));
      const { faults } = await ada.api.verifyExport(fileOf(changed));
      expect(faults.map(({ event, fault }) => [event.seq, fault?.kind])).toEqual([
        [1, "signature"],
        [2, "chain"],
      ]);
      expect(faults[0]).toMatchObject({ actorName: "Ada", actorRole: "admin" });
      expect(faults[0]?.faultText).toContain("not what Ada signed");
    });

    test("[E1] events of the day after tomorrow are refused", async () => {
      const later = new Date(Date.now() + 2 * 86_400_000).toISOString();
      const ada = await openActor("Ada", undefined, { ctx: { now: () => later } });
      await ada.api.createRegistry(aRegistry());
      const ben = await openActor("Ben");
      const problem = await refusalOf(send(ada, ben));
      expect(problem).toMatchObject({ code: "invalid_log", data: { line: 2 } });
      expect(JSON.stringify(problem.data)).toContain("ahead of this computer's clock");
    });
  });

  describe("the audit", () => {
    test("[E1 E3] newest first by pages, with who they were at that point", async () => {
      const [ada, , cyd] = await openThree();
      await link(cyd);
      await ada.api.changeMember("models", cyd.me.key, { role: "viewer", name: "Cydney" });
      await send(ada, cyd);
      const rows = await cyd.api.listAudit("models", ALL);
      expect(rows.map(({ event }) => event.seq)).toEqual([4, 3, 2, 1, 0]);
      expect(rows.at(-1)).toMatchObject({ actorName: "Ada", actorRole: "admin", fault: null });
      const page = await cyd.api.listAudit("models", { before: 3, limit: 2 });
      expect(page.map(({ event }) => event.seq)).toEqual([2, 1]);
      await cyd.api.changeMember("models", cyd.me.key, { name: "Cy" });
      const [own] = await cyd.api.listAudit("models", { before: null, limit: 1 });
      expect(own).toMatchObject({ actorName: "Cydney", actorRole: "viewer" });
      expect(await codeOf(cyd.api.listAudit("none", ALL))).toBe("no_registry");
    });

    test("[E3] by kind, actor, collection, day and fault; a stranger has a short key and a sentence", async () => {
      const [ada, , cyd] = await openThree();
      await put(ada, "best", await link(ada));
      await send(ada, cyd);
      await link(cyd);
      const request = await cyd.api.requestPromotion("models", "net", 0 as never, "prod", "");
      await cyd.api.settleRequest("models", request.request, "withdrawn", "");
      const kindsFor = async (query: Partial<AuditQuery>): Promise<readonly string[]> =>
        (await cyd.api.listAudit("models", { ...ALL, ...query })).map(
          ({ event }) => event.act.kind,
        );
      expect(await kindsFor({ kinds: ["alias-moved"] })).toEqual(["alias-moved"]);
      expect(await kindsFor({ actor: cyd.me.key, kinds: ["version-linked"] })).toHaveLength(1);
      expect(await kindsFor({ collection: "net" })).toEqual([
        "promotion-settled",
        "promotion-requested",
        "version-linked",
        "alias-moved",
        "version-linked",
        "collection-created",
      ]);
      const today = new Date().toISOString().slice(0, 10);
      expect(await kindsFor({ from: today, to: today })).toHaveLength(10);
      expect(await kindsFor({ to: "2026-01-01" })).toEqual([]);
      expect(await kindsFor({ isFaulty: true })).toEqual([]);
      const last = (await readLog(cyd, "models")).at(-1);
      if (last === undefined) throw new Error("the log is empty");
      await cyd.ctx.db.put("registryEvents", { ...last, isSigned: false }, [
        last.event.registry,
        last.event.seq,
      ]);
      const again = await openHarness(cyd.ctx.db.name);
      const [row] = await again.api.listAudit("models", { ...ALL, isFaulty: true });
      expect(row).toMatchObject({ actorName: "Cyd", fault: { kind: "signature" } });
      expect(row?.faultText).toBe("It is not what Cyd signed.");
    });

    test("[E2 E3] verifying believes nothing that was noted, and finds what was changed in the database", async () => {
      const [ada] = await openThree();
      expect(await ada.api.verifyRegistry("models")).toMatchObject({
        events: 4,
        faults: [],
        seal: null,
      });
      const [, row] = await readLog(ada, "models");
      if (row === undefined) throw new Error("the log is too short");
      const act = { ...row.event.act, role: "viewer" } as RegistryAct;
      const key: [typeof row.event.registry, number] = [row.event.registry, 1];
      await ada.ctx.db.put("registryEvents", { ...row, event: { ...row.event, act } }, key);
      const { faults } = await ada.api.verifyRegistry("models");
      expect(faults.map(({ event, fault }) => [event.seq, fault?.kind])).toEqual([
        [1, "signature"],
        [2, "chain"],
      ]);
      await ada.ctx.db.put("registryEvents", row, key);
      await ada.ctx.db.delete("registryEvents", [row.event.registry, 3]);
      expect(await codeOf(ada.api.verifyRegistry("models"))).toBe("invalid_log");
    });
  });
}

// Promotions asked for by file: written on one device, settled on another.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { readLog, shareLog } from "../support/registry-actors.ts";
import { openHarness } from "../support/service-harness.ts";
import { askByFile, deviceOf, holderOf, withProd } from "../support/asked-promotion.ts";
import { v } from "../support/linked-net.ts";

/** Changes a request's file as somebody without its asker's key could. */
function forge(text: string, change: (request: Record<string, unknown>) => void): string {
  const file = JSON.parse(text) as { request: Record<string, unknown> };
  change(file.request);
  return JSON.stringify(file);
}

/** Why a file is refused. */
async function reasonAgainst(api: StoreApi, text: string): Promise<string> {
  const error: unknown = await api.readRequestFile(text).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isCairnError(error, "invalid_log")) throw error ?? new Error("it was not refused");
  return error.data.reason;
}

export function requestFileContract(): void {
  describe("requests as files", () => {
    test("[P6 P10 E3] a file is written without storing anything, and an admin approves it elsewhere", async () => {
      const cast = await withProd();
      const member = await deviceOf(cast, "member");
      const before = await dump(member.ctx.db);
      const file = await askByFile(member.api);
      expect(file.endsWith("}\n")).toBe(true);
      expect(await dump(member.ctx.db)).toEqual(before);
      expect(await cast.api.readRequestFile(file)).toMatchObject({
        registry: "models",
        view: {
          alias: "prod",
          number: 1,
          note: "good enough",
          askedByName: "member",
          holder: 0,
          maySettle: true,
          isOwn: false,
          settled: null,
        },
      });
      const move = await cast.api.settleRequest("models", { file }, "approved", "");
      expect(move).toEqual({ alias: "prod", from: 0, to: 1 });
      expect((await cast.api.readRequestFile(file)).view).toMatchObject({
        settled: { outcome: "approved" },
        maySettle: false,
      });
      await shareLog(cast, member, "models");
      expect(await holderOf(member.api)).toBe(1);
      expect((await member.api.getRegistry("models", null)).faults).toBe(0);
    });

    test("[P10] a file is settled once, whatever the outcome", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      expect(
        await cast.api.settleRequest("models", { file }, "withdrawn", "found a flaw"),
      ).toBeNull();
      const admin = await cast.as("admin");
      expect(await codeOf(admin.settleRequest("models", { file }, "approved", ""))).toBe(
        "changed_since",
      );
      expect(await holderOf(admin)).toBe(0);
    });

    test.each([
      ["another alias", { ask: { alias: "gold" } }],
      ["another number", { ask: { number: 0 } }],
      ["another note", { ask: { note: "the boss wants it" } }],
      ["another time", { at: "2020-01-01T00:00:00.000Z" }],
      ["another registry", { registry: "01J0000000000000000000000A" }],
    ])("[E3] with %s it is not what its asker signed", async (_name, change) => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const forged = forge(file, (request) => {
        const { ask: asked, ...others } = change as { ask?: object };
        Object.assign(request, others);
        Object.assign(request["ask"] as object, asked);
      });
      const admin = await cast.as("admin");
      expect(await reasonAgainst(admin, forged)).toContain("signature");
      const before = await readLog(cast, "models");
      const settling = admin.settleRequest("models", { file: forged }, "approved", "");
      expect(await codeOf(settling)).toBe("invalid_log");
      expect(await readLog(cast, "models")).toEqual(before);
    });

    test("[E3] with another asker it is not what that one signed", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const forged = forge(file, (request) => (request["actor"] = cast.people.admin.key));
      expect(await reasonAgainst(cast.api, forged)).toContain("signature");
    });

    test.each([
      ["no JSON", "hello", "JSON"],
      ["another file", '{"format":"something"}', "written"],
      ["an empty list", "[]", "written"],
      ["a later version", '{"format":"cairn-promotion-request","version":2}', "newer"],
      ["no request", '{"format":"cairn-promotion-request","version":1}', "object"],
      ["far too much", "x".repeat(300_000), "longer"],
    ])("%s is refused with a reason", async (_name, text, reason) => {
      const { api } = await openHarness();
      expect(await reasonAgainst(api, text)).toContain(reason);
    });

    test("for a registry that isn't here, it names that", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const { api } = await openHarness();
      expect(await reasonAgainst(api, file)).toContain("models");
    });

    test("[P7] of somebody who is no Member any more, it is refused", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const admin = await cast.as("admin");
      await admin.changeMember("models", cast.people.member.key, { role: "viewer" });
      expect(await reasonAgainst(admin, file)).toContain("Viewer");
      expect(await codeOf(admin.settleRequest("models", { file }, "approved", ""))).toBe(
        "invalid_log",
      );
    });

    test("of a version that was unlinked, it is refused", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const admin = await cast.as("admin");
      await admin.unlinkVersion("models", "net", v(1));
      expect(await reasonAgainst(admin, file)).toContain("registry-models/net:v1");
    });

    test("[P10] it settles nothing in another registry", async () => {
      const cast = await withProd();
      const file = await askByFile(await cast.as("member"));
      const admin = await cast.as("admin");
      await admin.createRegistry({
        name: "other",
        description: "",
        types: [],
        visibility: "open",
      });
      expect(await codeOf(admin.settleRequest("other", { file }, "approved", ""))).toBe(
        "invalid_log",
      );
    });
  });
}

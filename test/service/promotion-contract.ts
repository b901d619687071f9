// Promotions: looked at, asked for in the log and by file, settled on another device.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import type { Role } from "../../src/core/registry/roles.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { RequestView } from "../../src/protocol/registry-link-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import {
  actAs,
  openCast,
  readLog,
  readKinds,
  shareLog,
  type Cast,
} from "../support/registry-actors.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";

function v(number: number): VersionNumber {
  return number as VersionNumber;
}

/** models/net with v0, which holds the protected `prod`, and v1. */
async function withProd(condition = ""): Promise<Cast> {
  const cast = await openCast();
  const { api } = cast;
  for (const content of ["0", "1"]) {
    const { version } = await log(api, { a: content }, { metadata: '{"accuracy": 0.8}' });
    await api.linkVersion(`digits/net:v${version.number}`, null, "models/net", []);
  }
  await api.setLinkAlias("models", "net", v(0), "prod");
  await api.addProtection("models", "prod", condition);
  return cast;
}

/** Another device, of somebody of the cast, that has the registry but none of the versions. */
async function deviceOf(cast: Cast, role: Role): Promise<Harness> {
  const device = await openHarness();
  await actAs(device, cast.people[role]);
  await shareLog(cast, device, "models");
  return device;
}

function ask(api: StoreApi, note = "good enough"): Promise<RequestView> {
  return api.requestPromotion("models", "net", v(1), "prod", note);
}

function askByFile(api: StoreApi): Promise<string> {
  return api.writeRequestFile("models", "net", v(1), "prod", "good enough");
}

async function requestsOf(api: StoreApi): Promise<readonly RequestView[]> {
  return (await api.getRegistry("models", null)).requestList;
}

async function holderOf(api: StoreApi): Promise<number | undefined> {
  const { aliases } = await api.getCollection("models", "net", null);
  return aliases.find(({ alias }) => alias === "prod")?.number;
}

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

export function promotionContract(): void {
  describe("a promotion looked at", () => {
    test("[P6] tells who holds the alias, what protects it, and who may", async () => {
      const cast = await withProd("metadata.accuracy >= 0.9");
      const member = await cast.as("member");
      expect(await member.planPromotion("models", "net", v(1), "prod")).toMatchObject({
        alias: "prod",
        from: { number: 0, aliases: [{ alias: "prod", isProtected: true }] },
        to: { number: 1, aliases: [{ alias: "latest" }], here: { state: "live" } },
        pattern: "prod",
        condition: { rules: [{ path: "accuracy", comparison: ">=", value: 0.9 }] },
        unmet: [expect.stringContaining("0.8")],
        role: "member",
        isAllowed: false,
        who: ["admin"],
        request: null,
      });
      const { request } = await ask(member);
      const admin = await cast.as("admin");
      expect(await admin.planPromotion("models", "net", v(1), "prod")).toMatchObject({
        isAllowed: true,
        request,
      });
    });

    test("an ordinary alias is any Member's to put", async () => {
      const cast = await withProd();
      const member = await cast.as("member");
      expect(await member.planPromotion("models", "net", v(1), "canary")).toMatchObject({
        from: null,
        pattern: null,
        condition: null,
        unmet: [],
        isAllowed: true,
        who: ["admin", "member"],
      });
      const viewer = await cast.as("viewer");
      expect(await viewer.planPromotion("models", "net", v(1), "canary")).toMatchObject({
        role: "viewer",
        isAllowed: false,
      });
    });

    test("[P9] where the source isn't here, its condition can't be met", async () => {
      const cast = await withProd("metadata.accuracy >= 0.1");
      const { api } = await deviceOf(cast, "admin");
      const plan = await api.planPromotion("models", "net", v(1), "prod");
      expect(plan).toMatchObject({ to: { here: null }, isAllowed: true });
      expect(plan.unmet).toHaveLength(1);
    });

    test("[N3] what can't be promoted is refused", async () => {
      const { api } = await withProd();
      expect(await codeOf(api.planPromotion("models", "net", v(1), "latest"))).toBe(
        "alias_reserved",
      );
      expect(await codeOf(api.planPromotion("models", "net", v(9), "prod"))).toBe("not_found");
    });
  });

  describe("requests in the log", () => {
    test("[P6 P10 E3] a member asks on one device, an admin approves on another", async () => {
      const cast = await withProd();
      const member = await deviceOf(cast, "member");
      const asked = await ask(member.api);
      expect(asked).toMatchObject({
        askedByName: "member",
        holder: 0,
        maySettle: false,
        isOwn: true,
        settled: null,
      });
      await shareLog(member, cast, "models");
      expect(await requestsOf(cast.api)).toMatchObject([
        { request: asked.request, note: "good enough", maySettle: true, isOwn: false },
      ]);
      const move = await cast.api.settleRequest("models", asked.request, "approved", "well done");
      expect(move).toEqual({ alias: "prod", from: 0, to: 1 });
      await shareLog(cast, member, "models");
      expect(await holderOf(member.api)).toBe(1);
      expect(await requestsOf(member.api)).toMatchObject([
        { settled: { outcome: "approved", by: cast.people.admin.key, note: "well done" } },
      ]);
      expect(await readKinds(member, "models")).toEqual([
        ...(await readKinds(cast, "models")).slice(0, -3),
        "promotion-requested",
        "promotion-settled",
        "alias-moved",
      ]);
      expect((await member.api.getRegistry("models", null)).faults).toBe(0);
    });

    test("[P10] asked again in the same words, it is the request that is open", async () => {
      const cast = await withProd();
      const member = await cast.as("member");
      const first = await ask(member);
      const before = await readLog(cast, "models");
      expect((await ask(member)).request).toBe(first.request);
      expect(await readLog(cast, "models")).toEqual(before);
      expect((await ask(member, "look again")).request).not.toBe(first.request);
    });

    test("[P7] who is no Member can't ask", async () => {
      const cast = await withProd();
      for (const role of ["viewer", "restricted"] as const) {
        const api = await cast.as(role);
        expect(await codeOf(ask(api))).toBe("not_permitted");
        expect(await codeOf(askByFile(api))).toBe("not_permitted");
      }
    });

    test("[P10] an admin declines, and nothing moves", async () => {
      const cast = await withProd();
      const { request } = await ask(await cast.as("member"));
      const admin = await cast.as("admin");
      expect(await admin.settleRequest("models", request, "declined", "not yet")).toBeNull();
      expect(await holderOf(admin)).toBe(0);
      expect(await requestsOf(admin)).toMatchObject([
        { settled: { outcome: "declined", note: "not yet" }, maySettle: false },
      ]);
      expect(await codeOf(admin.settleRequest("models", request, "approved", ""))).toBe(
        "changed_since",
      );
    });

    test("[P2 P10] a member can't settle what only an admin may do, and takes back only their own", async () => {
      const cast = await withProd();
      const member = await cast.as("member");
      const { request } = await ask(member);
      for (const outcome of ["approved", "declined"] as const)
        expect(await codeOf(member.settleRequest("models", request, outcome, ""))).toBe(
          "alias_protected",
        );
      const admin = await cast.as("admin");
      expect(await codeOf(admin.settleRequest("models", request, "withdrawn", ""))).toBe(
        "not_permitted",
      );
      await cast.as("member");
      expect(await member.settleRequest("models", request, "withdrawn", "")).toBeNull();
      expect(await requestsOf(member)).toMatchObject([{ settled: { outcome: "withdrawn" } }]);
    });

    test("[P9 P10] an approval whose condition doesn't hold changes nothing, and can be done later", async () => {
      const cast = await withProd("metadata.accuracy >= 0.9");
      const { request } = await ask(await cast.as("member"));
      const admin = await cast.as("admin");
      const before = await readLog(cast, "models");
      const approve = (): Promise<unknown> =>
        admin.settleRequest("models", request, "approved", "");
      expect(await codeOf(approve())).toBe("condition_failed");
      expect(await readLog(cast, "models")).toEqual(before);
      const { source } = (await admin.getCollection("models", "net", null)).linkList[0] ?? never();
      await admin.editVersion(source, { metadata: { accuracy: 0.95 } });
      expect(await approve()).toEqual({ alias: "prod", from: 0, to: 1 });
    });

    test("[P10] an approval of what was unlinked meanwhile is refused, a decline is not", async () => {
      const cast = await withProd();
      const { request } = await ask(await cast.as("member"));
      const admin = await cast.as("admin");
      await admin.unlinkVersion("models", "net", v(1));
      expect(await codeOf(admin.settleRequest("models", request, "approved", ""))).toBe(
        "not_found",
      );
      expect(await admin.settleRequest("models", request, "declined", "")).toBeNull();
    });

    test("[P10] an approval of what is so already settles it, and moves nothing", async () => {
      const cast = await withProd();
      const { request } = await ask(await cast.as("member"));
      const admin = await cast.as("admin");
      await admin.setLinkAlias("models", "net", v(1), "prod");
      expect(await admin.settleRequest("models", request, "approved", "")).toBeNull();
      expect((await readKinds(cast, "models")).at(-1)).toBe("promotion-settled");
    });

    test("what was never asked can't be settled", async () => {
      const { api } = await withProd();
      expect(await codeOf(api.settleRequest("models", "none" as never, "approved", ""))).toBe(
        "not_found",
      );
      expect(await codeOf(ask(api, "x".repeat(20_001)))).toBe("invalid_text");
    });
  });

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

function never(): never {
  throw new Error("it isn't there");
}

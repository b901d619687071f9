// Promotions: looked at, asked for in the log, settled on another device.
import { describe, expect, test } from "vitest";
import type { RequestView } from "../../src/protocol/registry-link-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { codeOf } from "../support/errors.ts";
import { readLog, readKinds, shareLog } from "../support/registry-actors.ts";
import { askByFile, deviceOf, holderOf, withProd } from "../support/asked-promotion.ts";
import { v } from "../support/linked-net.ts";

function ask(api: StoreApi, note = "good enough"): Promise<RequestView> {
  return api.requestPromotion("models", "net", v(1), "prod", note);
}

async function requestsOf(api: StoreApi): Promise<readonly RequestView[]> {
  return (await api.getRegistry("models", null)).requestList;
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
}

function never(): never {
  throw new Error("it isn't there");
}

// Who uses this browser, and what their signature is worth, against any IndexedDB.
import { afterEach, describe, expect, test, vi } from "vitest";
import { parseCard } from "../../src/core/registry/people.ts";
import type { MemberKey } from "../../src/core/registry/records.ts";
import { makeKey, sign, verify, verifyEvent } from "../../src/service/registry/signing.ts";
import { dump } from "../support/dump.ts";
import { codeOf } from "../support/errors.ts";
import { newCollection, openAda, readLog, readRegistry } from "../support/registry-actors.ts";
import { openHarness } from "../support/service-harness.ts";

export function identityContract(): void {
  afterEach(() => vi.restoreAllMocks());

  describe("who uses this browser", () => {
    test("[P8] nobody, until they give a name; then a key that lasts", async () => {
      const { api, ctx, notices } = await openHarness();
      expect(await api.getProfile()).toBeNull();
      const profile = await api.setProfile("  Ada Lovelace ", " ada ");
      expect(profile).toMatchObject({ name: "Ada Lovelace", hubUser: "ada" });
      expect(parseCard(profile.card)).toEqual({
        key: profile.key,
        name: "Ada Lovelace",
        hubUser: "ada",
      });
      expect(await api.getProfile()).toEqual(profile);
      expect(notices).toEqual([{ kind: "registry-changed", registry: "" }]);
      const kept = await ctx.db.get("identity", "self");
      expect(kept?.privateKey.extractable).toBe(false);
    });

    test("[P8] the same again writes nothing; another name keeps the key, and what registries call one", async () => {
      const ada = await openAda();
      const before = await dump(ada.ctx.db);
      await ada.api.setProfile("Ada", "");
      expect(await dump(ada.ctx.db)).toEqual(before);
      const renamed = await ada.api.setProfile("Countess", null);
      expect(renamed).toMatchObject({ name: "Countess", key: ada.me.key });
      const { state } = await readRegistry(ada, "models");
      expect([...state.members.values()].map(({ name }) => name)).toEqual(["Ada"]);
    });

    test("[P8] two tabs that make a key at once end with one", async () => {
      const first = await openHarness();
      const second = await openHarness(first.ctx.db.name);
      const [a, b] = await Promise.all([
        first.api.setProfile("Ada", null),
        second.api.setProfile("Ada", null),
      ]);
      expect(a.key).toBe(b.key);
    });

    test.each([
      ["no name", " ", null],
      ["a name that is too long", "x".repeat(129), null],
      ["a name with what can't be seen", "Ada\u202e", null],
      ["a user name with a blank", "Ada", "a b"],
    ])("[P8] %s is refused", async (_, name, hubUser) => {
      const { api } = await openHarness();
      expect(await codeOf(api.setProfile(name, hubUser))).toBe("invalid_text");
      expect(await api.getProfile()).toBeNull();
    });

    test("[P8] a browser that only makes extractable keys makes such", async () => {
      const { subtle } = crypto;
      const generate = subtle.generateKey.bind(subtle) as (
        ...args: unknown[]
      ) => Promise<CryptoKeyPair>;
      vi.spyOn(subtle, "generateKey").mockImplementation(((...args: unknown[]) =>
        args[1] === false
          ? Promise.reject(new DOMException("no", "SyntaxError"))
          : generate(...args)) as never);
      const { key, privateKey } = await makeKey();
      expect(privateKey.extractable).toBe(true);
      expect(await verify(key, "hello", await sign(privateKey, "hello"))).toBe(true);
    });

    test("[P8] a browser that can't sign says why, and keeps nobody", async () => {
      const { api } = await openHarness();
      vi.spyOn(crypto.subtle, "generateKey").mockRejectedValue(
        new DOMException("Unrecognized name.", "NotSupportedError"),
      );
      await expect(api.setProfile("Ada", null)).rejects.toMatchObject({
        code: "signing_unavailable",
        data: { reason: "it doesn't know Ed25519 signatures" },
      });
      expect(await api.getProfile()).toBeNull();
    });
  });

  describe("signatures", () => {
    test("[E3] only the key's own signature over just this text is right", async () => {
      const { key, privateKey } = await makeKey();
      const other = await makeKey();
      const signature = await sign(privateKey, "héllo");
      expect(await verify(key, "héllo", signature)).toBe(true);
      expect(await verify(key, "hello", signature)).toBe(false);
      expect(await verify(other.key, "héllo", signature)).toBe(false);
    });

    test.each([
      ["nothing", ""],
      ["too short", "AAAA"],
      ["no base64", "!".repeat(86)],
      ["padded", `${"A".repeat(86)}==`],
    ])("[E3] a signature that is %s is wrong, and no error", async (_, signature) => {
      const { key } = await makeKey();
      expect(await verify(key, "a", signature)).toBe(false);
      expect(
        await verify(signature as MemberKey, "a", await sign((await makeKey()).privateKey, "a")),
      ).toBe(false);
    });

    test("[E3] bytes have one spelling: bits left over in the last character don't pass", async () => {
      const { key, privateKey } = await makeKey();
      const signature = await sign(privateKey, "a");
      const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      const last = alphabet.indexOf(signature.at(-1) ?? "");
      const twin = signature.slice(0, -1) + (alphabet[last + 1] ?? "");
      expect(await verify(key, "a", twin)).toBe(false);
    });

    test("[E3] every event of a log is what its actor signed, and no more once it is changed", async () => {
      const ada = await openAda();
      await ada.api.createCollection("models", { ...newCollection("a"), name: "a" });
      for (const { event, isSigned } of await readLog(ada, "models")) {
        expect([isSigned, await verifyEvent(event)]).toEqual([true, true]);
        expect(await verifyEvent({ ...event, at: `${event.at}0` })).toBe(false);
      }
    });
  });
}

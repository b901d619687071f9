// Tokens: for the visit, or kept encrypted; gone when they are over or forgotten.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHubTokens } from "../../src/service/hub-tokens.ts";
import type { HubToken } from "../../src/protocol/sync-api.ts";
import { createIdentities } from "../../src/sync/identities.ts";
import { createSyncService, type SyncService } from "../../src/sync/sync-service.ts";
import { dropKeptToken, keepToken, tokenOf } from "../../src/sync/tokens.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { openHarness, type Harness } from "../support/service-harness.ts";
import { syncCtxOf } from "./sync-ctx.ts";

const HUB = "https://hub.example";
const GOOD: HubToken = { token: "hf_ada", expiresAt: null };
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

/** Another worker of the same browser: it shares what is kept, and nothing else. */
const elsewhere = ({ ctx }: Harness): typeof ctx => ({ ...ctx, hubTokens: createHubTokens() });

async function openService(): Promise<{ harness: Harness; service: SyncService }> {
  const harness = await openHarness();
  return { harness, service: createSyncService(syncCtxOf(harness.ctx)) };
}

test("a token of this visit is for its hub, here, until it is over", async () => {
  let now = "2026-03-01T12:00:00.000Z";
  const harness = await openHarness(undefined, { ctx: { now: () => now } });
  const ctx = { ...harness.ctx, hubTokens: createHubTokens(() => now) };
  ctx.hubTokens.set(HUB, "hf_one", "2026-03-01T13:00:00.000Z");
  expect(await tokenOf(ctx, HUB)).toBe("hf_one");
  expect(await tokenOf(ctx, "https://other.example")).toBeNull();
  expect(await tokenOf(elsewhere(harness), HUB)).toBeNull();
  now = "2026-03-01T13:00:00.000Z";
  expect(await tokenOf(ctx, HUB)).toBeNull();
});

test("a kept token is there for every worker, and nobody can read it off the disk", async () => {
  const harness = await openHarness();
  await keepToken(harness.ctx, HUB, { token: "hf_kept", expiresAt: null });
  expect(await tokenOf(elsewhere(harness), HUB)).toBe("hf_kept");
  const secret = await harness.ctx.db.get("secrets", HUB);
  if (secret === undefined) throw new Error("nothing was kept");
  expect(secret.key.extractable).toBe(false);
  const { key: _, ...stored } = secret;
  const bytes = Buffer.concat([Buffer.from(stored.ciphertext), Buffer.from(stored.iv)]);
  expect(bytes.includes("hf_kept") || JSON.stringify(stored).includes("hf_kept")).toBe(false);
});

test("a kept token ends with its time", async () => {
  let now = "2026-03-01T12:00:00.000Z";
  const harness = await openHarness(undefined, { ctx: { now: () => now } });
  await keepToken(harness.ctx, HUB, { token: "hf_kept", expiresAt: "2026-03-01T13:00:00.000Z" });
  expect(await tokenOf(harness.ctx, HUB)).toBe("hf_kept");
  now = "2026-03-01T13:00:00.000Z";
  expect(await tokenOf(harness.ctx, HUB)).toBeNull();
});

test("a kept token that was put under another hub's name is none", async () => {
  const { ctx } = await openHarness();
  await keepToken(ctx, HUB, { token: "hf_kept", expiresAt: null });
  const secret = await ctx.db.get("secrets", HUB);
  if (secret === undefined) throw new Error("nothing was kept");
  await ctx.db.put("secrets", { ...secret, hubUrl: "https://evil.example" });
  expect(await tokenOf(ctx, "https://evil.example")).toBeNull();
  await dropKeptToken(ctx, HUB);
  expect(await tokenOf(ctx, HUB)).toBeNull();
});

test("the hub says whose a token is, and is asked once", async () => {
  const { service } = await openService();
  await hub.clearRequests();
  expect(await service.api.whoIs(hub.url)).toBeNull();
  const ada = await service.api.giveToken(hub.url, GOOD, false);
  expect(ada).toMatchObject({ name: "ada", orgs: ["lab"], role: "write" });
  expect(await service.api.whoIs(`${hub.url}/`)).toEqual(ada);
  const asked = (await hub.requests()).filter(({ path }) => path.includes("whoami"));
  expect(asked).toHaveLength(1);
});

test("a token that is none is refused, by the hub's name, and the one before stays", async () => {
  const { harness, service } = await openService();
  await service.api.giveToken(hub.url, GOOD, true);
  const bad = { token: "hf_nobody", expiresAt: null };
  expect(await refusalOf(service.api.giveToken(hub.url, bad, true))).toMatchObject({
    code: "hub_failed",
    data: { kind: "signed_out", remote: new URL(hub.url).host },
  });
  expect(await tokenOf(harness.ctx, hub.url)).toBe("hf_ada");
  expect(await tokenOf(elsewhere(harness), hub.url)).toBe("hf_ada");
});

test("forgotten is forgotten, kept or not; and what isn't to be kept ends what was", async () => {
  const { harness, service } = await openService();
  await service.api.giveToken(hub.url, GOOD, true);
  await service.api.giveToken(hub.url, GOOD, false);
  expect(await tokenOf(elsewhere(harness), hub.url)).toBeNull();
  await service.api.giveToken(hub.url, GOOD, true);
  await service.api.forgetToken(hub.url);
  expect(await tokenOf(harness.ctx, hub.url)).toBeNull();
  expect(await service.api.whoIs(hub.url)).toBeNull();
});

test("a token that ended meanwhile is nobody's", async () => {
  await hub.addToken({ token: "hf_short", user: "ada", role: "write" });
  const { ctx } = await openHarness();
  ctx.hubTokens.set(hub.url, "hf_short");
  await hub.expireToken("hf_short");
  expect(await createIdentities(syncCtxOf(ctx)).whoIs(hub.url)).toBeNull();
});

test("only addresses that are safe are hubs", async () => {
  const { service } = await openService();
  for (const url of ["http://hub.example", "ftp://hub.example", "hub", "javascript:alert(1)"])
    expect(await codeOf(service.api.giveToken(url, GOOD, false))).toBe("invalid_remote_name");
});

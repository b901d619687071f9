// Signing in with a code and its proof.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { beginSignIn, finishSignIn } from "../../src/hub/oauth.ts";
import type { SignInStart } from "../../src/protocol/sync-api.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { clientOf, failure, kindOf, newRepo, NEVER, openRepo } from "./open-repo.ts";

const redirectUrl = "http://localhost:5173/app/";
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.denySignIn(false);
});

const begin = (scopes?: string): Promise<SignInStart> =>
  beginSignIn({
    hubUrl: hub.url,
    clientId: "cairn-test",
    redirectUrl,
    ...(scopes !== undefined && { scopes }),
  });

/** Goes to the authorize page, and gives the address that it sends back to. */
async function visit(url: string): Promise<string> {
  return (await fetch(url, { redirect: "manual" })).headers.get("Location") ?? "";
}

const finish = (
  { nonce, verifier }: SignInStart,
  redirectedUrl: string,
): ReturnType<typeof finishSignIn> =>
  finishSignIn({ hubUrl: hub.url, nonce, verifier, redirectedUrl });

test("a person goes there and comes back with a token", async () => {
  const start = await begin();
  expect(new URL(start.url).searchParams.get("scope")).toBe("openid profile contribute-repos");
  // What proves that it is the same browser doesn't go along.
  expect(start.url).not.toContain(start.verifier);
  const back = await visit(start.url);
  expect(back.startsWith(redirectUrl)).toBe(true);
  const { token, expiresAt, userName, scopes } = await finish(start, back);
  expect({ userName, scopes }).toEqual({
    userName: "ada",
    scopes: "openid profile contribute-repos",
  });
  const hours = (Date.parse(expiresAt ?? "") - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(7.9);
  expect(hours).toBeLessThanOrEqual(8);
  const client = clientOf(hub, newRepo(), { token: () => token });
  expect(await client.whoAmI(NEVER)).toMatchObject({ name: "ada", role: null });
  await client.createRepo(false, NEVER);
  const commit = { title: "x", description: "", ops: [], parent: null };
  expect(await client.commit(commit, NEVER)).toMatch(/^[0-9a-f]{40}$/);
  // It may write to what it made, and to nothing else.
  const other = await openRepo(hub);
  const stranger = clientOf(hub, other.target, { token: () => token });
  expect(await kindOf(stranger.commit(commit, NEVER))).toBe("forbidden");
});

test("other rights may be asked for", async () => {
  const start = await begin("openid profile write-repos");
  expect((await finish(start, await visit(start.url))).scopes).toBe("openid profile write-repos");
});

test("a person who says no isn't signed in", async () => {
  await hub.denySignIn(true);
  const start = await begin();
  const denied = failure(finish(start, await visit(start.url)));
  expect(await denied).toMatchObject({
    kind: "signed_out",
    remote: new URL(hub.url).host,
    detail: "The user denied the request.",
  });
});

test("an address that isn't of this sign-in is refused without asking the hub", async () => {
  const start = await begin();
  const back = await visit(start.url);
  const other = await begin();
  await hub.clearRequests();
  expect(await kindOf(finish(other, back))).toBe("signed_out");
  expect(await kindOf(finish(start, redirectUrl))).toBe("signed_out");
  expect(await kindOf(finish(start, `${redirectUrl}?code=1&state=%7B`))).toBe("signed_out");
  expect(await kindOf(finish(start, `${redirectUrl}?code=1&state=null`))).toBe("signed_out");
  expect(await hub.requests()).toEqual([]);
});

test("a code is good once", async () => {
  const start = await begin();
  const back = await visit(start.url);
  await finish(start, back);
  expect(await failure(finish(start, back))).toMatchObject({
    kind: "odd_answer",
    detail: expect.stringContaining("invalid_grant"),
  });
});

test.each(["javascript:alert(1)//", "data:text/html,"])(
  "a hub that would send the person to %j is refused",
  async (address) => {
    const body = JSON.stringify({ authorization_endpoint: address });
    await hub.setFaults({ path: "/.well-known/", action: { kind: "status", status: 200, body } });
    expect(await kindOf(begin())).toBe("odd_answer");
  },
);

test("a hub that is not there, or out of order, is told", async () => {
  await hub.setFaults({ path: "/.well-known/", action: { kind: "drop-before" } });
  expect(await kindOf(begin())).toBe("offline");
  const action = { kind: "status", status: 503, body: '{"error":"down"}' } as const;
  await hub.setFaults({ path: "/.well-known/", nth: 1, action });
  expect(await failure(begin())).toMatchObject({ kind: "server", detail: "down" });
});

test("the person may give up", async () => {
  const request = { hubUrl: hub.url, clientId: "cairn-test", redirectUrl };
  await expect(beginSignIn(request, AbortSignal.abort())).rejects.toMatchObject({
    code: "aborted",
  });
});

// Signing in, and what the token may then do.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { file, json, talkTo, type Talk } from "./talk.ts";

const REDIRECT = "http://localhost:5173/app/";
const VERIFIER = "a-verifier-of-at-least-forty-three-letters-in-all";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
let hub: TestHub;
let ada: Talk;

beforeAll(async () => {
  hub = await startHub({
    apps: [{ clientId: "cairn-test", redirectUris: ["https://cairn.example/"] }],
  });
  ada = talkTo(hub);
});
afterAll(() => hub.stop());

/** Visits the authorize page. */
const authorize = (changed: Record<string, string> = {}): Promise<Response> => {
  const query = new URLSearchParams({
    client_id: "cairn-test",
    scope: "openid profile contribute-repos",
    response_type: "code",
    redirect_uri: REDIRECT,
    state: "the state",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changed,
  });
  return fetch(`${hub.url}/oauth/authorize?${query}`, { redirect: "manual" });
};
const back = async (changed?: Record<string, string>): Promise<URLSearchParams> =>
  new URL((await authorize(changed)).headers.get("Location") ?? "").searchParams;

const exchange = (code: string, changed: Record<string, string> = {}): Promise<Response> =>
  fetch(`${hub.url}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...changed,
    }),
  });

async function signIn(scope: string): Promise<string> {
  const code = (await back({ scope })).get("code") ?? "";
  return (await json<{ access_token: string }>(exchange(code))).access_token;
}

test("the page says yes at once, and the code becomes a token", async () => {
  const answer = await authorize();
  expect(answer.status).toBe(303);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
  const query = await back();
  expect(query.get("state")).toBe("the state");
  const token = await json<Record<string, unknown>>(exchange(query.get("code") ?? ""));
  expect(token).toMatchObject({
    access_token: expect.stringMatching(/^hf_oauth_/) as string,
    expires_in: 28_800,
    scope: "openid profile contribute-repos",
    token_type: "bearer",
  });
  const signedIn = talkTo(hub, String(token["access_token"]));
  const user = await json<Record<string, unknown>>(signedIn.send("GET", "/oauth/userinfo"));
  expect(user).toMatchObject({ preferred_username: "ada" });
  expect(await json(signedIn.send("GET", "/api/whoami-v2"))).toMatchObject({
    name: "ada",
    auth: { type: "oauth" },
  });
});

test("a code is good once, for its app's address, with its verifier", async () => {
  const code = async (): Promise<string> => (await back()).get("code") ?? "";
  const once = await code();
  expect((await exchange(once)).status).toBe(200);
  expect((await exchange(once)).status).toBe(400);
  const wrong = await exchange(await code(), { code_verifier: `${VERIFIER}x` });
  expect(wrong.status).toBe(400);
  expect(await json(wrong)).toMatchObject({ error: "invalid_grant" });
  const redirect_uri = "http://localhost:1/";
  expect((await exchange(await code(), { redirect_uri })).status).toBe(400);
  expect((await exchange(await code(), { grant_type: "password" })).status).toBe(400);
  const late = await code();
  await hub.advance(600_000);
  expect((await exchange(late)).status).toBe(400);
});

test("who says no is sent back with that", async () => {
  await hub.denySignIn(true);
  expect((await back()).get("error")).toBe("access_denied");
  await hub.denySignIn(false);
  expect((await back()).get("error")).toBeNull();
});

test("nobody is sent to an address the app didn't name", async () => {
  expect((await authorize({ client_id: "unknown" })).status).toBe(400);
  expect((await authorize({ redirect_uri: "https://evil.example/" })).status).toBe(400);
  expect((await authorize({ redirect_uri: "https://cairn.example/" })).status).toBe(303);
  expect((await authorize({ redirect_uri: "http://127.0.0.1:9/any" })).status).toBe(303);
});

test("a challenge is needed", async () => {
  expect((await back({ code_challenge_method: "plain" })).get("error")).toBe("invalid_request");
});

test("contribute-repos makes repos, and writes to those only", async () => {
  await ada.create("before");
  const app = talkTo(hub, await signIn("openid contribute-repos"));
  expect((await app.create("by-app")).status).toBe(200);
  expect((await app.commit("datasets/ada/by-app", [file("a", "a")])).status).toBe(200);
  expect((await app.commit("datasets/ada/before", [file("a", "a")])).status).toBe(403);
  const named = { name: "by-app", organization: "ada", type: "dataset" };
  expect((await app.send("DELETE", "/api/repos/delete", named)).status).toBe(403);
});

test("write-repos writes to all and makes none; read-repos sees private ones", async () => {
  await ada.create("private", { visibility: "private" });
  const writer = talkTo(hub, await signIn("write-repos"));
  expect((await writer.commit("datasets/ada/private", [file("a", "a")])).status).toBe(200);
  expect((await writer.create("more")).status).toBe(403);
  const reader = talkTo(hub, await signIn("read-repos"));
  expect((await reader.send("GET", "/api/datasets/ada/private")).status).toBe(200);
  expect((await reader.commit("datasets/ada/private", [file("a", "b")])).status).toBe(403);
  const none = talkTo(hub, await signIn("openid"));
  expect((await none.send("GET", "/api/datasets/ada/private")).status).toBe(404);
});

test("a token ends after its time, or when it is said to", async () => {
  const app = talkTo(hub, await signIn("openid"));
  expect((await app.send("GET", "/api/whoami-v2")).status).toBe(200);
  await hub.advance(8 * 3_600_000);
  expect((await app.send("GET", "/api/whoami-v2")).status).toBe(401);
  await hub.addToken({ token: "hf_more", user: "ada", role: "write" });
  const more = talkTo(hub, "hf_more");
  expect((await more.send("GET", "/api/whoami-v2")).status).toBe(200);
  await hub.expireToken("hf_more");
  expect((await more.send("GET", "/api/whoami-v2")).status).toBe(401);
});

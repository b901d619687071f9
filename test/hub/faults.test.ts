// Faults on demand, rates, and the log of what was asked.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { DEFAULT_LIMITS, FREE_RATES } from "./server/settings.ts";
import { file, json, refusal, sha256, talkTo, type LfsAnswer, type Talk } from "./talk.ts";

const CONTENT = new Uint8Array(300_000).fill(7);
const OBJECT = { oid: sha256(CONTENT), size: CONTENT.length };
let hub: TestHub;
let ada: Talk;
let repo: string;
let repos = 0;

beforeAll(async () => {
  hub = await startHub();
  ada = talkTo(hub);
});
afterAll(() => hub.stop());
beforeEach(async () => {
  await hub.clearFaults();
  await hub.setLimits(DEFAULT_LIMITS);
  repos += 1;
  repo = `datasets/ada/repo-${repos}`;
  await ada.create(`repo-${repos}`);
  await hub.clearRequests();
});

const raw = (path: string): Promise<Response> => ada.send("GET", `/${repo}/raw/main/${path}`);
const commits = async (): Promise<number> =>
  (await json<unknown[]>(ada.send("GET", `/api/${repo}/commits/main`))).length;
const uploadHref = async (): Promise<string> =>
  (await json<LfsAnswer>(ada.batch(repo, [OBJECT]))).objects[0]?.actions?.upload.href ?? "";

test("a status takes the place of the answer, and nothing is done", async () => {
  await hub.setFaults({
    method: "POST",
    path: "/commit/",
    action: { kind: "status", status: 503, body: '{"error":"down"}' },
  });
  const refused = await ada.commit(repo, [file("a", "a")]);
  expect(refused.headers.get("X-Request-Id")).toBe((await hub.requests())[0]?.id);
  expect(await refusal(refused)).toEqual([503, "down"]);
  expect(await commits()).toBe(1);
  expect((await ada.commit(repo, [file("a", "a")])).status).toBe(200);
});

test("a status after applying: 504, and yet it landed", async () => {
  const action = { kind: "status", status: 504, afterApplying: true } as const;
  await hub.setFaults({ path: "/commit/", action });
  expect((await ada.commit(repo, [file("a", "a")])).status).toBe(504);
  expect(await (await raw("a")).text()).toBe("a");
});

test("dropped before: the connection ends, and nothing is done", async () => {
  await hub.setFaults({ path: "/commit/", action: { kind: "drop-before" } });
  await expect(ada.commit(repo, [file("a", "a")])).rejects.toThrow("fetch failed");
  expect(await commits()).toBe(1);
});

test("dropped after: the response is lost, and it landed", async () => {
  await hub.setFaults({ path: "/commit/", action: { kind: "drop-after" } });
  await expect(ada.commit(repo, [file("a", "a")])).rejects.toThrow("fetch failed");
  expect(await commits()).toBe(2);
});

test("an upload is dropped in its middle", async () => {
  const put = async (): Promise<Response> =>
    fetch(await uploadHref(), { method: "PUT", body: CONTENT });
  await hub.setFaults({
    host: "storage",
    method: "PUT",
    action: { kind: "drop-before", bodyBytes: 1000 },
  });
  await expect(put()).rejects.toThrow("fetch failed");
  const [, dropped] = await hub.requests();
  expect(dropped).toMatchObject({ method: "PUT", status: 0, faults: ["drop-before"] });
  expect(dropped?.bytesIn).toBeGreaterThanOrEqual(1000);
  expect((await put()).status).toBe(200);
});

test("an upload that its sender breaks off leaves nothing", async () => {
  const href = await uploadHref();
  const stop = new AbortController();
  const half = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(CONTENT.slice(0, 1000)),
  });
  const init = { method: "PUT", body: half, duplex: "half", signal: stop.signal };
  const sent = fetch(href, init);
  await expect
    .poll(async () => (await hub.requests()).find(({ method }) => method === "PUT")?.bytesIn)
    .toBe(1000);
  stop.abort();
  await expect(sent).rejects.toThrow("aborted");
  expect((await json<LfsAnswer>(ada.batch(repo, [OBJECT]))).objects[0]?.actions).toBeDefined();
});

test("a body ends early", async () => {
  await ada.upload(repo, CONTENT);
  await ada.commit(repo, [["lfsFile", { path: "net.bin", oid: OBJECT.oid }], file("a", "abcdef")]);
  const read = async (path: string): Promise<ArrayBuffer> =>
    (await ada.send("GET", `/${repo}/${path}`, undefined, { redirect: "follow" })).arrayBuffer();
  await hub.setFaults(
    { host: "storage", method: "GET", action: { kind: "truncate", bytes: 100_000 } },
    { host: "hub", path: "/raw/", action: { kind: "truncate", bytes: 3 } },
  );
  await expect(read("resolve/main/net.bin")).rejects.toThrow();
  await expect(read("raw/main/a")).rejects.toThrow();
  expect((await read("resolve/main/net.bin")).byteLength).toBe(CONTENT.length);
  expect((await read("raw/main/a")).byteLength).toBe(6);
});

test("an ETag is wrong", async () => {
  await hub.setLimits({ multipartFromBytes: 1, partBytes: CONTENT.length });
  const batch = await json<LfsAnswer>(ada.batch(repo, [OBJECT]));
  const { href = "", header = {} } = batch.objects[0]?.actions?.upload ?? {};
  const put = async (): Promise<string> =>
    (await fetch(header["00001"] ?? "", { method: "PUT", body: CONTENT })).headers.get("ETag") ??
    "";
  const complete = async (etag: string): Promise<number> =>
    (await ada.send("POST", href, { oid: OBJECT.oid, parts: [{ partNumber: 1, etag }] })).status;
  await hub.setFaults({ host: "storage", method: "PUT", action: { kind: "wrong-etag" } });
  expect(await complete(await put())).toBe(400);
  expect(await complete(await put())).toBe(200);
});

test("a token ends in mid-work", async () => {
  await hub.addToken({ token: "hf_short", user: "ada", role: "write" });
  const short = talkTo(hub, "hf_short");
  await hub.setFaults({ path: "/commit/", nth: 2, action: { kind: "expire-token" } });
  expect((await short.commit(repo, [])).status).toBe(200);
  expect(await refusal(short.commit(repo, []))).toEqual([
    401,
    "Invalid credentials in Authorization header",
  ]);
  expect((await short.send("GET", "/api/whoami-v2")).status).toBe(401);
  expect((await ada.commit(repo, [])).status).toBe(200);
});

test("a server that ignores parentCommit commits over what it has", async () => {
  const parentCommit = "0".repeat(40);
  const action = { kind: "ignore-parent-commit" } as const;
  await hub.setFaults({ path: "/commit/", times: 0, action });
  for (const text of ["1", "2"])
    expect((await ada.commit(repo, [file(text, text)], { parentCommit })).status).toBe(200);
  await hub.clearFaults();
  expect((await ada.commit(repo, [file("a", "3")], { parentCommit })).status).toBe(412);
  expect(await commits()).toBe(3);
});

test("a delayed request still comes", async () => {
  await hub.setFaults({ path: "/commit/", action: { kind: "delay", ms: 50 } });
  const startedAt = performance.now();
  expect((await ada.commit(repo, [file("a", "slow")])).status).toBe(200);
  // Timers may be a little early.
  expect(performance.now() - startedAt).toBeGreaterThan(45);
});

test("a read may be behind by one commit", async () => {
  await ada.commit(repo, [file("a", "1")]);
  const { commitOid } = await json<{ commitOid: string }>(ada.commit(repo, [file("a", "2")]));
  await hub.setFaults({ path: "/resolve/", action: { kind: "stale-read" } });
  const read = async (): Promise<[string, boolean]> => {
    const answer = await ada.send("GET", `/${repo}/resolve/main/a`, undefined, {
      redirect: "follow",
    });
    return [await answer.text(), answer.headers.get("X-Repo-Commit") === commitOid];
  };
  expect(await read()).toEqual(["1", false]);
  expect(await read()).toEqual(["2", true]);
});

test("a rule waits for its request, and lasts as long as it says", async () => {
  await hub.setFaults({
    method: "GET",
    path: "/whoami",
    nth: 2,
    times: 2,
    action: { kind: "status", status: 500 },
  });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) statuses.push((await ada.send("GET", "/api/whoami-v2")).status);
  expect(statuses).toEqual([200, 500, 500, 200, 200]);
  expect(await hub.faults()).toMatchObject([{ matched: 5, applied: 2 }]);
});

test("preflights meet only the faults that name them", async () => {
  const options = (): Promise<Response> => ada.send("OPTIONS", "/api/whoami-v2");
  await hub.setFaults({ times: 0, action: { kind: "status", status: 500 } });
  expect((await options()).status).toBe(204);
  await hub.setFaults({ method: "OPTIONS", action: { kind: "drop-before" } });
  await expect(options()).rejects.toThrow("fetch failed");
});

test("the log has each request with its bytes", async () => {
  const body = JSON.stringify({ paths: [".gitattributes"] });
  const answer = await ada.send("POST", `/api/${repo}/paths-info/main`, body, {
    headers: { Origin: "https://cairn.example" },
  });
  expect(await hub.requests()).toEqual([
    {
      id: answer.headers.get("X-Request-Id"),
      host: "hub",
      method: "POST",
      path: `/api/${repo}/paths-info/main`,
      origin: "https://cairn.example",
      hasToken: true,
      bytesIn: body.length,
      bytesOut: expect.any(Number) as number,
      status: 200,
      faults: [],
    },
  ]);
  await hub.clearRequests();
  expect(await hub.requests()).toEqual([]);
});

test("a window of requests is counted for each account, and for each kind", async () => {
  await hub.setLimits({ apiRequests: 2, anonymousApiRequests: 1, resolverRequests: 1 });
  await hub.advance(300_000);
  const api = (talk = ada): Promise<Response> => talk.send("GET", `/api/${repo}`);
  expect((await api()).headers.get("RateLimit")).toBe('"api";r=1;t=300');
  const second = await api();
  expect(second.headers.get("RateLimit")).toBe('"api";r=0;t=300');
  expect(second.headers.get("RateLimit-Policy")).toBe('"fixed window";"api";q=2;w=300');
  const third = await api();
  expect([third.status, third.headers.get("Retry-After")]).toEqual([429, "300"]);
  expect((await refusal(third))[1]).not.toContain("repository commits");
  const guest = talkTo(hub, null);
  expect((await api(guest)).status).toBe(200);
  expect((await api(guest)).status).toBe(429);
  expect((await raw(".gitattributes")).status).toBe(200);
  expect((await raw(".gitattributes")).status).toBe(429);
  await hub.advance(300_000);
  expect((await api()).status).toBe(200);
});

test("storage and CDN are not counted", async () => {
  await hub.setLimits({ ...FREE_RATES, apiRequests: 2 });
  await hub.advance(300_000);
  const href = await uploadHref();
  for (let n = 0; n < 3; n++)
    expect((await fetch(href, { method: "PUT", body: CONTENT })).status).toBe(200);
  expect((await ada.batch(repo, [OBJECT])).status).toBe(200);
  expect((await ada.batch(repo, [OBJECT])).status).toBe(429);
});

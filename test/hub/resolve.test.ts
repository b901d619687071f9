// Reading files, and what pages of other origins get to see.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { file, json, sha256, talkTo, type Talk } from "./talk.ts";

const LARGE = new TextEncoder().encode("0123456789".repeat(10));
const OID = sha256(LARGE);
const REPO = "datasets/ada/nets";
const PAGE = { headers: { Origin: "https://cairn.example" } };
let hub: TestHub;
let ada: Talk;
let head: string;

beforeAll(async () => {
  hub = await startHub();
  ada = talkTo(hub);
  await ada.create("nets");
  await ada.upload(REPO, LARGE);
  const operations = [
    file("index.json", '{"seq":1}'),
    file("a b#c?d%25é.txt", "odd"),
    file("empty.txt", ""),
    ["lfsFile", { path: "net.bin", algo: "sha256", oid: OID }],
  ] as const;
  const made = await json<{ commitOid: string }>(ada.commit(REPO, operations));
  head = made.commitOid;
});
afterAll(() => hub.stop());

const get = (
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Response> => ada.send(method, `/${REPO}/${path}`, undefined, { headers });

test("a regular file is one redirect away, at the commit it was asked at", async () => {
  const first = await get("resolve/main/index.json");
  expect(first.status).toBe(307);
  expect(first.headers.get("X-Repo-Commit")).toBe(head);
  const location = first.headers.get("Location") ?? "";
  expect(location).toBe(`/api/resolve-cache/datasets/ada/nets/${head}/index.json`);
  const second = await ada.send("GET", location);
  expect(second.headers.get("X-Repo-Commit")).toBe(head);
  expect(second.headers.get("ETag")).toMatch(/^"[0-9a-f]{40}"$/);
  expect(await second.text()).toBe('{"seq":1}');
});

test("a 404 tells the commit that was looked at", async () => {
  for (const method of ["GET", "HEAD"]) {
    const none = await get("resolve/main/none.json", {}, method);
    expect(none.status).toBe(404);
    expect(none.headers.get("X-Repo-Commit")).toBe(head);
    expect(none.headers.get("X-Error-Code")).toBe("EntryNotFound");
  }
  const revision = await get("resolve/nope/index.json");
  expect([revision.status, revision.headers.get("X-Error-Code")]).toEqual([
    404,
    "RevisionNotFound",
  ]);
  expect(revision.headers.get("X-Repo-Commit")).toBeNull();
});

test("a known ETag gets 304", async () => {
  const followed = { redirect: "follow" } as const;
  const first = await ada.send("GET", `/${REPO}/resolve/main/index.json`, undefined, followed);
  const again = await ada.send("GET", `/${REPO}/resolve/main/index.json`, undefined, {
    ...followed,
    headers: { "If-None-Match": first.headers.get("ETag") ?? "" },
  });
  expect(again.status).toBe(304);
  expect(again.headers.get("X-Repo-Commit")).toBe(head);
});

test("a large file comes from another origin, which never sees the token", async () => {
  const first = await get("resolve/main/net.bin");
  expect(first.status).toBe(302);
  expect(first.headers.get("X-Linked-Size")).toBe("100");
  expect(first.headers.get("X-Linked-ETag")).toBe(`"${OID}"`);
  expect(first.headers.get("X-Repo-Commit")).toBe(head);
  const location = first.headers.get("Location") ?? "";
  expect(new URL(location).origin).toBe(hub.storageUrl);
  await hub.clearRequests();
  const whole = await ada.send("GET", `/${REPO}/resolve/main/net.bin`, undefined, {
    redirect: "follow",
  });
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(LARGE);
  expect(whole.headers.get("X-Repo-Commit")).toBeNull();
  expect(whole.headers.get("ETag")).not.toContain(OID);
  const log = await hub.requests();
  expect(log.map(({ host, hasToken, bytesOut }) => [host, hasToken, bytesOut])).toEqual([
    ["hub", true, 0],
    ["storage", false, 100],
  ]);
  const withToken = await fetch(location, { headers: { Authorization: "Bearer hf_ada" } });
  expect(withToken.status).toBe(400);
});

test("a signed address ends, and fits its file only", async () => {
  const location = (await get("resolve/main/net.bin")).headers.get("Location") ?? "";
  expect((await fetch(location.replace(OID, "0".repeat(64)))).status).toBe(403);
  await hub.advance(900_000);
  expect((await fetch(location)).status).toBe(403);
});

test("ranges are given, of both kinds of files", async () => {
  const ask = async (path: string, Range: string): Promise<[number, string | null, string]> => {
    const answer = await ada.send("GET", `/${REPO}/resolve/main/${path}`, undefined, {
      redirect: "follow",
      headers: { Range },
    });
    return [answer.status, answer.headers.get("Content-Range"), await answer.text()];
  };
  expect(await ask("net.bin", "bytes=5-9")).toEqual([206, "bytes 5-9/100", "56789"]);
  expect(await ask("net.bin", "bytes=98-")).toEqual([206, "bytes 98-99/100", "89"]);
  expect(await ask("net.bin", "bytes=-3")).toEqual([206, "bytes 97-99/100", "789"]);
  expect(await ask("net.bin", "bytes=90-500")).toEqual([206, "bytes 90-99/100", "0123456789"]);
  expect(await ask("index.json", "bytes=0-0")).toEqual([206, "bytes 0-0/9", "{"]);
  expect((await ask("net.bin", "bytes=100-")).slice(0, 2)).toEqual([416, "bytes */100"]);
  expect((await ask("empty.txt", "bytes=0-0")).slice(0, 2)).toEqual([416, "bytes */0"]);
});

test("raw gives what git has", async () => {
  const pointer = await get("raw/main/net.bin");
  expect(await pointer.text()).toContain(`oid sha256:${OID}\nsize 100\n`);
  const asked = await get("raw/main/index.json", {}, "HEAD");
  expect([asked.status, asked.headers.get("Content-Length")]).toEqual([200, "9"]);
  expect(await asked.text()).toBe("");
});

test("odd names work when they are encoded", async () => {
  const odd = await ada.send(
    "GET",
    `/${REPO}/resolve/main/${encodeURIComponent("a b#c?d%25é.txt")}`,
    undefined,
    {
      redirect: "follow",
    },
  );
  expect(await odd.text()).toBe("odd");
});

test("the Hub repeats the page's origin, and exposes the headers it is known to", async () => {
  const answer = await get("raw/main/index.json", PAGE.headers);
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("https://cairn.example");
  expect(answer.headers.get("Vary")).toBe("Origin");
  expect(answer.headers.get("X-Request-Id")).toMatch(/^Root=1-/);
  const exposed = (answer.headers.get("Access-Control-Expose-Headers") ?? "").split(",");
  for (const name of ["X-Repo-Commit", "ETag", "Link", "Content-Range", "X-Request-Id"])
    expect(exposed).toContain(name);
  // They are sent, and no page can read them.
  for (const name of ["RateLimit", "RateLimit-Policy", "Retry-After"])
    expect(exposed).not.toContain(name);
  expect(answer.headers.get("RateLimit")).toMatch(/^"resolvers";r=\d+;t=\d+$/);
  const nobody = await get("raw/main/index.json");
  expect(nobody.headers.get("Access-Control-Allow-Origin")).toBe("https://huggingface.co");
});

test("errors can be read by pages too", async () => {
  const none = await get("resolve/main/none", PAGE.headers);
  expect(none.headers.get("Access-Control-Allow-Origin")).toBe("https://cairn.example");
});

test("a preflight allows what it asks for", async () => {
  const headers = {
    ...PAGE.headers,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
  };
  const path = `/api/${REPO}/commit/main`;
  const answer = await talkTo(hub, null).send("OPTIONS", path, undefined, { headers });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("Access-Control-Allow-Headers")).toBe("authorization,content-type");
  expect(answer.headers.get("Access-Control-Allow-Methods")).toContain("POST");
  expect(answer.headers.get("Access-Control-Max-Age")).toBe("86400");
});

test("the storage allows anybody, for after a redirect the origin is null", async () => {
  const location = (await get("resolve/main/net.bin")).headers.get("Location") ?? "";
  const answer = await fetch(location, { headers: { Origin: "null" } });
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(answer.headers.get("Access-Control-Expose-Headers")).toBe("*");
});

// The client in a real browser: uploads by XMLHttpRequest, and all that another origin may keep from a page.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Hub } from "../../src/hub/hub.ts";
import { xhrPut } from "../../src/hub/xhr-put.ts";
import type { TestHub } from "../hub/client.ts";
import { DEFAULT_LIMITS } from "../hub/server/settings.ts";
import { startHubFromPage } from "../support/hub-from-page.ts";
import type { WorkerReport } from "./hub.worker.ts";
import {
  clientOf,
  commitOps,
  failure,
  kindOf,
  newRepo,
  NEVER,
  openRepo,
  planOf,
  putLarge,
  send,
  SILENT,
  someBytes,
} from "./open-repo.ts";

const MIB = 1024 ** 2;
const PUT = { host: "storage", method: "PUT" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHubFromPage();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.setLimits(DEFAULT_LIMITS);
  await hub.setUploadHeaders({});
  await hub.clearRequests();
});

test("[S2] an object goes whole, with progress and the headers that the batch asks for", async () => {
  await hub.setUploadHeaders({ "x-amz-meta-made": "here" });
  const client = await openRepo(hub);
  const { body, object } = await someBytes(8 * MIB);
  const sent: number[] = [];
  const report = { ...SILENT, onSent: (bytes: number) => sent.push(bytes) };
  await client.upload(await planOf(client, object), body, null, report, NEVER);
  expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  expect(sent.at(-1)).toBe(8 * MIB);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
  const put = (await hub.requests()).find(({ method }) => method === "PUT");
  expect(put).toMatchObject({ origin: location.origin, hasToken: false, bytesIn: 8 * MIB });
});

test("[S2] parts go with the ETags that the storage shows, again where they are lost", async () => {
  await hub.setLimits({ multipartFromBytes: 1, partBytes: 100_000 });
  const client = await openRepo(hub);
  const { body, object } = await someBytes(950_000);
  await hub.setFaults(
    { ...PUT, nth: 2, action: { kind: "drop-before", bodyBytes: 10 } },
    { ...PUT, nth: 5, action: { kind: "status", status: 503 } },
  );
  await send(client, body, object);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
});

test("an address that is over wants a new plan", async () => {
  const client = await openRepo(hub);
  const { body, object } = await someBytes(100);
  const plan = await planOf(client, object);
  await hub.advance(DEFAULT_LIMITS.urlLifeMs);
  expect(await kindOf(client.upload(plan, body, null, SILENT, NEVER))).toBe("busy");
});

const put = (url: string, signal: AbortSignal, stallMs = 60_000): ReturnType<typeof xhrPut> =>
  xhrPut(url, {}, new Blob(["abc"]), () => undefined, signal, stallMs);

test("an upload that gets no answer is ended: after a while, or when the person stops it", async () => {
  const client: Hub = await openRepo(hub);
  const plan = await planOf(client, (await someBytes(3)).object);
  const url = plan.kind === "basic" ? plan.url : "";
  await hub.setFaults({ ...PUT, times: 0, action: { kind: "delay", ms: 600_000 } });
  await expect(put(url, NEVER, 50)).rejects.toMatchObject({ name: "TimeoutError" });
  await hub.clearRequests();
  const stop = new AbortController();
  const stopped = put(url, stop.signal);
  await expect
    .poll(async () => (await hub.requests()).some(({ method }) => method === "PUT"))
    .toBe(true);
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  await expect(put(url, stop.signal)).rejects.toMatchObject({ name: "AbortError" });
});

test("no answer at all is a TypeError, as of fetch; a refusal is an answer", async () => {
  await expect(put("http://127.0.0.1:9/", NEVER)).rejects.toBeInstanceOf(TypeError);
  expect(await put(`${hub.storageUrl}/upload/made-up`, NEVER)).toMatchObject({
    status: 403,
    text: expect.stringContaining("AccessDenied") as string,
  });
});

test("[S2] a page of another origin sees the head's commit", async () => {
  const client = await openRepo(hub);
  const commit = await commitOps(client, [{ kind: "text", path: "a b#c.txt", text: "x" }]);
  expect(await client.readHead("a b#c.txt", NEVER)).toMatchObject({ commit, text: "x" });
  expect(await client.readHead("none", NEVER)).toEqual({ commit, text: null, etag: null });
});

test("[U5] a large file is read across the redirect, and gone on with where it breaks off", async () => {
  const client = await openRepo(hub);
  const { body, object, bytes } = await someBytes(700_000);
  const commit = await putLarge(client, "net.bin", { body, object });
  await hub.setFaults({
    host: "storage",
    method: "GET",
    times: 2,
    action: { kind: "truncate", bytes: 200_000 },
  });
  const opened = await client.open(commit, "net.bin", NEVER);
  const read = new Uint8Array(await new Response(opened?.stream).arrayBuffer());
  expect(read.length).toBe(bytes.length);
  expect(read.every((byte, at) => byte === bytes[at])).toBe(true);
  const gets = (await hub.requests()).filter(({ path }) => path.startsWith("/objects/"));
  expect(gets.every(({ hasToken }) => !hasToken)).toBe(true);
  expect(gets.map(({ status }) => status)).toContain(206);
});

test("a hub that is not there is offline, and what it refuses has its name", async () => {
  const client = await openRepo(hub);
  const gone = clientOf({ ...hub, url: "http://127.0.0.1:9" }, newRepo());
  expect(await kindOf(gone.repoInfo(NEVER))).toBe("offline");
  await hub.setFaults({ path: "/commit/", times: 0, action: { kind: "drop-before" } });
  expect(await kindOf(commitOps(client, []))).toBe("offline");
  await hub.clearFaults();
  const [first] = await hub.requests();
  await hub.setLimits({ commitsPerHour: 0 });
  expect(await failure(commitOps(client, []))).toMatchObject({
    kind: "commit_rate",
    requestId: (await hub.requests()).at(-1)?.id,
  });
  expect(first?.origin).toBe(location.origin);
});

// Chromium sends a request again by itself when a connection that it kept open ends without an answer.
test("[S3] a commit whose answer is lost lands once, even where the browser sends it twice", async () => {
  const client = await openRepo(hub);
  const { commit: parent } = await client.readHead("none", NEVER);
  const ops = [{ kind: "text", path: "a.txt", text: "a" }] as const;
  await hub.setFaults({ path: "/commit/", action: { kind: "drop-after" } });
  const commit = client.commit({ title: "once", description: "", ops, parent }, NEVER);
  expect(["offline", "changed"]).toContain(await kindOf(commit));
  const commits = await fetch(`${hub.url}/api/datasets/${client.target.repo}/commits/main`);
  const titles = ((await commits.json()) as readonly { title: string }[]).map(({ title }) => title);
  expect(titles).toEqual(["once", "initial commit"]);
});

test("the client works in a worker, the library's part of it, too", async () => {
  const worker = new Worker(new URL("./hub.worker.ts", import.meta.url), { type: "module" });
  const report = new Promise<WorkerReport>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerReport>) => resolve(data));
  });
  worker.postMessage(hub.url);
  expect(await report).toEqual({ name: "ada", sentBytes: 200_000, readBytes: 200_000 });
  worker.terminate();
});

test("[S2] what only Xet takes arrives from a browser", async () => {
  const xet = await startHubFromPage({ xet: "only" });
  try {
    const client = await openRepo(xet);
    const { body, object } = await someBytes(300_000);
    expect(await kindOf(client.planUploads([object], NEVER))).toBe("needs_xet");
    const files = [{ path: "net.bin", body }];
    await client.uploadByXet(files, () => undefined, NEVER);
    expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
  } finally {
    await xet.stop();
  }
});

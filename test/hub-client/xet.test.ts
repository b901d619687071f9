// What can only be uploaded through Xet goes through the library, bytes and pointers in one.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Hub, HubRequest } from "../../src/hub/hub.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { clientOf, commitOps, failure, kindOf, NEVER, openRepo, someBytes } from "./open-repo.ts";

const ATTRIBUTES = "artifacts/**/* filter=lfs diff=lfs merge=lfs -text\n";
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub({ xet: "only" });
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.clearRequests();
});

async function openTracked(): Promise<Hub> {
  const client = await openRepo(hub);
  await commitOps(client, [{ kind: "text", path: ".gitattributes", text: ATTRIBUTES }]);
  return client;
}

test("[S2] files arrive whole, are committed, and count as present from then on", async () => {
  const client = await openTracked();
  const random = await someBytes(300_000);
  const text = new Blob(["the same words again. ".repeat(20_000)]);
  // Numbers of four bytes, which Xet groups before it packs them.
  const numbers = new Blob([Float32Array.from({ length: 70_000 }, (_, index) => index / 7)]);
  expect(await kindOf(client.planUploads([random.object], NEVER))).toBe("needs_xet");
  const sent: number[] = [];
  const files = [
    { path: "artifacts/p/net/v0/net b.bin", body: random.body },
    { path: "artifacts/p/net/v0/words.txt", body: text },
    { path: "artifacts/p/net/v0/numbers.bin", body: numbers },
  ];
  await client.uploadByXet(files, (bytes) => sent.push(bytes), NEVER);
  expect(Math.round(sent.at(-1) ?? 0)).toBe(300_000 + text.size + numbers.size);
  expect(await client.planUploads([random.object], NEVER)).toEqual([
    { kind: "present", object: random.object },
  ]);
  const { commit } = await client.readHead("none", NEVER);
  for (const { path, body } of files) {
    const opened = await client.open(commit ?? "", path, NEVER);
    const read = Buffer.from(await new Response(opened?.stream).arrayBuffer());
    expect(read.equals(Buffer.from(await body.arrayBuffer()))).toBe(true);
  }
  // The attributes cover them, so that they grow by nothing.
  expect(await client.readText(commit ?? "", ".gitattributes", NEVER)).toBe(ATTRIBUTES);
});

test.each([
  ["/preupload/", 503, "server"],
  ["/batch", 429, "rate"],
  ["/v1/xorbs/", 500, "server"],
  ["/v1/shards", 403, "forbidden"],
  ["/commit/", 412, "changed"],
] as const)("a refusal at %s has its name", async (path, status, kind) => {
  const client = await openTracked();
  const body = '{"error":"told so"}';
  await hub.setFaults({ path, action: { kind: "status", status, body } });
  const { body: bytes } = await someBytes(1000);
  const upload = client.uploadByXet(
    [{ path: "artifacts/a.bin", body: bytes }],
    () => undefined,
    NEVER,
  );
  expect(await failure(upload)).toMatchObject({ kind, detail: "told so" });
});

test("lost answers are offline, and the person may stop it", async () => {
  const client = await openTracked();
  const files = [{ path: "artifacts/a.bin", body: (await someBytes(1000)).body }];
  await hub.setFaults({ path: "/v1/shards", action: { kind: "drop-after" } });
  const log: HubRequest[] = [];
  const logged = clientOf(hub, client.target, { onRequest: (request) => log.push(request) });
  expect(await kindOf(logged.uploadByXet(files, () => undefined, NEVER))).toBe("offline");
  expect(log.map(({ path, status }) => [path.split("/").at(-1), status]).at(-1)).toEqual([
    "shards",
    null,
  ]);
  await hub.setFaults({ path: "/v1/xorbs/", times: 0, action: { kind: "delay", ms: 60_000 } });
  await hub.clearRequests();
  const stop = new AbortController();
  const others = [{ path: "artifacts/b.bin", body: (await someBytes(1000, 2)).body }];
  const upload = client.uploadByXet(others, () => undefined, stop.signal);
  await expect
    .poll(async () => (await hub.requests()).some(({ path }) => path.startsWith("/v1/xorbs/")))
    .toBe(true);
  stop.abort();
  await expect(upload).rejects.toMatchObject({ code: "aborted" });
  const { commit } = await client.readHead("none", NEVER);
  expect(await client.pathsInfo(commit ?? "", ["artifacts/b.bin"], NEVER)).toEqual([]);
  await expect(
    client.uploadByXet(files, () => undefined, AbortSignal.abort()),
  ).rejects.toMatchObject({ code: "aborted" });
});

// Uploads: what the hub lacks, whole or in parts, resumed and tried again.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import type { PutBytes, UploadProgress } from "../../src/hub/hub.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { DEFAULT_LIMITS } from "../hub/server/settings.ts";
import {
  clientOf,
  failure,
  kindOf,
  newRepo,
  NEVER,
  openRepo,
  planOf,
  send,
  SILENT,
  someBytes,
  tried,
} from "./open-repo.ts";

const PART = 1000;
const IN_PARTS = { multipartFromBytes: 1, partBytes: PART };
const PUT = { host: "storage", method: "PUT" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.setLimits(DEFAULT_LIMITS);
  await hub.setUploadHeaders({});
  await hub.clearRequests();
});

test("[S2] only what the repository lacks is to be sent, and then it has it", async () => {
  const client = await openRepo(hub);
  const [here, missing] = [await someBytes(100, 1), await someBytes(100, 2)];
  await send(client, here.body, here.object);
  const objects = [missing.object, here.object, missing.object];
  const plans = await client.planUploads(objects, NEVER);
  expect(plans.map(({ kind }) => kind)).toEqual(["basic", "present", "basic"]);
  expect(plans.map(({ object }) => object)).toEqual(objects);
  await send(client, missing.body, missing.object);
  const after = await client.planUploads(objects, NEVER);
  expect(after.map(({ kind }) => kind)).toEqual(["present", "present", "present"]);
});

test("any number of objects is asked for in batches of a hundred, in order", async () => {
  const client = await openRepo(hub);
  const objects = Array.from({ length: 250 }, (_, index) => ({
    sha256: index.toString(16).padStart(64, "0"),
    sizeBytes: index + 1,
  }));
  await hub.clearRequests();
  const plans = await client.planUploads(objects, NEVER);
  expect(plans.map(({ object }) => object)).toEqual(objects);
  expect(tried(await hub.requests(), /batch/)).toEqual(["POST 200", "POST 200", "POST 200"]);
  expect(await client.planUploads([], NEVER)).toEqual([]);
});

test("what a batch refuses has its name", async () => {
  const client = await openRepo(hub, { type: "space" });
  const { object } = await someBytes(200);
  await hub.setLimits({ lfsFileBytes: 100 });
  expect(await failure(client.planUploads([object], NEVER))).toMatchObject({
    kind: "too_large",
    detail: "The file is too large.",
    requestId: (await hub.requests()).at(-1)?.id,
  });
  await hub.setLimits({ ...DEFAULT_LIMITS, spaceBytes: 100 });
  expect(await kindOf(client.planUploads([object], NEVER))).toBe("full");
  const nowhere = clientOf(hub, newRepo());
  expect(await kindOf(nowhere.planUploads([object], NEVER))).toBe("not_found");
});

test("a hub that takes it only by Xet says so", async () => {
  const client = await openRepo(hub);
  const { object } = await someBytes(10);
  const upload = { href: `${hub.url}/token`, header: {} };
  const answer = (objects: readonly unknown[]): Promise<void> =>
    hub.setFaults({
      path: "/batch",
      action: { kind: "status", status: 200, body: JSON.stringify({ transfer: "xet", objects }) },
    });
  await answer([{ oid: object.sha256, size: 10, actions: { upload } }]);
  expect(await kindOf(client.planUploads([object], NEVER))).toBe("needs_xet");
  await answer([{ oid: object.sha256, size: 10 }]);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
});

const OID = (await someBytes(10)).object.sha256;
test.each([
  ["nothing", null],
  ["no objects", { transfer: "basic" }],
  ["another object", { objects: [{ oid: "a".repeat(64) }] }],
  [
    "an address that is none",
    { objects: [{ oid: OID, actions: { upload: { href: "javascript:0" } } }] },
  ],
  [
    "too few parts",
    {
      objects: [
        {
          oid: OID,
          actions: { upload: { href: "http://x/", header: { chunk_size: "5", "1": "http://x/" } } },
        },
      ],
    },
  ],
  [
    "parts of no size",
    {
      objects: [
        { oid: OID, actions: { upload: { href: "http://x/", header: { chunk_size: "0" } } } },
      ],
    },
  ],
])("a batch that answers %s makes no sense", async (_, body) => {
  const client = await openRepo(hub);
  const action = { kind: "status", status: 200, body: JSON.stringify(body) } as const;
  await hub.setFaults({ path: "/batch", action });
  expect(await kindOf(client.planUploads([(await someBytes(10)).object], NEVER))).toBe(
    "odd_answer",
  );
});

test("an object goes whole, with the headers that the batch asks for", async () => {
  await hub.setUploadHeaders({ "x-amz-meta-made": "here" });
  const client = await openRepo(hub);
  const { body, object } = await someBytes(5000);
  const sent: number[] = [];
  const report = { ...SILENT, onSent: (bytes: number) => sent.push(bytes) };
  await client.upload(await planOf(client, object), body, null, report, NEVER);
  expect(sent.at(-1)).toBe(5000);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
  // The storage takes no second way to say who asks.
  const put = (await hub.requests()).find(({ method }) => method === "PUT");
  expect(put).toMatchObject({ status: 200, hasToken: false });
  expect(client.log.at(-2)).toMatchObject({
    method: "PUT",
    path: expect.stringMatching(/^\/upload\/[\w-]+$/) as string,
    status: 200,
  });
});

test("a large object goes in parts, each told as it arrives", async () => {
  await hub.setLimits(IN_PARTS);
  const client = await openRepo(hub);
  const { body, object } = await someBytes(9 * PART + 500);
  const plan = await planOf(client, object);
  expect(plan).toMatchObject({ kind: "multipart", chunkBytes: PART });
  const parts: number[] = [];
  const sent: number[] = [];
  const report = {
    onSent: (bytes: number) => sent.push(bytes),
    onPart: async ({ etags }: UploadProgress) => void parts.push(etags.size),
  };
  await hub.clearRequests();
  await client.upload(plan, body, null, report, NEVER);
  expect(parts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(Math.max(...sent)).toBe(9 * PART + 500);
  const requests = await hub.requests();
  expect(tried(requests, /^\/upload/)).toHaveLength(10);
  expect(requests.find(({ path }) => path.includes("complete"))?.hasToken).toBe(false);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
});

test("[S2] what is kept of an upload is never overtaken by what was known before", async () => {
  await hub.setLimits(IN_PARTS);
  const client = await openRepo(hub);
  const { body, object } = await someBytes(6 * PART);
  const gate = deferred();
  const events: string[] = [];
  const onPart = async ({ etags }: UploadProgress): Promise<void> => {
    events.push(`begin ${etags.size}`);
    if (etags.size === 1) await gate.promise;
    events.push(`end ${etags.size}`);
  };
  const plan = await planOf(client, object);
  const upload = client.upload(plan, body, null, { ...SILENT, onPart }, NEVER);
  // Four at once: three more arrive while the first one is still being kept.
  await expect
    .poll(async () => tried(await hub.requests(), /^\/upload/).filter((put) => put === "PUT 200"))
    .toHaveLength(4);
  gate.resolve();
  await upload;
  expect(events).toEqual([1, 2, 3, 4, 5, 6].flatMap((size) => [`begin ${size}`, `end ${size}`]));
});

test("[S2] an upload goes on after a crash with the parts that are missing", async () => {
  await hub.setLimits(IN_PARTS);
  const client = await openRepo(hub);
  const { body, object } = await someBytes(10 * PART);
  const plan = await planOf(client, object);
  let kept: UploadProgress | null = null;
  const crash = client.upload(
    plan,
    body,
    null,
    {
      onSent: () => undefined,
      async onPart(progress) {
        kept = progress;
        if (progress.etags.size === 6) throw new Error("the tab was closed");
      },
    },
    NEVER,
  );
  await expect(crash).rejects.toThrow("the tab was closed");
  const before = kept as unknown as UploadProgress;
  expect(before.etags.size).toBe(6);
  await hub.clearRequests();
  const sent: number[] = [];
  const report = { ...SILENT, onSent: (bytes: number) => sent.push(bytes) };
  // A newer plan is there as well; the parts belong to the older one.
  await client.upload(await planOf(client, object), body, before, report, NEVER);
  expect(tried(await hub.requests(), /^\/upload/)).toHaveLength(4);
  expect(Math.max(...sent)).toBe(4 * PART);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
});

test.each([
  ["status 503", { kind: "status", status: 503 }],
  ["drop-before", { kind: "drop-before", bodyBytes: 10 }],
  ["drop-after", { kind: "drop-after" }],
] as const)("parts and wholes that meet %s are sent again", async (_, action) => {
  for (const limits of [DEFAULT_LIMITS, IN_PARTS]) {
    await hub.setLimits(limits);
    const client = await openRepo(hub);
    const { body, object } = await someBytes(3 * PART);
    const plan = await planOf(client, object);
    await hub.setFaults({ ...PUT, times: 2, action });
    await client.upload(plan, body, null, SILENT, NEVER);
    expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
  }
});

test("after four times it is enough", async () => {
  const client = await openRepo(hub);
  const { body, object } = await someBytes(100);
  await hub.setFaults({ ...PUT, times: 0, action: { kind: "status", status: 500 } });
  expect(await kindOf(send(client, body, object))).toBe("server");
  expect(tried(await hub.requests(), /^\/upload/)).toHaveLength(4);
});

test("[S2] addresses that are over want a new plan", async () => {
  for (const limits of [DEFAULT_LIMITS, IN_PARTS]) {
    await hub.setLimits(limits);
    const client = await openRepo(hub);
    const { body, object } = await someBytes(3 * PART);
    const old = await planOf(client, object);
    await hub.advance(DEFAULT_LIMITS.urlLifeMs);
    const late = client.upload(old, body, null, SILENT, NEVER);
    expect(await failure(late)).toMatchObject({ kind: "busy", detail: "Request has expired" });
    await send(client, body, object);
  }
});

test("parts that can't be put together want a new plan", async () => {
  await hub.setLimits(IN_PARTS);
  const client = await openRepo(hub);
  const { body, object } = await someBytes(3 * PART);
  const plan = await planOf(client, object);
  await hub.setFaults({ ...PUT, action: { kind: "wrong-etag" } });
  expect(await kindOf(client.upload(plan, body, null, SILENT, NEVER))).toBe("busy");
  await send(client, body, object);
});

test("whether parts were put together, when no answer came, is seen by the next batch", async () => {
  await hub.setLimits(IN_PARTS);
  const client = await openRepo(hub);
  const { body, object } = await someBytes(3 * PART);
  await hub.setFaults({ path: "/complete_multipart", action: { kind: "drop-after" } });
  expect(await kindOf(send(client, body, object))).toBe("offline");
  expect(tried(await hub.requests(), /complete/)).toHaveLength(1);
  expect(await client.planUploads([object], NEVER)).toEqual([{ kind: "present", object }]);
});

test("other bytes than announced are refused, and not sent again and again", async () => {
  const client = await openRepo(hub);
  const { object } = await someBytes(100, 1);
  expect(await kindOf(send(client, (await someBytes(100, 2)).body, object))).toBe("odd_answer");
  expect(tried(await hub.requests(), /^\/upload/)).toEqual(["PUT 400"]);
});

test("a storage that hides its ETags can't take parts", async () => {
  await hub.setLimits(IN_PARTS);
  const put: PutBytes = async () => ({ status: 200, etag: null, text: "" });
  const client = await openRepo(hub, { put });
  const { body, object } = await someBytes(3 * PART);
  expect(await failure(send(client, body, object))).toMatchObject({
    kind: "odd_answer",
    detail: "The storage doesn't show ETags.",
  });
});

test("one part's failure ends the others", async () => {
  await hub.setLimits(IN_PARTS);
  let open = 0;
  const put: PutBytes = (url, _headers, _body, _onProgress, signal) => {
    if (url.endsWith("partNumber=1")) return Promise.resolve({ status: 400, etag: null, text: "" });
    open += 1;
    return new Promise((_resolve, reject) => {
      const end = (): void => {
        open -= 1;
        reject(new DOMException("", "AbortError"));
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end);
    });
  };
  const client = await openRepo(hub, { put });
  const { body, object } = await someBytes(10 * PART);
  expect(await kindOf(send(client, body, object))).toBe("odd_answer");
  expect(open).toBe(0);
});

test("the person may stop it", async () => {
  for (const limits of [DEFAULT_LIMITS, IN_PARTS]) {
    await hub.setLimits(limits);
    const client = await openRepo(hub);
    const { body, object } = await someBytes(3 * PART);
    const plan = await planOf(client, object);
    await hub.setFaults({ ...PUT, times: 0, action: { kind: "delay", ms: 60_000 } });
    await hub.clearRequests();
    const stop = new AbortController();
    const upload = client.upload(plan, body, null, SILENT, stop.signal);
    await expect.poll(async () => (await hub.requests()).length).toBeGreaterThan(0);
    stop.abort();
    await expect(upload).rejects.toMatchObject({ code: "aborted" });
    await hub.clearFaults();
  }
});

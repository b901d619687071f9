// Large files: what the batch answers, and what the storage takes.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { DEFAULT_LIMITS } from "./server/settings.ts";
import { json, refusal, sha256, talkTo, type LfsAnswer, type Talk } from "./talk.ts";

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
  await hub.setLimits(DEFAULT_LIMITS);
  await hub.setUploadHeaders({});
  repos += 1;
  repo = `datasets/ada/repo-${repos}`;
  await ada.create(`repo-${repos}`);
});

const CONTENT = new TextEncoder().encode("0123456789abcdefghij");
const OBJECT = { oid: sha256(CONTENT), size: CONTENT.length };
const batch = async (objects: readonly unknown[] = [OBJECT]): Promise<LfsAnswer> =>
  json<LfsAnswer>(ada.batch(repo, objects));
const uploadAction = async (): Promise<{
  href: string;
  header?: Readonly<Record<string, string>>;
}> => {
  const action = (await batch()).objects[0]?.actions?.upload;
  if (action === undefined) throw new Error("the batch answer has no upload");
  return action;
};
const put = (
  href: string,
  body: Uint8Array<ArrayBuffer>,
  init: RequestInit = {},
): Promise<Response> => fetch(href, { method: "PUT", body, ...init });

test("an object is sent to the other origin, and is there for the next batch", async () => {
  const answer = await batch();
  expect(answer.transfer).toBe("basic");
  const { upload, verify } = answer.objects[0]?.actions ?? {};
  expect(upload?.href.startsWith(`${hub.storageUrl}/`)).toBe(true);
  expect((await ada.send("POST", verify?.href ?? "", OBJECT)).status).toBe(404);
  expect((await put(upload?.href ?? "", CONTENT)).status).toBe(200);
  expect((await ada.send("POST", verify?.href ?? "", OBJECT)).status).toBe(200);
  expect((await batch()).objects).toEqual([OBJECT]);
});

test("each repo has its own objects", async () => {
  await ada.upload(repo, CONTENT);
  await ada.create("neighbour");
  const other = await json<LfsAnswer>(ada.batch("datasets/ada/neighbour", [OBJECT]));
  expect(other.objects[0]?.actions?.upload.href).toContain("/upload/");
});

test("other bytes than announced are not kept", async () => {
  const { href } = await uploadAction();
  const wrong = CONTENT.map((byte, index) => (index === 5 ? byte + 1 : byte));
  expect((await put(href, wrong)).status).toBe(400);
  expect((await put(href, CONTENT.slice(0, 19))).status).toBe(400);
  expect((await batch()).objects[0]?.actions).toBeDefined();
  expect((await put(href, CONTENT)).status).toBe(200);
});

test("an address ends, and is good for nobody who makes one up", async () => {
  const { href } = await uploadAction();
  await hub.advance(DEFAULT_LIMITS.urlLifeMs);
  const late = await put(href, CONTENT);
  expect(late.status).toBe(403);
  expect(await late.text()).toContain("Request has expired");
  expect((await put(`${hub.storageUrl}/upload/made-up`, CONTENT)).status).toBe(403);
  expect((await put((await uploadAction()).href, CONTENT)).status).toBe(200);
});

test("the storage refuses a token", async () => {
  const { href } = await uploadAction();
  const headers = { Authorization: "Bearer hf_ada" };
  expect((await put(href, CONTENT, { headers })).status).toBe(400);
});

test("headers the batch asks for are needed", async () => {
  await hub.setUploadHeaders({ "x-amz-meta-made": "here" });
  const { href, header = {} } = await uploadAction();
  expect(header).toEqual({ "x-amz-meta-made": "here" });
  expect((await put(href, CONTENT)).status).toBe(403);
  expect((await put(href, CONTENT, { headers: header })).status).toBe(200);
});

test("the storage takes no empty object", async () => {
  const empty = { oid: sha256(new Uint8Array()), size: 0 };
  const answer = await batch([empty]);
  const href = answer.objects[0]?.actions?.upload.href ?? "";
  expect((await put(href, new Uint8Array())).status).toBe(400);
});

test("errors are said for each object", async () => {
  await hub.setLimits({ lfsFileBytes: 100 });
  const large = { oid: "0".repeat(64), size: 101 };
  const { objects } = await batch([OBJECT, { oid: "no digest", size: 1 }, large]);
  expect(objects.map(({ error }) => error?.code)).toEqual([undefined, 422, 413]);
});

test("who may not write gets no address", async () => {
  expect((await talkTo(hub, null).batch(repo, [OBJECT])).status).toBe(401);
  await hub.addToken({ token: "hf_reads", user: "ada", role: "read" });
  expect((await talkTo(hub, "hf_reads").batch(repo, [OBJECT])).status).toBe(403);
});

test("a Space refuses what would bring it over 1 GB", async () => {
  await ada.create("full", { type: "space", sdk: "static" });
  const large = { oid: "0".repeat(64), size: 1e9 };
  expect(await refusal(ada.batch("spaces/ada/full", [large]))).toEqual([
    403,
    "Repository storage limit reached (Max: 1 GB)",
  ]);
  expect((await ada.batch(repo, [large])).status).toBe(200);
});

test("private repos share a quota, public ones have none", async () => {
  await ada.create("one", { visibility: "private" });
  await ada.create("two", { visibility: "private" });
  await hub.setLimits({ privateBytes: 100_000 });
  const object = (size: number): unknown => ({ oid: "0".repeat(64), size });
  await ada.upload(repo, new Uint8Array(60_000));
  await ada.upload("datasets/ada/one", new Uint8Array(50_000));
  expect((await ada.batch("datasets/ada/two", [object(20_000)])).status).toBe(200);
  expect(await refusal(ada.batch("datasets/ada/two", [object(50_000)]))).toEqual([
    403,
    expect.stringContaining("Private repository storage limit reached") as string,
  ]);
  expect((await ada.batch(repo, [object(50_000)])).status).toBe(200);
});

interface Parts {
  readonly complete: (etags: readonly string[]) => Promise<Response>;
  readonly hrefs: readonly string[];
  readonly slices: readonly Uint8Array<ArrayBuffer>[];
}

async function inParts(): Promise<Parts> {
  await hub.setLimits({ multipartFromBytes: 10, partBytes: 8 });
  const { href, header = {} } = await uploadAction();
  expect(header["chunk_size"]).toBe("8");
  const hrefs = Object.keys(header).filter((name) => /^\d{5}$/.test(name));
  return {
    hrefs: hrefs.map((name) => header[name] ?? ""),
    slices: [CONTENT.slice(0, 8), CONTENT.slice(8, 16), CONTENT.slice(16)],
    complete: (etags) =>
      ada.send("POST", href, {
        oid: OBJECT.oid,
        parts: etags.map((etag, index) => ({ partNumber: index + 1, etag })),
      }),
  };
}

async function putParts({ hrefs, slices }: Parts): Promise<string[]> {
  const answers = await Promise.all(
    hrefs.map((href, index) => put(href, slices[index] ?? new Uint8Array())),
  );
  return answers.map(({ headers }) => headers.get("ETag") ?? "");
}

test("a large object goes in parts, in any order", async () => {
  const parts = await inParts();
  expect(parts.hrefs.length).toBe(3);
  const etags = await putParts(parts);
  expect((await parts.complete(etags)).status).toBe(200);
  expect((await batch()).objects).toEqual([OBJECT]);
});

test("parts are put together with all of them, and with their ETags", async () => {
  const parts = await inParts();
  const etags = await putParts(parts);
  expect((await parts.complete(etags.slice(0, 2))).status).toBe(400);
  expect((await parts.complete([etags[1], etags[0], etags[2]].map(String))).status).toBe(400);
  expect((await parts.complete(etags)).status).toBe(200);
});

test("parts of other bytes make no object", async () => {
  const parts = await inParts();
  const slices = parts.slices.map((slice) => slice.map(() => 0));
  const etags = await putParts({ ...parts, slices });
  expect((await parts.complete(etags)).status).toBe(400);
  expect((await parts.complete(await putParts(parts))).status).toBe(200);
});

test("a part has its exact length", async () => {
  const { hrefs } = await inParts();
  expect((await put(hrefs[2] ?? "", CONTENT.slice(0, 8))).status).toBe(400);
});

test("who does not know parts gets one address", async () => {
  await hub.setLimits({ multipartFromBytes: 10, partBytes: 8 });
  const answer = await json<LfsAnswer>(ada.batch(repo, [OBJECT], ["basic"]));
  expect(answer.transfer).toBe("basic");
  expect(answer.objects[0]?.actions?.upload.header).toEqual({});
});

test("a download has an address too, where there is an object", async () => {
  await ada.upload(repo, CONTENT);
  const answer = await json<{
    objects: { error?: unknown; actions?: { download: { href: string } } }[];
  }>(
    ada.send("POST", `/${repo}.git/info/lfs/objects/batch`, {
      operation: "download",
      objects: [OBJECT, { oid: "0".repeat(64), size: 1 }],
    }),
  );
  const got = await fetch(answer.objects[0]?.actions?.download.href ?? "");
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(CONTENT);
  expect(answer.objects[1]?.error).toEqual({ code: 404, message: "Object does not exist" });
});

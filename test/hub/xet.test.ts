// A hub that takes large files only through Xet: tokens, packs of chunks, shards.
import { commit } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { decodeLz4 } from "./server/lz4.ts";
import { unpackXorb } from "./server/xorb.ts";
import { json, refusal, sha256, talkTo, type LfsAnswer, type Talk } from "./talk.ts";

const REPO = "datasets/ada/nets";
const HASH = "ab".repeat(32);
let hub: TestHub;
let ada: Talk;

beforeAll(async () => {
  hub = await startHub({ xet: "only" });
  ada = talkTo(hub);
  await ada.create("nets");
});
afterAll(() => hub.stop());

const batch = async (content: Uint8Array): Promise<LfsAnswer> =>
  json<LfsAnswer>(ada.batch(REPO, [{ oid: sha256(content), size: content.length }]));
const cas = (path: string, token: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(`${hub.storageUrl}/v1/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
const newToken = async (): Promise<string> =>
  (await json<{ accessToken: string }>(ada.send("GET", `/api/${REPO}/xet-write-token/main`)))
    .accessToken;

test("the batch names Xet, whatever was offered, and nothing where all is there", async () => {
  const answer = await batch(Buffer.from("missing"));
  expect(answer.transfer).toBe("xet");
  expect(answer.objects[0]?.actions?.upload).toEqual({
    href: `${hub.url}/api/${REPO}/xet-write-token/main`,
    header: {
      "X-Xet-Cas-Url": hub.storageUrl,
      "X-Xet-Access-Token": expect.any(String),
      "X-Xet-Token-Expiration": expect.stringMatching(/^\d{10}$/),
      "X-Xet-Session-Id": expect.any(String),
    },
  });
});

test("what the library uploads becomes an ordinary object", async () => {
  const repeated = Buffer.from("again and again. ".repeat(30_000));
  const numbers = Buffer.from(Float32Array.from({ length: 50_000 }, (_, at) => at / 3).buffer);
  for (const [path, bytes] of [
    ["words.bin", repeated],
    ["numbers.bin", numbers],
  ] as const) {
    await commit({
      hubUrl: hub.url,
      accessToken: "hf_ada",
      repo: { type: "dataset", name: "ada/nets" },
      title: path,
      operations: [{ operation: "addOrUpdate", path, content: new Blob([bytes]) }],
    });
    expect(await batch(bytes)).toMatchObject({
      transfer: "basic",
      objects: [{ size: bytes.length }],
    });
    const read = await ada.send("GET", `/${REPO}/resolve/main/${path}`, undefined, {
      redirect: "follow",
    });
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
  }
  // Packed for the way, or there would be nothing to unpack here.
  const sent = (await hub.requests()).filter(({ path }) => path.startsWith("/v1/xorbs/"));
  expect(sent.reduce((sum, { bytesIn }) => sum + bytesIn, 0)).toBeLessThan(
    (repeated.length + numbers.length) / 2,
  );
});

test("only a token of Xet's own may write, and not for ever", async () => {
  const token = await newToken();
  expect((await cas(`chunks/default/${HASH}`, token)).status).toBe(404);
  expect((await cas(`chunks/default/${HASH}`, "hf_ada")).status).toBe(401);
  expect((await cas(`xorbs/default/${HASH}`, "hf_ada", new Uint8Array(1))).status).toBe(401);
  expect((await cas("shards", "hf_ada", new Uint8Array(1))).status).toBe(401);
  await hub.addToken({ token: "hf_read", user: "ada", role: "read" });
  const reader = talkTo(hub, "hf_read").send("GET", `/api/${REPO}/xet-write-token/main`);
  expect((await refusal(reader))[0]).toBe(403);
  await hub.advance(900_000);
  expect((await cas(`chunks/default/${HASH}`, token)).status).toBe(401);
});

/** A shard of one file that one chunk makes. */
function shardOf(digest: string): Uint8Array<ArrayBuffer> {
  const shard = Buffer.alloc(48 * 6);
  shard.writeUInt32LE(0x4000_0000, 48 + 32);
  shard.writeUInt32LE(1, 48 + 36);
  Buffer.from(HASH, "hex").copy(shard, 96);
  shard.writeUInt32LE(1, 96 + 44);
  for (let word = 0; word < 4; word++)
    shard.writeBigUInt64LE(BigInt(`0x${digest.slice(word * 16, (word + 1) * 16)}`), 144 + word * 8);
  shard.fill(0xff, 192, 192 + 32);
  return Uint8Array.from(shard);
}

test("a shard is taken for what its chunks are", async () => {
  const token = await newToken();
  const digest = sha256(Buffer.from("abc"));
  expect((await cas("shards", token, shardOf(digest))).status).toBe(400);
  const chunk = Uint8Array.from([0, 3, 0, 0, 0, 3, 0, 0, 97, 98, 99]);
  expect(await json(cas(`xorbs/default/${HASH}`, token, chunk))).toEqual({ was_inserted: true });
  expect(await json(cas(`xorbs/default/${HASH}`, token, chunk))).toEqual({ was_inserted: false });
  expect((await cas("shards", token, shardOf(sha256(Buffer.from("abd"))))).status).toBe(400);
  expect((await cas("shards", token, shardOf(digest))).status).toBe(200);
  expect((await batch(Buffer.from("abc"))).transfer).toBe("basic");
});

test("damaged packs are refused", async () => {
  expect(() => unpackXorb(Uint8Array.from([0, 9, 0, 0, 0, 9, 0, 0, 1]))).toThrow("damaged");
  expect(() => unpackXorb(Uint8Array.from([7, 1, 0, 0, 0, 1, 0, 0, 1]))).toThrow("damaged");
  expect(() => decodeLz4(new Uint8Array(16), 4)).toThrow("no LZ4 frame");
  const empty = Uint8Array.from([4, 0x22, 0x4d, 0x18, 0x60, 0x40, 0, 0, 0, 0, 0]);
  expect(decodeLz4(empty, 0)).toEqual(new Uint8Array());
  expect(() => decodeLz4(empty, 4)).toThrow("another size");
});

// Files as streams, which go on where they broke off.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { OpenedFile } from "../../src/hub/hub.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import {
  clientOf,
  commitOps,
  kindOf,
  newRepo,
  NEVER,
  openRepo,
  putLarge,
  someBytes,
  tried,
} from "./open-repo.ts";

const CONTENT = await someBytes(700_000);
const OBJECT = { host: "storage", method: "GET" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.clearRequests();
});

async function bytesOf(opened: OpenedFile | null): Promise<Buffer> {
  return Buffer.from(await new Response(opened?.stream).arrayBuffer());
}

/** Reads a file whose first answers meet what `answers` makes of them. */
async function readThrough(
  answers: readonly ((response: Response) => Response)[],
): Promise<Buffer> {
  const plain = await openRepo(hub);
  const commit = await putLarge(plain, "net.bin", CONTENT);
  const left = [...answers];
  const changed: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    return left.shift()?.(response) ?? response;
  };
  const client = clientOf(hub, plain.target, { fetch: changed });
  return bytesOf(await client.open(commit, "net.bin", NEVER));
}

/** Lets some bytes through, and breaks off. */
function breakAfter(bytes: number): (response: Response) => Response {
  return (response) => {
    let left = bytes;
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk.subarray(0, left));
        left -= Math.min(left, chunk.length);
        if (left === 0) controller.error(new TypeError("network error"));
      },
    });
    return copyOf(response, response.body?.pipeThrough(cut) ?? null);
  };
}

function copyOf({ status, headers }: Response, body: BodyInit | null): Response {
  return new Response(body, { status, headers });
}

test("[U5] one plain GET gives a file, wherever it leads", async () => {
  const client = await openRepo(hub);
  const large = await putLarge(client, "net.bin", CONTENT);
  const small = await commitOps(client, [{ kind: "text", path: "a.txt", text: "abc" }]);
  await hub.clearRequests();
  const opened = await client.open(large, "net.bin", NEVER);
  expect(opened?.sizeBytes).toBe(700_000);
  expect((await bytesOf(opened)).equals(CONTENT.bytes)).toBe(true);
  const [first, second, ...more] = await hub.requests();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ host: "hub", status: 302, hasToken: true });
  expect(second).toMatchObject({ host: "storage", status: 200, hasToken: false });
  expect(await bytesOf(await client.open(small, "a.txt", NEVER))).toEqual(Buffer.from("abc"));
});

test("a file of a public repository needs no token", async () => {
  const client = await openRepo(hub);
  const commit = await putLarge(client, "net.bin", CONTENT);
  const anonymous = clientOf(hub, client.target, { token: () => null });
  expect((await bytesOf(await anonymous.open(commit, "net.bin", NEVER))).length).toBe(700_000);
});

test("what isn't there is told from where nobody may look", async () => {
  const client = await openRepo(hub);
  const commit = await commitOps(client, []);
  expect(await client.open(commit, "none.bin", NEVER)).toBeNull();
  const target = newRepo();
  expect(await kindOf(clientOf(hub, target).open(commit, "none.bin", NEVER))).toBe("not_found");
  const anonymous = clientOf(hub, target, { token: () => null });
  expect(await kindOf(anonymous.open(commit, "none.bin", NEVER))).toBe("signed_out");
});

test("[U5] a stream that breaks off goes on from where it was, by an address of its own", async () => {
  const client = await openRepo(hub);
  const commit = await putLarge(client, "net.bin", CONTENT);
  await hub.setFaults({ ...OBJECT, times: 2, action: { kind: "truncate", bytes: 200_000 } });
  await hub.clearRequests();
  const read = await bytesOf(await client.open(commit, "net.bin", NEVER));
  expect(read.equals(CONTENT.bytes)).toBe(true);
  const requests = await hub.requests();
  expect(tried(requests, /^\/objects\//)).toEqual(["GET 200", "GET 206", "GET 206"]);
  expect(new Set(requests.map(({ path }) => path)).size).toBe(4);
});

test("it goes on any number of times, as long as something comes", async () => {
  const cuts = Array.from({ length: 12 }, () => breakAfter(50_000));
  expect((await readThrough(cuts)).equals(CONTENT.bytes)).toBe(true);
});

test("it gives up when nothing comes any more", async () => {
  const client = await openRepo(hub);
  const commit = await putLarge(client, "net.bin", CONTENT);
  await hub.setFaults({ ...OBJECT, times: 0, action: { kind: "truncate", bytes: 1 } });
  const { stream } = (await client.open(commit, "net.bin", NEVER)) ?? {};
  const reader = stream?.getReader();
  expect((await reader?.read())?.value).toHaveLength(1);
  await hub.clearFaults();
  await hub.setFaults({ ...OBJECT, times: 0, action: { kind: "drop-before" } });
  expect(await kindOf(Promise.resolve(reader?.read()))).toBe("offline");
});

test("an end that comes too early is no end", async () => {
  const short = (response: Response): Response => {
    const copy = copyOf(response, CONTENT.body.slice(0, 1000));
    copy.headers.set("Content-Length", "700000");
    return copy;
  };
  expect((await readThrough([short])).equals(CONTENT.bytes)).toBe(true);
});

test("a server that knows no ranges begins anew, and what is known is passed over", async () => {
  const whole = (): Response => copyOf(new Response(null), CONTENT.body);
  const read = await readThrough([breakAfter(300_001), whole]);
  expect(read.equals(CONTENT.bytes)).toBe(true);
});

test("a size that counted bytes packed for the way is none", async () => {
  const packed = (response: Response): Response => {
    const copy = copyOf(response, "abc");
    copy.headers.set("Content-Length", "900");
    copy.headers.set("Content-Encoding", "br");
    return copy;
  };
  expect((await readThrough([packed])).toString()).toBe("abc");
});

test("a wrong length that counted more than there is ends where the bytes end", async () => {
  const longer = (response: Response): Response => {
    const copy = copyOf(response, CONTENT.body);
    copy.headers.set("Content-Length", "700009");
    return copy;
  };
  expect((await readThrough([longer])).equals(CONTENT.bytes)).toBe(true);
});

test.each(["bytes 5-699999/700000", "bytes 300001-699999/700001", "junk"])(
  "a range %j doesn't go on with the file",
  async (range) => {
    const shifted = (response: Response): Response => {
      const copy = copyOf(response, response.body);
      copy.headers.set("Content-Range", range);
      return copy;
    };
    // It may be another kind of fault the next time, but never other bytes.
    const kind = kindOf(readThrough([breakAfter(300_001), shifted]));
    expect(await kind).toBe("odd_answer");
  },
);

test("the person may stop it, and so may who reads", async () => {
  const client = await openRepo(hub);
  const commit = await putLarge(client, "net.bin", CONTENT);
  const stop = new AbortController();
  const reader = (await client.open(commit, "net.bin", stop.signal))?.stream.getReader();
  expect((await reader?.read())?.done).toBe(false);
  stop.abort();
  await expect(reader?.read()).rejects.toMatchObject({ code: "aborted" });
  const other = await client.open(commit, "net.bin", NEVER);
  await other?.stream.cancel();
  await expect(client.open(commit, "net.bin", stop.signal)).rejects.toMatchObject({
    code: "aborted",
  });
});

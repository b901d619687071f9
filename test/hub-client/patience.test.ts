// Nothing is waited for without an end, and a person's stop ends every wait.
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { createHub } from "../../src/hub/create-hub.ts";
import type { Hub, HubOptions } from "../../src/hub/hub.ts";
import { sendingMs, USUAL_PACE } from "../../src/hub/pace.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import {
  clientOf,
  commitOps,
  kindOf,
  NEVER,
  openRepo,
  putLarge,
  SILENT,
  someBytes,
} from "./open-repo.ts";

const LONG = { kind: "delay", ms: 600_000 } as const;
const HURRIED = { firstByteMs: 5, commitMs: 5, stallMs: 5 };
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  vi.useRealTimers();
  await hub.clearFaults();
});

test("a hub that doesn't answer is given up: reads after four times, a commit after one", async () => {
  const patient = await openRepo(hub);
  const client = clientOf(hub, patient.target, { pace: HURRIED });
  await hub.setFaults({ times: 0, action: LONG });
  await hub.clearRequests();
  expect(await kindOf(client.repoInfo(NEVER))).toBe("timeout");
  expect(await hub.requests()).toHaveLength(4);
  await hub.clearRequests();
  expect(await kindOf(commitOps(client, []))).toBe("timeout");
  expect(await hub.requests()).toHaveLength(1);
  expect(client.log.map(({ status }) => status)).toEqual([null, null, null, null, null]);
});

test("an upload that doesn't move is given up", async () => {
  const patient = await openRepo(hub);
  const client = clientOf(hub, patient.target, { pace: { stallMs: 5 } });
  const { body, object } = await someBytes(100);
  await hub.setFaults({ host: "storage", times: 0, action: LONG });
  const [plan] = await client.planUploads([object], NEVER);
  if (plan === undefined || plan.kind === "present") throw new Error("nothing to send");
  expect(await kindOf(client.upload(plan, body, null, SILENT, NEVER))).toBe("timeout");
});

/** A client whose answers begin and then say nothing more. */
function stalling(options: Partial<HubOptions> = {}): Hub {
  return createHub({
    target: { hubUrl: "http://hub.test", type: "dataset", repo: "ada/nets" },
    token: () => null,
    pace: { retryMs: 1, stallMs: 5 },
    fetch: async (_url, init) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new Uint8Array(3));
          init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
        },
      });
      return new Response(body);
    },
    ...options,
  });
}

test("an answer that stops in its middle is given up", async () => {
  expect(await kindOf(stalling().repoInfo(NEVER))).toBe("timeout");
  expect(await kindOf(stalling().readHead("a", NEVER))).toBe("timeout");
});

test("a stream that stops is gone on with, and what isn't read may lie for ever", async () => {
  const client = await openRepo(hub);
  const content = await someBytes(50_000);
  const commit = await putLarge(client, "net.bin", content);
  let calls = 0;
  const hurried = clientOf(hub, client.target, {
    pace: { stallMs: 300_000 },
    fetch: async (...request) => {
      calls += 1;
      if (calls > 1) return fetch(...request);
      const [url, init] = request;
      return stallAfter(await fetch(url, init), 1000, init?.signal);
    },
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const opened = await hurried.open(commit, "net.bin", NEVER);
  await vi.advanceTimersByTimeAsync(900_000);
  const reader = opened?.stream.getReader();
  const pieces = [(await reader?.read())?.value];
  await vi.advanceTimersByTimeAsync(900_000);
  const next = reader?.read();
  await vi.advanceTimersByTimeAsync(300_000);
  await vi.advanceTimersByTimeAsync(10);
  for (let piece = await next; piece?.value !== undefined; piece = await reader?.read())
    pieces.push(piece.value);
  expect(Buffer.concat(pieces.flatMap((piece) => piece ?? [])).equals(content.bytes)).toBe(true);
  expect(calls).toBe(2);
});

/** Lets some bytes through, and then nothing until it is aborted. */
async function stallAfter(
  response: Response,
  bytes: number,
  signal: AbortSignal | null | undefined,
): Promise<Response> {
  const all = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(all.slice(0, bytes));
      signal?.addEventListener("abort", () => controller.error(signal.reason));
    },
  });
  return new Response(body, { headers: { "Content-Length": String(all.length) } });
}

test("a text that never ends is given up before it fills the memory", async () => {
  const endless = stalling({
    fetch: async () => {
      const piece = new Uint8Array(16 * 1024 ** 2);
      return new Response(
        new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(piece) }),
      );
    },
  });
  expect(await kindOf(endless.readText("0".repeat(40), "a", NEVER))).toBe("odd_answer");
});

test("a person's stop ends each wait", async () => {
  const client = await openRepo(hub);
  await hub.setFaults({ times: 0, action: LONG });
  const { object } = await someBytes(10);
  const asks: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
    (signal) => client.repoInfo(signal),
    (signal) => client.readHead("a", signal),
    (signal) => client.whoAmI(signal),
    (signal) => client.planUploads([object], signal),
    (signal) => client.commit({ title: "x", description: "", ops: [], parent: null }, signal),
    (signal) => client.open("0".repeat(40), "a", signal),
    (signal) => client.isLfs("a", signal),
  ];
  for (const ask of asks) {
    await hub.clearRequests();
    const stop = new AbortController();
    const asked = ask(stop.signal);
    await expect.poll(async () => (await hub.requests()).length).toBe(1);
    stop.abort(new Error("a reason of somebody's own"));
    await expect(asked).rejects.toMatchObject({ code: "aborted" });
  }
});

test("it ends the pause before the next try, too", async () => {
  const stop = new AbortController();
  const client = stalling({
    pace: { retryMs: 600_000 },
    fetch: async () => {
      queueMicrotask(() => stop.abort());
      throw new TypeError("fetch failed");
    },
  });
  const error: unknown = await client.repoInfo(stop.signal).catch((thrown: unknown) => thrown);
  expect(isCairnError(error, "aborted")).toBe(true);
});

test("the usual patience: half a minute for an answer, more for a commit and for many bytes", () => {
  expect(USUAL_PACE).toEqual({
    firstByteMs: 30_000,
    commitMs: 90_000,
    stallMs: 60_000,
    retryMs: 500,
  });
  expect(sendingMs(64_000_000)).toBe(1_000_000);
});

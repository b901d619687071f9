// The log of a remote: the newest lines, by remote, in pages; and which requests are worth one.
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { RemoteUid } from "../../src/core/sync/remote.ts";
import type { HubRequest } from "../../src/hub/hub.ts";
import { lineOfFailure, lineOfRequest } from "../../src/sync/log-text.ts";
import { withRequestLog } from "../../src/sync/request-log.ts";
import { LOG_ROWS, readLog, writeLog, type LogLine } from "../../src/sync/sync-log.ts";
import { startHub } from "../hub/client.ts";
import { openHarness } from "../support/service-harness.ts";
import { syncCtxOf, type TestSyncCtx } from "./sync-ctx.ts";
import { failure, REMOTE, remoteRow } from "./tabs.ts";

const OTHER = "01OTHER" as RemoteUid;

async function open(): Promise<TestSyncCtx> {
  const { ctx } = await openHarness();
  await ctx.db.put("remotes", remoteRow());
  await ctx.db.put("remotes", remoteRow({ uid: OTHER, repo: "ada/other" }));
  return syncCtxOf(ctx);
}

const lines = (from: number, to: number): readonly LogLine[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ level: "info", text: `line ${from + i}` }));
const texts = (rows: readonly { readonly text: string }[]): readonly string[] =>
  rows.map(({ text }) => text);

test("the newest lines are kept, of each remote as many", async () => {
  const sync = await open();
  await writeLog(sync, OTHER, lines(1, 3));
  await writeLog(sync, REMOTE, lines(1, LOG_ROWS));
  await writeLog(sync, REMOTE, lines(LOG_ROWS + 1, LOG_ROWS + 2));
  const kept = await readLog(sync.db, REMOTE, null, 2 * LOG_ROWS);
  expect([kept.length, kept[0]?.text, kept.at(-1)?.text]).toEqual([
    LOG_ROWS,
    "line 1002",
    "line 3",
  ]);
  expect(texts(await readLog(sync.db, OTHER, null, 10))).toEqual(["line 3", "line 2", "line 1"]);
});

test("pages follow each other, whatever is written meanwhile", async () => {
  const sync = await open();
  await writeLog(sync, REMOTE, lines(1, 5));
  const first = await readLog(sync.db, REMOTE, null, 2);
  await writeLog(sync, REMOTE, lines(6, 7));
  await writeLog(sync, OTHER, lines(1, 2));
  const second = await readLog(sync.db, REMOTE, first.at(-1)?.key ?? 0, 2);
  const third = await readLog(sync.db, REMOTE, second.at(-1)?.key ?? 0, 2);
  expect([first, second, third].map(texts)).toEqual([
    ["line 5", "line 4"],
    ["line 3", "line 2"],
    ["line 1"],
  ]);
});

test("every tab hears of a line, whole", async () => {
  const sync = await open();
  await writeLog(sync, REMOTE, [{ level: "note", text: "a note", project: "digits" }]);
  const [row] = await readLog(sync.db, REMOTE, null, 1);
  expect(row).toMatchObject({ level: "note", project: "digits", requestId: null });
  expect(sync.told).toEqual([{ kind: "logged", remote: REMOTE, row }]);
});

test("of a remote that is disconnected nothing is written any more", async () => {
  const sync = await open();
  await sync.db.delete("remotes", REMOTE);
  await writeLog(sync, REMOTE, lines(1, 1));
  expect(await sync.db.count("syncLog")).toBe(0);
  expect(sync.told).toEqual([]);
});

const request = (status: number | null, requestId: string | null = "id-1"): HubRequest => ({
  method: "GET",
  path: "/api/datasets/ada/models",
  status,
  requestId,
  ms: 1_234,
});

test.each<[status: number | null, text: string | undefined]>([
  [200, undefined],
  [302, undefined],
  [404, undefined],
  [412, undefined],
  [429, "GET /api/datasets/ada/models was answered with 429 after 1.2 s."],
  [500, "GET /api/datasets/ada/models was answered with 500 after 1.2 s."],
  [null, "GET /api/datasets/ada/models wasn't answered after 1.2 s."],
])("a request answered with %s", (status, text) => {
  expect(lineOfRequest(request(status))?.text).toBe(text);
});

test("a failure brings its request's id", () => {
  const error = failure("full", "id-2");
  expect(lineOfFailure(error, error.message)).toEqual({
    level: "error",
    text: error.message,
    requestId: "id-2",
  });
});

test("requests of a round that fail are lines; others, those of the cancelled and the offline are not", async () => {
  const hub = await startHub();
  try {
    const sync = await open();
    sync.hubTokens.set(hub.url, "hf_ada");
    const target = { hubUrl: hub.url, type: "dataset", repo: "ada/models" } as const;
    await hub.setFaults({
      path: "/api/datasets/",
      action: { kind: "status", status: 503 },
      times: 1,
    });
    const abort = new AbortController();
    const logged = withRequestLog(sync, REMOTE, abort.signal);
    const calm = withRequestLog({ ...sync, isOnline: () => false }, REMOTE, abort.signal);
    await logged.openHub(target).repoInfo(abort.signal);
    await expect
      .poll(() => readLog(sync.db, REMOTE, null, 9))
      .toMatchObject([{ level: "error", text: expect.stringContaining("503") as string }]);
    const [row] = await readLog(sync.db, REMOTE, null, 1);
    expect(row?.requestId).toEqual(expect.any(String));
    await hub.setFaults({
      path: "/api/datasets/",
      action: { kind: "status", status: 503 },
      times: 1,
    });
    await calm.openHub(target).repoInfo(abort.signal);
    await hub.setFaults({
      path: "/api/datasets/",
      action: { kind: "status", status: 503 },
      times: 1,
    });
    abort.abort();
    const { signal } = new AbortController();
    await logged.openHub(target).repoInfo(signal);
    expect(await readLog(sync.db, REMOTE, null, 9)).toHaveLength(1);
  } finally {
    await hub.stop();
  }
});

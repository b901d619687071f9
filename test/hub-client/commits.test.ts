// Commits: atomic, by compare-and-swap, and sent once.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import { DEFAULT_LIMITS } from "../hub/server/settings.ts";
import {
  clientOf,
  commitOps,
  failure,
  kindOf,
  NEVER,
  openRepo,
  send,
  someBytes,
  tried,
} from "./open-repo.ts";

const COMMIT = { method: "POST", path: "/commit/" } as const;
const TEXT = { kind: "text", path: "a.txt", text: "a" } as const;
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.clearRequests();
  await hub.setLimits(DEFAULT_LIMITS);
});

test("[S2] all of a round lands at once", async () => {
  const client = await openRepo(hub);
  const { body, object } = await someBytes(5000);
  await send(client, body, object);
  const before = await commitOps(client, [
    { kind: "text", path: "old/deep/x.txt", text: "x" },
    { kind: "text", path: "gone.txt", text: "x" },
  ]);
  // Longer than a piece of base64 and than what of it is held, and no multiple of anything.
  const long = "é✓𝄞\n".repeat(30_001);
  const commit = await client.commit(
    {
      title: "Cairn: 1 version",
      description: "by Chrome on Linux",
      parent: before,
      ops: [
        { kind: "text", path: "cairn/index.json", text: long },
        { kind: "text", path: "empty.txt", text: "" },
        { kind: "pointer", path: "artifacts/net.bin", object },
        { kind: "delete", path: "gone.txt" },
        { kind: "delete-folder", path: "old" },
      ],
    },
    NEVER,
  );
  expect(await client.readText(commit, "cairn/index.json", NEVER)).toBe(long);
  const paths = ["empty.txt", "artifacts/net.bin", "gone.txt", "old/deep/x.txt"];
  expect(await client.pathsInfo(commit, paths, NEVER)).toEqual([
    { path: "empty.txt", type: "file", sizeBytes: 0, sha256: null },
    { path: "artifacts/net.bin", type: "file", sizeBytes: 5000, sha256: object.sha256 },
  ]);
  expect((await client.readHead("none", NEVER)).commit).toBe(commit);
});

test("[S3] whoever read an older head is told so, and nothing is written", async () => {
  const client = await openRepo(hub);
  const { commit: parent } = await client.readHead("none", NEVER);
  const commit = (): Promise<string> =>
    client.commit({ title: "x", description: "", ops: [TEXT], parent }, NEVER);
  const won = await commit();
  expect(await kindOf(commit())).toBe("changed");
  expect((await client.readHead("none", NEVER)).commit).toBe(won);
});

test("a pointer to bytes that are not there is refused", async () => {
  const client = await openRepo(hub);
  const { object } = await someBytes(10);
  const pointed = failure(commitOps(client, [{ kind: "pointer", path: "a.bin", object }]));
  expect(await pointed).toMatchObject({
    kind: "missing_object",
    detail: expect.stringContaining("Offending file: - a.bin"),
  });
});

test("limits of the hub have their names", async () => {
  const space = await openRepo(hub, { type: "space" });
  const client = await openRepo(hub);
  await hub.setLimits({ commitsPerHour: 0 });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe("commit_rate");
  await hub.setLimits({ commitsPerHour: null, commitPayloadBytes: 10 });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe("too_large");
  await hub.setLimits({ commitPayloadBytes: 1e9, spaceBytes: 100 });
  expect(await kindOf(commitOps(space, [TEXT]))).toBe("full");
  await hub.setLimits({ spaceBytes: 1e9, apiRequests: 0 });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe("rate");
});

test("a token that may only read may not commit, and one that is over says so", async () => {
  const client = await openRepo(hub);
  await hub.addToken({ token: "hf_read", user: "ada", role: "read" });
  await hub.addToken({ token: "hf_over", user: "ada", role: "write", expiresAt: 1 });
  const as = (token: string | null): Promise<string> =>
    kindOf(commitOps(clientOf(hub, client.target, { token: async () => token }), [TEXT]));
  expect(await as("hf_read")).toBe("forbidden");
  expect(await as("hf_over")).toBe("signed_out");
  expect(await as(null)).toBe("signed_out");
  // It could not even stand in a header.
  expect(await as("hf_✓")).toBe("signed_out");
});

test.each([
  ["drop-before", "offline", false],
  ["drop-after", "offline", true],
] as const)("a commit that meets %s is not sent again", async (kind, expected, isThere) => {
  const client = await openRepo(hub);
  await hub.clearRequests();
  await hub.setFaults({ ...COMMIT, action: { kind } });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe(expected);
  expect(tried(await hub.requests(), /commit/)).toHaveLength(1);
  expect((await client.readHead("a.txt", NEVER)).text).toBe(isThere ? "a" : null);
});

test.each([500, 502, 503, 504])("nor is one that is answered with %i", async (status) => {
  const client = await openRepo(hub);
  await hub.clearRequests();
  await hub.setFaults({ ...COMMIT, action: { kind: "status", status, afterApplying: true } });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe("server");
  expect(tried(await hub.requests(), /commit/)).toHaveLength(1);
  expect((await client.readHead("a.txt", NEVER)).text).toBe("a");
});

test.each(["", "{}", "[]", "null", '{"commitOid":"main"}'])(
  "an answer %j to a commit leaves open whether it happened",
  async (body) => {
    const client = await openRepo(hub);
    await hub.setFaults({ ...COMMIT, action: { kind: "status", status: 200, body } });
    expect(await kindOf(commitOps(client, [TEXT]))).toBe("server");
  },
);

test("an answer that breaks off leaves it open, too", async () => {
  const client = await openRepo(hub);
  await hub.setFaults({ ...COMMIT, action: { kind: "truncate", bytes: 5 } });
  expect(await kindOf(commitOps(client, [TEXT]))).toBe("offline");
  expect((await client.readHead("a.txt", NEVER)).text).toBe("a");
});

test("a commit that should not begin isn't sent", async () => {
  const client = await openRepo(hub);
  await hub.clearRequests();
  const commit = client.commit(
    { title: "x", description: "", ops: [TEXT], parent: null },
    AbortSignal.abort(),
  );
  await expect(commit).rejects.toMatchObject({ code: "aborted" });
  expect(await hub.requests()).toEqual([]);
});

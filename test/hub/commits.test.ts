// Commits: compare-and-swap, all or nothing, and what is refused.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { DEFAULT_LIMITS } from "./server/settings.ts";
import { file, json, payload, refusal, talkTo, type Operation, type Talk } from "./talk.ts";

const PATTERN = "artifacts/**/* filter=lfs diff=lfs merge=lfs -text\n";
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
  repos += 1;
  repo = `datasets/ada/repo-${repos}`;
  await ada.create(`repo-${repos}`);
});

const head = async (): Promise<string> =>
  (await json<{ sha: string }>(ada.send("GET", `/api/${repo}?expand[]=sha`))).sha;
const raw = async (path: string): Promise<string> =>
  (await ada.send("GET", `/${repo}/raw/main/${path}`)).text();
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const pointer = (path: string, oid: string, size?: number): Operation => [
  "lfsFile",
  { path, algo: "sha256", oid, ...(size !== undefined && { size }) },
];

test("a commit moves the branch and says where it is", async () => {
  const before = await head();
  const answer = await json<{ commitOid: string }>(ada.commit(repo, [file("a.txt", "a")]));
  expect(answer).toEqual({
    success: true,
    commitOid: await head(),
    commitUrl: `${hub.url}/${repo}/commit/${answer.commitOid}`,
    hookOutput: "",
  });
  expect(answer.commitOid).not.toBe(before);
  expect(await raw("a.txt")).toBe("a");
  expect((await ada.send("GET", `/${repo}/raw/${before}/a.txt`)).status).toBe(404);
});

test("what a commit holds never changes", async () => {
  const first = await json<{ commitOid: string }>(ada.commit(repo, [file("a/b/1", "1")]));
  await ada.commit(repo, [file("a/b/2", "2"), ["deletedFile", { path: "a/b/1" }]]);
  const old = `/${repo}/raw/${first.commitOid}`;
  expect(await (await ada.send("GET", `${old}/a/b/1`)).text()).toBe("1");
  expect((await ada.send("GET", `${old}/a/b/2`)).status).toBe(404);
  expect((await ada.send("GET", `/${repo}/raw/main/a/b/1`)).status).toBe(404);
});

test("of two commits on one parent the second is refused with 412", async () => {
  const parentCommit = await head();
  expect((await ada.commit(repo, [file("a", "1")], { parentCommit })).status).toBe(200);
  expect(await refusal(ada.commit(repo, [file("a", "2")], { parentCommit }))).toEqual([
    412,
    "The branch was updated since you opened this page. Please refresh and try again.",
  ]);
  expect(await raw("a")).toBe("1");
  expect((await ada.commit(repo, [file("a", "2")])).status).toBe(200);
});

test("many at once: one wins", async () => {
  const parentCommit = await head();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => ada.commit(repo, [file("a", `${n}`)], { parentCommit })),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  expect(answers.filter(({ status }) => status === 412).length).toBe(7);
});

test("a commit with one bad operation does nothing", async () => {
  const before = await head();
  const answer = await ada.commit(repo, [file("a", "a"), ["deletedFile", { path: "none" }]]);
  expect(await refusal(answer)).toEqual([404, "A file with this name doesn't exist: none"]);
  expect(await head()).toBe(before);
});

test("files and folders are deleted, and folders that become empty go", async () => {
  await ada.commit(repo, [file("a/b/1", "1"), file("a/c/2", "2"), file("a/c/3", "3")]);
  await ada.commit(repo, [["deletedFile", { path: "a/b/1" }]]);
  const paths = async (): Promise<string[]> =>
    (await json<{ path: string }[]>(ada.send("GET", `/api/${repo}/tree/main?recursive=true`))).map(
      ({ path }) => path,
    );
  expect(await paths()).toEqual([".gitattributes", "a", "a/c", "a/c/2", "a/c/3"]);
  await ada.commit(repo, [["deletedFolder", { path: "a/" }]]);
  expect(await paths()).toEqual([".gitattributes"]);
});

test("a pointer needs no upload and no size once the repo has the object", async () => {
  const content = bytes("weights");
  const oid = await ada.upload(repo, content);
  expect((await ada.commit(repo, [pointer("a.bin", oid, 7)])).status).toBe(200);
  expect((await ada.commit(repo, [pointer("b.bin", oid)])).status).toBe(200);
  expect(await raw("b.bin")).toBe(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 7\n`,
  );
  expect((await ada.commit(repo, [pointer("c.bin", oid, 8)])).status).toBe(400);
});

test("a pointer to nothing is refused, and another repo's object is nothing", async () => {
  await ada.create("elsewhere");
  const oid = await ada.upload("datasets/ada/elsewhere", bytes("weights"));
  expect((await refusal(ada.commit(repo, [pointer("a.bin", oid, 7)])))[1]).toBe(
    "Your push was rejected because an LFS pointer pointed to a file that does not exist. " +
      "Please see the documentation on large files. Offending file: - a.bin",
  );
});

test("an object no commit pointed to is dropped in time, a committed one never", async () => {
  const kept = await ada.upload(repo, bytes("kept"));
  const dropped = await ada.upload(repo, bytes("dropped"));
  await ada.commit(repo, [pointer("kept.bin", kept)]);
  await ada.commit(repo, [["deletedFile", { path: "kept.bin" }]]);
  expect(await hub.collectGarbage()).toBeGreaterThanOrEqual(1);
  expect((await ada.commit(repo, [pointer("dropped.bin", dropped)])).status).toBe(400);
  expect((await ada.commit(repo, [pointer("kept.bin", kept)])).status).toBe(200);
});

test("attributes grow by a line for each path no pattern covers, and not at all where one does", async () => {
  const oid = await ada.upload(repo, bytes("x"));
  const before = await raw(".gitattributes");
  await ada.commit(repo, [pointer("data one.xyz", oid), pointer("known.safetensors", oid)]);
  const line = "data[[:space:]]one.xyz filter=lfs diff=lfs merge=lfs -text\n";
  expect(await raw(".gitattributes")).toBe(before + line);
  await ada.commit(repo, [pointer("data one.xyz", oid)]);
  expect(await raw(".gitattributes")).toBe(before + line);
  await ada.commit(repo, [file(".gitattributes", PATTERN), pointer("artifacts/m/v0/a.txt", oid)]);
  await ada.commit(repo, [pointer("artifacts/m/v1/deep/er/a.txt", oid)]);
  expect(await raw(".gitattributes")).toBe(PATTERN);
});

test("attributes that outgrow 10 MiB end a repo", async () => {
  const oid = await ada.upload(repo, bytes("x"));
  await ada.commit(repo, [file(".gitattributes", "#".repeat(10 * 1024 ** 2 - 10))]);
  expect(await refusal(ada.commit(repo, [pointer("one.xyz", oid)]))).toEqual([
    400,
    expect.stringContaining("larger than 10 MiB") as string,
  ]);
});

test.each([
  ["bytes that are no text", Buffer.from([0xff, 0xfe]), "binary files"],
  ["a NUL", Buffer.from("a\0b"), "binary files"],
  ["more than 10 MiB", Buffer.alloc(10 * 1024 ** 2 + 1, "a"), "larger than 10 MiB"],
])("a regular file of %s is refused", async (_what, content, reason) => {
  const value = { path: "a", content: content.toString("base64"), encoding: "base64" };
  expect(await refusal(ada.commit(repo, [["file", value]]))).toEqual([
    400,
    expect.stringContaining(reason) as string,
  ]);
});

test("a regular file may be sent as text, be empty, or have 10 MiB", async () => {
  const most = "a".repeat(10 * 1024 ** 2);
  const utf8 = ["file", { path: "b", content: "é", encoding: "utf-8" }] as const;
  expect((await ada.commit(repo, [file("a", ""), utf8, file("c", most)])).status).toBe(200);
  expect(await raw("b")).toBe("é");
});

test("a folder holds no more than its limit", async () => {
  await hub.setLimits({ folderEntries: 3 });
  const names = (folder: string, count: number): Operation[] =>
    Array.from({ length: count }, (_, n) => file(`${folder}/${n}`, ""));
  expect((await ada.commit(repo, [...names("a", 3), ...names("b", 3)])).status).toBe(200);
  expect(await refusal(ada.commit(repo, [file("a/3", "")]))).toEqual([
    400,
    expect.stringContaining("too many files in one folder (at most 3)") as string,
  ]);
  expect((await ada.commit(repo, [["deletedFile", { path: "a/0" }], file("a/3", "")])).status).toBe(
    200,
  );
});

test("10,000 files in a folder are the real limit", async () => {
  const names = Array.from({ length: 10_001 }, (_, n) => file(`a/${n}`, ""));
  expect((await ada.commit(repo, names.slice(0, 10_000))).status).toBe(200);
  expect((await ada.commit(repo, names.slice(10_000))).status).toBe(400);
});

test("a payload has a limit, in bytes and in LFS files", async () => {
  const oid = await ada.upload(repo, bytes("x"));
  await hub.setLimits({ commitPayloadBytes: 1000, lfsOperations: 1 });
  expect((await ada.commit(repo, [file("a", "a".repeat(1000))])).status).toBe(413);
  expect((await ada.commit(repo, [pointer("a", oid), pointer("b", oid)])).status).toBe(413);
});

test.each(["", "/a", "a//b", "../a", "a/./b", ".git/config"])(
  "the path %j is refused",
  async (path) => {
    expect((await ada.commit(repo, [file(path, "")])).status).toBe(400);
  },
);

test("a path is a file or a folder", async () => {
  await ada.commit(repo, [file("a", "")]);
  expect((await ada.commit(repo, [file("a/b", "")])).status).toBe(400);
  await ada.commit(repo, [file("c/d", "")]);
  expect((await ada.commit(repo, [file("c", "")])).status).toBe(400);
});

test("what is no commit is refused", async () => {
  const send = (body: string): Promise<Response> =>
    ada.send("POST", `/api/${repo}/commit/main`, body);
  expect((await send("not json")).status).toBe(400);
  expect((await send(JSON.stringify({ key: "file", value: { path: "a" } }))).status).toBe(400);
  expect((await send(payload([], { summary: "" }))).status).toBe(400);
  expect((await ada.send("POST", `/api/${repo}/commit/none`, payload([]))).status).toBe(404);
});

test("more commits than the quota are refused, in words of their own", async () => {
  await hub.setLimits({ commitsPerHour: 2 });
  await hub.advance(3_600_000);
  for (const text of ["1", "2"])
    expect((await ada.commit(repo, [file("a", text)])).status).toBe(200);
  expect(await refusal(ada.commit(repo, [file("a", "3")]))).toEqual([
    429,
    "You have exceeded the rate limit for repository commits (2 per hour). " +
      "You can retry this action in about 1 hour.",
  ]);
  await hub.advance(3_600_000);
  expect((await ada.commit(repo, [file("a", "3")])).status).toBe(200);
});

test("a Space holds 1 GB with its history, of regular files too", async () => {
  await ada.create("full", { type: "space", sdk: "static" });
  const { usedStorage } = await json<{ usedStorage: number }>(
    ada.send("GET", "/api/spaces/ada/full?expand[]=usedStorage"),
  );
  await hub.setLimits({ spaceBytes: usedStorage + 10 });
  expect((await ada.commit("spaces/ada/full", [file("a", "12345678")])).status).toBe(200);
  // Putting the same bytes elsewhere costs nothing; deleting gives nothing back.
  expect((await ada.commit("spaces/ada/full", [file("b", "12345678")])).status).toBe(200);
  await ada.commit("spaces/ada/full", [
    ["deletedFile", { path: "a" }],
    ["deletedFile", { path: "b" }],
  ]);
  expect(await refusal(ada.commit("spaces/ada/full", [file("c", "abc")]))).toEqual([
    403,
    expect.stringContaining("Repository storage limit reached (Max: ") as string,
  ]);
  expect(DEFAULT_LIMITS.spaceBytes).toBe(1e9);
});

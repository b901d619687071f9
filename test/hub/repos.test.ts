// Repos: who sees them, what is in them, page by page.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { file, json, refusal, talkTo, type Talk } from "./talk.ts";

let hub: TestHub;
let ada: Talk;
let guest: Talk;

beforeAll(async () => {
  hub = await startHub({
    users: [{ name: "ada" }, { name: "bob" }],
    tokens: [
      { token: "hf_ada", user: "ada", role: "write" },
      { token: "hf_bob", user: "bob", role: "write" },
      { token: "hf_reads", user: "ada", role: "read" },
      {
        token: "hf_fine",
        user: "ada",
        role: "fineGrained",
        repos: { "datasets/ada/mine": "write", "datasets/ada/other": "read" },
      },
    ],
  });
  ada = talkTo(hub);
  guest = talkTo(hub, null);
});
afterAll(() => hub.stop());

test("a repo is made once, in one's own namespace, by a token that may write", async () => {
  const made = await ada.create("once");
  expect(await json(made)).toEqual({
    url: `${hub.url}/datasets/ada/once`,
    name: "ada/once",
    id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
  });
  expect(await refusal(ada.create("Once"))).toEqual([
    409,
    "You already created this dataset repo: ada/Once",
  ]);
  expect((await ada.create("once", { type: "model" })).status).toBe(200);
  expect((await ada.create("x", { organization: "bob" })).status).toBe(403);
  expect((await talkTo(hub, "hf_reads").create("x")).status).toBe(403);
  expect((await guest.create("x")).status).toBe(401);
  expect((await ada.create("no/slash")).status).toBe(400);
  expect((await ada.create("space", { type: "space" })).status).toBe(400);
});

test("a deleted repo is gone", async () => {
  await ada.create("gone");
  const named = { name: "gone", organization: "ada", type: "dataset" };
  expect((await talkTo(hub, "hf_bob").send("DELETE", "/api/repos/delete", named)).status).toBe(403);
  expect((await ada.send("DELETE", "/api/repos/delete", named)).status).toBe(200);
  const after = await ada.send("GET", "/api/datasets/ada/gone");
  expect(after.status).toBe(404);
  expect(after.headers.get("X-Error-Code")).toBe("RepoNotFound");
  expect(after.headers.get("X-Error-Message")).toBe("Repository not found");
});

test("a private repo is absent for others: 404, and 401 without a token", async () => {
  await ada.create("secret", { visibility: "private" });
  const path = "/api/datasets/ada/secret";
  expect((await ada.send("GET", path)).status).toBe(200);
  expect((await talkTo(hub, "hf_reads").send("GET", path)).status).toBe(200);
  expect((await talkTo(hub, "hf_bob").send("GET", path)).status).toBe(404);
  expect((await talkTo(hub, "hf_fine").send("GET", path)).status).toBe(404);
  expect((await guest.send("GET", path)).status).toBe(401);
  expect((await talkTo(hub, "hf_wrong").send("GET", path)).status).toBe(401);
});

test("a fine-grained token writes to the repos it names", async () => {
  await ada.create("mine");
  await ada.create("other");
  const fine = talkTo(hub, "hf_fine");
  expect((await fine.commit("datasets/ada/mine", [file("a", "a")])).status).toBe(200);
  expect((await fine.commit("datasets/ada/other", [file("a", "a")])).status).toBe(403);
  expect((await fine.create("third")).status).toBe(403);
});

test("what is asked of a repo is what is said", async () => {
  await ada.create("described", { type: "space", sdk: "static" });
  const path = "/api/spaces/ada/described";
  const all = await json<Record<string, unknown>>(ada.send("GET", path));
  expect(all).toMatchObject({ id: "ada/described", sdk: "static", private: false, author: "ada" });
  const sha = await json<Record<string, unknown>>(
    ada.send("GET", `${path}/revision/main?expand[]=sha`),
  );
  expect(sha).toEqual({ _id: all["_id"], id: "ada/described", sha: all["sha"] });
  const absent = await ada.send("GET", `${path}/revision/nope`);
  expect([absent.status, absent.headers.get("X-Error-Code")]).toEqual([404, "RevisionNotFound"]);
});

test("a tree comes page by page", async () => {
  await ada.create("many");
  await hub.setLimits({ treePage: 3 });
  const names = ["a.txt", "b/1.txt", "b/2.txt", "b/c/3.txt", "d.txt"];
  await ada.commit(
    "datasets/ada/many",
    names.map((name) => file(name, name)),
  );
  const paths: string[] = [];
  let pages = 0;
  let next: string | undefined = "/api/datasets/ada/many/tree/main?recursive=true&expand=false";
  while (next !== undefined) {
    const page: Response = await ada.send("GET", next);
    paths.push(...(await json<{ path: string }[]>(page)).map(({ path }) => path));
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1];
    pages += 1;
  }
  expect(pages).toBe(3);
  expect(paths).toEqual([
    ".gitattributes",
    "a.txt",
    "b",
    "b/1.txt",
    "b/2.txt",
    "b/c",
    "b/c/3.txt",
    "d.txt",
  ]);
  const folder = await ada.send("GET", "/api/datasets/ada/many/tree/main/b");
  expect((await json<{ path: string }[]>(folder)).map(({ path }) => path)).toEqual([
    "b/1.txt",
    "b/2.txt",
    "b/c",
  ]);
  expect((await ada.send("GET", "/api/datasets/ada/many/tree/main/none")).status).toBe(404);
});

test("git's own ids are given", async () => {
  await ada.create("ids");
  await ada.commit("datasets/ada/ids", [file("hello/world.txt", "hello world\n")]);
  const info = await json<{ path: string; oid: string }[]>(
    ada.send("POST", "/api/datasets/ada/ids/paths-info/main", {
      paths: ["hello/world.txt", "hello", "none"],
    }),
  );
  // What `git hash-object` and `git mktree` say of them.
  expect(info.map(({ path, oid }) => [path, oid])).toEqual([
    ["hello/world.txt", "3b18e512dba79e4c8300dd08aeb37f8e728b8dad"],
    ["hello", "6656f770fa0c3357854a1edd9c2858a6e308ebef"],
  ]);
  await hub.setLimits({ pathsInfoPaths: 1 });
  const paths = ["a", "b"];
  const tooMany = await ada.send("POST", "/api/datasets/ada/ids/paths-info/main", { paths });
  expect(tooMany.status).toBe(413);
});

test("preupload tells how a file would be kept, and what is there", async () => {
  await ada.create("plans");
  await ada.commit("datasets/ada/plans", [file("old.txt", "old")]);
  const sample = (text: string): string => Buffer.from(text, "latin1").toString("base64");
  const ask = (files: unknown, more: object = {}): Promise<Response> =>
    ada.send("POST", "/api/datasets/ada/plans/preupload/main", { files, ...more });
  const { files } = await json<{ files: { path: string; uploadMode: string; oid?: string }[] }>(
    ask([
      { path: "old.txt", size: 3, sample: sample("new") },
      { path: "net.safetensors", size: 3, sample: sample("abc") },
      { path: "empty.bin", size: 0, sample: "" },
      { path: "nul", size: 3, sample: sample("a\0b") },
      { path: "latin", size: 4, sample: sample("caf\xe9") },
      // A sample may end within a letter.
      { path: "cut", size: 600, sample: Buffer.from("é").subarray(0, 1).toString("base64") },
      { path: "big.txt", size: 10 * 1024 ** 2, sample: sample("abc") },
    ]),
  );
  expect(files.map(({ path, uploadMode }) => [path, uploadMode])).toEqual([
    ["old.txt", "regular"],
    ["net.safetensors", "lfs"],
    ["empty.bin", "regular"],
    ["nul", "lfs"],
    ["latin", "lfs"],
    ["cut", "regular"],
    ["big.txt", "lfs"],
  ]);
  expect(files[0]?.oid).toBe("489ce0f857e7634a0eb9f328265a3e91fad49f61");
  const small = (path: string): unknown => ({ path, size: 1, sample: sample("a") });
  const own = await json<{ files: { uploadMode: string }[] }>(
    ask(["artifacts/m/v0/a.txt", "artifacts.txt", "artifacts/m/plain.txt"].map(small), {
      // The last line that matches a path counts.
      gitAttributes:
        "artifacts/**/* filter=lfs diff=lfs merge=lfs -text\nplain.txt -filter -diff -merge text\n",
    }),
  );
  expect(own.files.map(({ uploadMode }) => uploadMode)).toEqual(["lfs", "regular", "regular"]);
  const many = Array.from({ length: 257 }, (_, i) => ({ path: `${i}`, size: 1, sample: "" }));
  expect((await ask(many)).status).toBe(413);
});

test("commits are listed newest first, and counted", async () => {
  await ada.create("history");
  for (const summary of ["one", "two"])
    await ada.commit("datasets/ada/history", [], { summary, description: "why" });
  const page = await ada.send("GET", "/api/datasets/ada/history/commits/main?limit=2");
  expect(page.headers.get("X-Total-Count")).toBe("3");
  expect(page.headers.get("Link")).toContain("p=1");
  expect(await json(page)).toMatchObject([
    { title: "two", message: "why", authors: [{ user: "ada" }] },
    { title: "one" },
  ]);
});

test("branches are made, found and deleted", async () => {
  await ada.create("branches");
  const branch = "/api/datasets/ada/branches/branch/side";
  expect((await ada.send("POST", branch, {})).status).toBe(200);
  expect((await ada.send("POST", branch, {})).status).toBe(409);
  const refs = await json<{ branches: { name: string; targetCommit: string }[] }>(
    ada.send("GET", "/api/datasets/ada/branches/refs"),
  );
  expect(refs.branches.map(({ name }) => name)).toEqual(["main", "side"]);
  expect((await ada.send("DELETE", branch)).status).toBe(200);
  expect((await ada.send("DELETE", branch)).status).toBe(404);
});

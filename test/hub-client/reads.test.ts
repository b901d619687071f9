// Reading texts: the head and its index, files at a commit, lists.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TreeEntry } from "../../src/hub/hub.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { DEFAULT_LIMITS } from "../hub/server/settings.ts";
import {
  clientOf,
  commitOps,
  contentOf,
  failure,
  kindOf,
  newRepo,
  NEVER,
  openRepo,
  putLarge,
  someBytes,
  tried,
} from "./open-repo.ts";

const INDEX = "cairn/index.json";
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

/** Leaves the header out that says the commit, as a hub or a proxy may. */
const withoutCommit: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  const headers = new Headers(response.headers);
  headers.delete("X-Repo-Commit");
  const { status } = response;
  return new Response(await response.arrayBuffer(), { status, headers });
};

test.each(["space", "dataset", "model"] as const)(
  "[S2] the head of a %s and the text are of one answer",
  async (type) => {
    const client = await openRepo(hub, { type });
    const commit = await commitOps(client, [{ kind: "text", path: INDEX, text: "{}" }]);
    await hub.clearRequests();
    const head = await client.readHead(INDEX, NEVER);
    expect(head).toEqual({ commit, text: "{}", etag: expect.stringMatching(/^"[0-9a-f]{40}"$/) });
    expect(tried(await hub.requests(), /./)).toEqual(["GET 307", "GET 200"]);
  },
);

test("[S2] the head is read past every cache, and a request says no more than who asks", async () => {
  const plain = await openRepo(hub);
  const asked: (RequestInit | undefined)[] = [];
  const client = clientOf(hub, plain.target, {
    fetch: (url, init) => {
      asked.push(init);
      return fetch(url, init);
    },
  });
  const { commit } = await client.readHead(INDEX, NEVER);
  await client.readText(commit ?? "", INDEX, NEVER);
  await client.open(commit ?? "", INDEX, NEVER);
  expect(asked.map((init) => init?.cache)).toEqual(["no-store", undefined, undefined]);
  for (const init of asked) {
    expect(init?.headers).toEqual({ Authorization: "Bearer hf_ada" });
    expect(init?.credentials).toBe("omit");
  }
});

test("[S2] where there is no index, the 404 tells the head", async () => {
  const client = await openRepo(hub);
  const head = await client.readHead(INDEX, NEVER);
  expect(head).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), text: null, etag: null });
  expect(tried(await hub.requests(), /resolve/)).toEqual(["GET 404"]);
});

test("[S2] a hub that doesn't say the commit is asked for it first, and then for the file at it", async () => {
  const plain = await openRepo(hub);
  const client = clientOf(hub, plain.target, { fetch: withoutCommit });
  const first = await plain.readHead(INDEX, NEVER);
  expect(await client.readHead(INDEX, NEVER)).toEqual(first);
  const commit = await commitOps(plain, [{ kind: "text", path: INDEX, text: "{}" }]);
  await hub.clearRequests();
  expect(await client.readHead(INDEX, NEVER)).toMatchObject({ commit, text: "{}" });
  const paths = (await hub.requests()).map(({ path }) => path.replace(/.*\/(refs|resolve)/, "$1"));
  expect(paths).toContain("refs");
  expect(paths).toContain(`resolve/${commit}/${INDEX}`);
});

test("[S2] a repository without a commit has neither head nor index", async () => {
  const empty = await startHub({ initialGitAttributes: false });
  try {
    const client = await openRepo(empty);
    const nothing = { commit: null, text: null, etag: null };
    expect(await client.repoInfo(NEVER)).toMatchObject({ exists: true });
    expect(await client.readHead(INDEX, NEVER)).toEqual(nothing);
    const silent = clientOf(empty, client.target, { fetch: withoutCommit });
    expect(await silent.readHead(INDEX, NEVER)).toEqual(nothing);
    const commit = await commitOps(client, [{ kind: "text", path: INDEX, text: "{}" }]);
    expect(await client.readHead(INDEX, NEVER)).toMatchObject({ commit, text: "{}" });
  } finally {
    await empty.stop();
  }
});

test("a missing repository is not found, and says what it was", async () => {
  const client = clientOf(hub, newRepo());
  const { repo } = client.target;
  expect(await failure(client.readHead(INDEX, NEVER))).toMatchObject({
    kind: "not_found",
    remote: `the dataset ${repo}`,
    detail: "Repository not found",
    requestId: (await hub.requests()).at(-1)?.id,
  });
  const anonymous = clientOf(hub, client.target, { token: () => null });
  expect(await kindOf(anonymous.readHead(INDEX, NEVER))).toBe("signed_out");
});

test("texts at a commit stay what they were", async () => {
  const client = await openRepo(hub);
  const old = await commitOps(client, [{ kind: "text", path: "a.txt", text: "one" }]);
  const now = await commitOps(client, [{ kind: "text", path: "a.txt", text: "two" }]);
  expect(await client.readText(old, "a.txt", NEVER)).toBe("one");
  expect(await client.readText(now, "a.txt", NEVER)).toBe("two");
  expect(await client.readText(now, "b.txt", NEVER)).toBeNull();
  expect(await kindOf(client.readText("0".repeat(40), "a.txt", NEVER))).toBe("not_found");
});

test("texts kept as LFS are read, too, and no text is refused", async () => {
  const client = await openRepo(hub);
  const text = "\ufeffmany words\r\n";
  const content = await contentOf(new TextEncoder().encode(text));
  const commit = await putLarge(client, "log.lfs.json", content);
  // Nothing is left out of it, not even the mark at its beginning: digests are made of it.
  expect(await client.readText(commit, "log.lfs.json", NEVER)).toBe(text);
  const binary = await putLarge(client, "net.bin", await someBytes(100));
  expect(await kindOf(client.readText(binary, "net.bin", NEVER))).toBe("odd_answer");
});

test("a large file whose bytes are gone is a fault, not an absent file", async () => {
  const client = await openRepo(hub);
  const commit = await putLarge(client, "net.bin", await someBytes(100));
  const action = { kind: "status", status: 404 } as const;
  await hub.setFaults({ host: "storage", method: "GET", times: 0, action });
  expect(await kindOf(client.readText(commit, "net.bin", NEVER))).toBe("not_found");
  expect(await kindOf(client.open(commit, "net.bin", NEVER))).toBe("not_found");
});

test("any name works as a path", async () => {
  const client = await openRepo(hub);
  const paths = ["a b#c?d%25é.txt", "x#y%20z?/ü/%2e.txt", "'\"[1]().md"];
  const commit = await commitOps(
    client,
    paths.map((path) => ({ kind: "text", path, text: path })),
  );
  for (const path of paths) {
    expect(await client.readText(commit, path, NEVER)).toBe(path);
    expect((await client.readHead(path, NEVER)).text).toBe(path);
  }
  expect((await client.pathsInfo(commit, paths, NEVER)).map(({ path }) => path)).toEqual(paths);
  expect((await all(client.list(commit, "x#y%20z?", NEVER))).map(({ path }) => path)).toEqual([
    "x#y%20z?/ü",
    "x#y%20z?/ü/%2e.txt",
  ]);
});

async function all(entries: AsyncIterable<TreeEntry>): Promise<readonly TreeEntry[]> {
  const found: TreeEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

test("a folder is listed at any depth, page after page", async () => {
  const client = await openRepo(hub);
  await hub.setLimits({ treePage: 2 });
  const content = await someBytes(300);
  await putLarge(client, "a/net.bin", content);
  const commit = await commitOps(client, [
    { kind: "text", path: "a/deep/er/x.txt", text: "abc" },
    { kind: "text", path: "b.txt", text: "" },
  ]);
  const folder = (path: string): TreeEntry => ({
    path,
    type: "directory",
    sizeBytes: 0,
    sha256: null,
  });
  const inA = [
    folder("a/deep"),
    folder("a/deep/er"),
    { path: "a/deep/er/x.txt", type: "file", sizeBytes: 3, sha256: null },
    { path: "a/net.bin", type: "file", sizeBytes: 300, sha256: content.object.sha256 },
  ];
  expect(await all(client.list(commit, "a", NEVER))).toEqual(inA);
  expect(tried(await hub.requests(), /\/tree\//)).toEqual(["GET 200", "GET 200"]);
  expect((await all(client.list(commit, "", NEVER))).map(({ path }) => path)).toEqual([
    ".gitattributes",
    "a",
    ...inA.map(({ path }) => path),
    "b.txt",
  ]);
  expect(await all(client.list(commit, "none", NEVER))).toEqual([]);
  expect(await kindOf(all(client.list("0".repeat(40), "a", NEVER)))).toBe("not_found");
  expect(await kindOf(all(clientOf(hub, newRepo()).list(commit, "a", NEVER)))).toBe("not_found");
});

test("paths are asked for in bunches, and those that are there are told", async () => {
  const client = await openRepo(hub);
  const content = await someBytes(40);
  const commit = await putLarge(client, "net.bin", content);
  const paths = [...Array.from({ length: 700 }, (_, index) => `none-${index}`), "net.bin"];
  await hub.clearRequests();
  expect(await client.pathsInfo(commit, paths, NEVER)).toEqual([
    { path: "net.bin", type: "file", sizeBytes: 40, sha256: content.object.sha256 },
  ]);
  expect(tried(await hub.requests(), /paths-info/)).toHaveLength(2);
  expect(await client.pathsInfo(commit, [], NEVER)).toEqual([]);
});

test("whether a text would be LFS follows the repository's attributes", async () => {
  const client = await openRepo(hub);
  expect(await client.isLfs("artifacts/p/a/v0/x.txt", NEVER)).toBe(false);
  const text = "artifacts/**/* filter=lfs diff=lfs merge=lfs -text\n";
  await commitOps(client, [{ kind: "text", path: ".gitattributes", text }]);
  expect(await client.isLfs("artifacts/p/a/v0/x.txt", NEVER)).toBe(true);
  expect(await client.isLfs("cairn/index.json", NEVER)).toBe(false);
});

test("how a file would be kept makes no sense without JSON, and is no in any other shape", async () => {
  const client = await openRepo(hub);
  const answer = (body: string): Promise<void> =>
    hub.setFaults({ path: "/preupload/", action: { kind: "status", status: 200, body } });
  await answer("<html>");
  expect(await kindOf(client.isLfs("a", NEVER))).toBe("odd_answer");
  await answer('{"files":3}');
  expect(await client.isLfs("a", NEVER)).toBe(false);
  await answer('{"files":[null,{"path":"b","uploadMode":"lfs"}]}');
  expect(await client.isLfs("a", NEVER)).toBe(false);
});

test.each([
  '[{"type":"file"}]',
  '[{"type":"file","path":"a","size":-1}]',
  '[{"type":"file","path":"a","size":1,"lfs":{"oid":"x"}}]',
])("a list such as %s makes no sense", async (body) => {
  const client = await openRepo(hub);
  await hub.setFaults(
    { path: "/tree/", action: { kind: "status", status: 200, body } },
    { path: "/paths-info/", action: { kind: "status", status: 200, body } },
  );
  expect(await kindOf(all(client.list("main", "", NEVER)))).toBe("odd_answer");
  expect(await kindOf(client.pathsInfo("main", ["a"], NEVER))).toBe("odd_answer");
});

test("the token goes to the hub alone, wherever a list says that it goes on", async () => {
  const { target } = await openRepo(hub);
  const asked: { readonly url: string; readonly token: string | null }[] = [];
  const client = clientOf(hub, target, {
    fetch: async (url, init) => {
      asked.push({
        url: new Request(url).url,
        token: new Headers(init?.headers).get("Authorization"),
      });
      const headers = { Link: '<https://elsewhere.example/next>; rel="next"' };
      return new Response("[]", asked.length === 1 ? { headers } : {});
    },
  });
  for await (const entry of client.list("0".repeat(40), "cairn", NEVER)) expect(entry).toBeNull();
  expect(asked.map(({ token }) => token)).toEqual([expect.stringContaining("hf_ada"), null]);
  expect(asked[1]?.url).toBe("https://elsewhere.example/next");
});

// Publishing to a real test hub: what the Space holds then, whom it shows what, and what is left alone.
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readView } from "../../src/core/sync/view.ts";
import type { Published, PublishRequest } from "../../src/protocol/sync-api.ts";
import { publishSpace } from "../../src/sync/publish.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { file, talkTo, type Talk } from "../hub/talk.ts";
import { refusalOf } from "../support/errors.ts";
import { log } from "../support/service-harness.ts";
import { NEVER, openBytesWorld, type BytesWorld } from "./bytes-world.ts";
import { makeRepo, openDevice } from "./devices.ts";

const PAGE = `<!doctype html>
<html>
  <head>
    <title>Cairn</title>
    <meta name="build" content="0123456789ab" />
  </head>
</html>
`;
const PICTURE = new Uint8Array([137, 80, 78, 71, 0, 1, 2, 3]);
const APP: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  "index.html": PAGE,
  "sw.js": 'const p={version:"0123456789ab",files:["assets/a-1.js"]}',
  "assets/a-1.js": "export {};",
  "icons/icon.png": PICTURE,
  "icons/about.txt": "pictures",
};

let testHub: TestHub;
let ada: Talk;
let world: BytesWorld;

beforeAll(async () => {
  testHub = await startHub();
  ada = talkTo(testHub);
});
afterAll(() => testHub.stop());
beforeEach(async () => {
  world = await openBytesWorld(testHub);
});
afterEach(async () => {
  await testHub.clearFaults();
  world.close();
});

let spaces = 0;
const freshSpace = (): string => `ada/view-${++spaces}`;

function publish(
  space: string,
  files: typeof APP = APP,
  more: Partial<PublishRequest> = {},
): Promise<Published> {
  const request: PublishRequest = {
    space,
    title: `Nets & "<more>"`,
    home: null,
    files: Object.entries(files).map(([path, body]) => ({ path, body: new Blob([body]) })),
    ...more,
  };
  return publishSpace(world.sync, world.remote, request, world.meter, NEVER);
}

async function read(repo: string, path: string): Promise<string | null> {
  const answer = await fetch(`${testHub.url}/spaces/${repo}/resolve/main/${path}`);
  return answer.ok ? answer.text() : null;
}

/** Paths of all files but the hub's own. */
async function paths(repo: string): Promise<readonly string[]> {
  const answer = await ada.send("GET", `/api/spaces/${repo}/tree/main?recursive=true`);
  const rows = (await answer.json()) as { type: string; path: string }[];
  return rows.filter(({ type }) => type === "file").map(({ path }) => path);
}

const titles = async (repo: string): Promise<readonly string[]> =>
  (
    (await (await ada.send("GET", `/api/spaces/${repo}/commits/main`)).json()) as {
      title: string;
    }[]
  ).map(({ title }) => title);

const metaIn = (page: string, name: string): string | undefined =>
  new RegExp(`<meta name="${name}" content="([^"]*)"`)
    .exec(page)?.[1]
    ?.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));

test("a publish makes a static Space of the app's files in one commit, with a page that names the repository", async () => {
  const space = freshSpace();
  const published = await publish(space);
  expect(published).toEqual({
    url: expect.stringMatching(/^http:\/\/ada-view-\d+\.localhost:\d+\/$/) as string,
    pageUrl: `${testHub.url}/spaces/${space}`,
    commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
  });
  expect(await paths(space)).toEqual(
    expect.arrayContaining([...Object.keys(APP), "README.md", "cairn-app.json"]),
  );
  const page = (await read(space, "index.html")) ?? "";
  const { hubUrl, type, repo } = world.remote;
  expect(readView(metaIn(page, "cairn-view") ?? "")).toEqual({ hubUrl, type, repo });
  expect(page).toContain("<title>Nets &#38; &#34;&#60;more&#62;&#34;</title>");
  expect(metaIn(page, "cairn-home")).toBeUndefined();
  const card = (await read(space, "README.md")) ?? "";
  expect(card).toMatch(/^---\ntitle: "Nets & \\"<more>\\""\n/);
  expect(card).toContain("sdk: static\napp_file: index.html\npinned: false\n");
  expect(await titles(space)).toEqual(["Publish with Cairn", "initial commit"]);
});

test("pictures go as LFS by a line of their own, which leaves texts beside them alone", async () => {
  const space = freshSpace();
  await publish(space);
  const served = await fetch(`${testHub.url}/spaces/${space}/resolve/main/icons/icon.png`);
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(PICTURE);
  const attributes = (await read(space, ".gitattributes")) ?? "";
  const own = attributes.split("\n").filter((line) => line.startsWith("icons/"));
  expect(own).toEqual(["icons/*.png filter=lfs diff=lfs merge=lfs -text"]);
  const pointer = await fetch(`${testHub.url}/spaces/${space}/raw/main/icons/about.txt`);
  expect(await pointer.text()).toBe("pictures");
  // A second time adds no line.
  await publish(space);
  expect(await read(space, ".gitattributes")).toBe(attributes);
});

test("to the service worker each published page is a build of its own", async () => {
  const [one, other] = [freshSpace(), freshSpace()];
  await publish(one);
  await publish(other, APP, { title: "another title" });
  const [first, second] = await Promise.all(
    [one, other].map(async (space) => metaIn((await read(space, "index.html")) ?? "", "build")),
  );
  expect(first).toMatch(/^[0-9a-f]{12}$/);
  expect(new Set([first, second, "0123456789ab"]).size).toBe(3);
  expect(await read(one, "sw.js")).toBe(`const p={version:"${first}",files:["assets/a-1.js"]}`);
});

test("a renewal takes away what a former publish wrote and this one doesn't, and nothing else", async () => {
  const space = freshSpace();
  await publish(space);
  const page = `spaces/${space}`;
  await ada.commit(page, [
    file("notes.txt", "mine"),
    file("README.md", "---\nsdk: static\n---\nMy own words."),
  ]);
  const { "assets/a-1.js": _gone, ...rest } = APP;
  await publish(
    space,
    { ...rest, "assets/a-2.js": "export {};" },
    { home: "https://cairn.example/" },
  );
  const now = await paths(space);
  expect(now).not.toContain("assets/a-1.js");
  expect(now).toEqual(expect.arrayContaining(["assets/a-2.js", "notes.txt"]));
  expect(await read(space, "README.md")).toContain("My own words.");
  expect(metaIn((await read(space, "index.html")) ?? "", "cairn-home")).toBe(
    "https://cairn.example/",
  );
});

test("a list that names data, or what lies outside, deletes none of it", async () => {
  const space = freshSpace();
  await publish(space);
  await ada.commit(`spaces/${space}`, [
    file("cairn/index.json", "{}"),
    file(
      "cairn-app.json",
      JSON.stringify({
        files: ["cairn/index.json", "README.md", "../x", ".gitattributes", 5, "never/there.js"],
      }),
    ),
  ]);
  await publish(space);
  expect(await paths(space)).toEqual(
    expect.arrayContaining(["cairn/index.json", "README.md", ".gitattributes"]),
  );
});

test("somebody who commits meanwhile is not overwritten", async () => {
  const space = freshSpace();
  await publish(space);
  await testHub.setFaults({
    method: "POST",
    path: "/commit/",
    nth: 1,
    action: { kind: "status", status: 412, body: '{"error":"changed"}' },
  });
  await publish(space, { ...APP, "new.js": "1" });
  expect(await paths(space)).toContain("new.js");
  expect(await titles(space)).toHaveLength(3);
});

test("a lost answer is asked for again", async () => {
  const space = freshSpace();
  await publish(space);
  await testHub.setFaults({
    method: "POST",
    path: "/commit/",
    nth: 1,
    action: { kind: "status", status: 504, afterApplying: true },
  });
  await publish(space, { ...APP, "new.js": "1" });
  expect(await paths(space)).toContain("new.js");
});

test("where the data lies in a Space, the app goes beside it, and syncing goes on", async () => {
  const target = await makeRepo(testHub, "space");
  const device = await openDevice(target);
  await log(device.api, { "a.txt": "1" });
  await device.round();
  const request: PublishRequest = {
    space: target.repo,
    title: "both",
    home: null,
    files: Object.entries(APP).map(([path, body]) => ({ path, body: new Blob([body]) })),
  };
  const row = await device.row();
  await publishSpace(device.sync, row, request, world.meter, NEVER);
  await log(device.api, { "a.txt": "2" });
  await device.round();
  await publishSpace(
    device.sync,
    row,
    { ...request, files: request.files.slice(0, 2) },
    world.meter,
    NEVER,
  );
  const now = await paths(target.repo);
  expect(now).toEqual(
    expect.arrayContaining([
      "artifacts/digits/net/v0/a.txt",
      "artifacts/digits/net/v1/a.txt",
      "cairn/index.json",
      "index.html",
      "sw.js",
    ]),
  );
  expect(now).not.toContain("assets/a-1.js");
  const visitor = await openDevice(target, { pullOnly: true, token: null });
  await visitor.round();
  expect((await visitor.api.getArtifact("digits", "net")).versions).toHaveLength(2);
  device.close();
  visitor.close();
});

test("private data, and a private Space, are refused with the way out, and nothing is made", async () => {
  const hidden = freshSpace();
  await ada.create(hidden.slice(4), { type: "space", sdk: "static", visibility: "private" });
  expect(await refusalOf(publish(hidden))).toEqual({
    code: "not_public",
    data: { remote: `the Space ${hidden}` },
  });
  await ada.create("secret", { visibility: "private" });
  const secret = { ...world.remote, repo: "ada/secret" };
  const space = freshSpace();
  const request = { space, title: "x", home: null, files: [] };
  expect(await refusalOf(publishSpace(world.sync, secret, request, world.meter, NEVER))).toEqual({
    code: "not_public",
    data: { remote: "the dataset ada/secret" },
  });
  expect((await ada.send("GET", `/api/spaces/${space}`)).status).toBe(404);
});

test("a Space that runs something else stays as it is", async () => {
  const space = freshSpace();
  await ada.create(space.slice(4), { type: "space", sdk: "docker" });
  expect(await refusalOf(publish(space))).toMatchObject({
    code: "invalid_remote",
    data: { path: "README.md" },
  });
  expect(await paths(space)).not.toContain("index.html");
});

test("what can't be a repository isn't asked for", async () => {
  await testHub.clearRequests();
  expect(await refusalOf(publish("ada/no such thing"))).toMatchObject({
    code: "invalid_remote_name",
  });
  expect(await testHub.requests()).toEqual([]);
});

// A repository that lies: nothing of here is lost by it, and nothing goes on for ever.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_LINEAGE } from "../../src/core/lineage.ts";
import type { ProjectName } from "../../src/core/names.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device } from "./devices.ts";
import { edited, manifestWithFilesOf, rewriteSnapshot } from "./hostile-repo.ts";
import { viewRepo, type RepoView } from "./repo-view.ts";

let hub: TestHub;
let target: RemoteTarget;
let repo: RepoView;
let ada: Device;
let bob: Device;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  target = await makeRepo(hub);
  repo = viewRepo(target);
  [ada, bob] = [await openDevice(target), await openDevice(target)];
});
afterAll(() => hub.stop());

const NET = "artifacts/net";

async function contentOf(device: Device, version: string): Promise<string> {
  const number = Number(version.slice(1)) as VersionNumber;
  return (await device.api.getFile("digits", "net", number, "a.txt")).text();
}

/** What the repository says of the project is refused, and nothing of it taken in. */
async function expectWaiting(device: Device, reason: string): Promise<void> {
  const before = await device.text("digits");
  await device.round();
  const problem = (await device.row()).projectProblems?.get("digits" as ProjectName);
  expect(problem?.text).toContain(reason);
  expect(await device.text("digits")).toBe(before);
}

/** What the repository says is refused; what its log says is taken in, and put in the other's place. */
async function expectHealed(device: Device, reason: string): Promise<void> {
  const { remarks } = await device.round();
  expect(remarks.join()).toContain(reason);
  expect((await device.row()).projectProblems ?? new Map()).toEqual(new Map());
  await ada.round();
  expect(await device.text("digits")).toBe(await ada.text("digits"));
  expect((await device.round()).remarks).toEqual([]);
}

describe("a version that is another one than it says", () => {
  test("[S2] a list of files with another digest than the version's is refused", async () => {
    const first = await log(ada.api, { "a.txt": "1" });
    const second = await log(ada.api, { "a.txt": "2" });
    await ada.round();
    const { uid } = first.version;
    const { op } = await manifestWithFilesOf(repo, "net", uid, second.version.uid);
    await repo.commit(op);
    await expectWaiting(bob, "its files are not the version's");
    expect(await bob.sync.db.count("versions")).toBe(0);
  });

  test.each([
    ["size", { sizeBytes: 1e15 }],
    ["number of files", { fileCount: 1e6 }],
  ])("[S2] a version's %s that isn't that of its files is refused", async (_what, said) => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await rewriteSnapshot(repo, bob, NET, ({ versions }) => Object.assign(versions[0], said));
    await expectHealed(bob, "its files are not the version's");
    const { sizeBytes, fileCount } = (await bob.api.getVersion("digits", "net", "v0")).version;
    expect([sizeBytes, fileCount]).toEqual([1, 1]);
  });

  test("[S3] other content under the id of a version that is here is refused", async () => {
    const first = await log(ada.api, { "a.txt": "1" });
    const second = await log(ada.api, { "a.txt": "2" });
    await ada.round();
    await bob.round();
    const { uid } = first.version;
    const { op, digest } = await manifestWithFilesOf(repo, "net", uid, second.version.uid);
    await rewriteSnapshot(
      repo,
      bob,
      NET,
      ({ versions }) => {
        versions[0].digest = digest;
      },
      op,
    );
    await expectHealed(bob, "has other content");
    expect(await contentOf(bob, "v0")).toBe("1");
  });

  test("[S3] an own version that is said to have become one with other content stays", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await bob.round();
    const { version } = await log(bob.api, { "a.txt": "bob's" });
    await rewriteSnapshot(repo, bob, NET, ({ versions }) => {
      versions[0].twins = [version.uid];
    });
    await expectHealed(bob, "has other content");
    expect(await contentOf(bob, "v1")).toBe("bob's");
    expect((await bob.sync.db.getAll("versions")).map(({ uid }) => uid)).toContain(version.uid);
  });

  test("[S3] an own version whose id is given to one of another artifact stays", async () => {
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "a.txt": "1" }, { name: "set" });
    await ada.round();
    await bob.round();
    const { version } = await log(bob.api, { "a.txt": "bob's" });
    await log(ada.api, { "a.txt": "ada's" });
    await ada.round();
    await rewriteSnapshot(repo, bob, "artifacts/set", ({ versions }) => {
      versions[0].twins = [version.uid];
    });
    await expectHealed(bob, "is not in what the repository says");
    expect(await contentOf(bob, "v2")).toBe("bob's");
  });
});

test("[D1] what is in another project's trash isn't drawn into a delete elsewhere", async () => {
  await log(ada.api, { "a.txt": "1" });
  await ada.round();
  await bob.round();
  const numbers = [(await log(bob.api, { "a.txt": "own" }, { project: "own" })).version.number];
  await bob.api.deleteVersions(
    { kind: "versions", project: "own", name: "net", numbers } as never,
    [],
  );
  const [entry] = await bob.api.listTrash();
  const { device } = await ada.row();
  await rewriteSnapshot(repo, bob, NET, ({ versions }) => {
    const at = "2026-01-01";
    versions[0].deleted = { at, by: device, trash: entry?.uid, aliases: [] };
  });
  await expectHealed(bob, "another project's");
  expect(await bob.api.listTrash()).toEqual([entry]);
});

describe("a log that lies", () => {
  /** Adds a change to the first round's file, and has the index lack what makes everybody read the log. */
  async function addToLog(op: object): Promise<void> {
    const [path = ""] = await repo.paths("cairn/log/");
    const round = await edited(repo, path, ({ ops }) => {
      ops.push({ project: "digits", op });
    });
    const index = await edited(repo, INDEX_PATH, (json) => {
      json.devices = [];
    });
    await repo.commit(round, index);
  }

  test("[S1 S7] a run of another project in a project's changes is left out", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await bob.round();
    const { device } = await ada.row();
    await addToLog({
      kind: "run",
      run: {
        uid: "01JZZZZZZZZZZZZZZZZZZZZZZZ",
        project: "secret",
        by: device,
        name: "injected",
        config: {},
        state: "finished",
        startedAt: "2026-01-01",
        endedAt: null,
        deletedAt: null,
      },
    });
    await expectHealed(bob, "tells of a run of another project");
    expect(await bob.sync.db.count("runs")).toBe(0);
  });
});

describe("texts that are made to do harm", () => {
  const BIG_PACK = `"packs":[{"path":"p.tar","sha256":"${"0".repeat(64)}","size":1000000000000}]`;
  const DEEP = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

  /** Replaces a text in a file of the repository, where it must be. */
  async function replaceIn(path: string, from: string, to: string): Promise<void> {
    const before = await repo.text(path);
    expect(before).toContain(from);
    const text = before.replace(from, () => to);
    const file = path.replace("cairn/projects/digits/", "").replace(".json", "");
    const index = await edited(repo, INDEX_PATH, ({ files }) => {
      for (const row of files) if (row.file === file) row.digest = bob.sync.hasher.hashText([text]);
    });
    await repo.commit({ kind: "text", path, text }, ...(path === INDEX_PATH ? [] : [index]));
  }
  const SNAPSHOT = "cairn/projects/digits/artifacts/net.json";

  test.each([
    ["a project's name that leads out", INDEX_PATH, '"project":"digits"', '"project":".."'],
    ["a snapshot file that leads out", INDEX_PATH, '"artifacts/net"', '"artifacts/../../../x"'],
    ["metadata nested without end", SNAPSHOT, '"metadata":{}', `"metadata":{"a":${DEEP}}`],
    ["a number of versions' own kind", SNAPSHOT, '"number":0', '"number":-1'],
    ["a number that is none any more", SNAPSHOT, '"number":0', '"number":1e300'],
    ["a list that is none", SNAPSHOT, '"twins":[]', '"twins":{"length":1e9}'],
  ])("%s is refused", async (_what, path, from, to) => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const { projects } = await repo.index();
    await replaceIn(path, from, to);
    await expectHealed(bob, path);
    expect((await repo.index()).projects).toEqual(projects);
  });

  test.each([
    ["a path that leads out", '"path":"a.txt"', '"path":"../a.txt"'],
    ["a path of another's folder", '"path":"a.txt"', '"path":"/etc/passwd"'],
    ["bytes outside of any pack", '"path":"a.txt"', '"pack":[0,9],"path":"a.txt"'],
    ["a size that is none", '"size":1', '"size":-1'],
    ["a pack much larger than what is in it", '"packs":[]', BIG_PACK],
  ])("a list of files with %s is refused", async (_what, from, to) => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const [path = ""] = await repo.paths("cairn/manifests/");
    const before = await repo.text(path);
    expect(before).toContain(from);
    const inPack =
      to === BIG_PACK ? before.replace('"path":"a', '"pack":[0,512],"path":"a') : before;
    await repo.commit({ kind: "text", path, text: inPack.replace(from, to) });
    await expectWaiting(bob, path);
    expect(await bob.sync.db.count("versions")).toBe(0);
  });

  test("names of what every object has are only names", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const evil =
      '"metadata":{"__proto__":{"isEvil":true},"constructor":{"prototype":{"isEvil":true}}}';
    await replaceIn(SNAPSHOT, '"metadata":{}', evil);
    await bob.round();
    expect({}).not.toHaveProperty("isEvil");
    const { version } = await bob.api.getVersion("digits", "net", "v0");
    expect(Object.keys(version.metadata)).toEqual(["__proto__", "constructor"]);
    await bob.round();
  });

  test("lines that lead back to where they came from end the lineage, and not the page", async () => {
    const [first, second] = [
      await log(ada.api, { "a.txt": "1" }),
      await log(ada.api, { "a.txt": "2" }),
    ];
    await ada.round();
    const [a, b] = [first.version.uid, second.version.uid];
    await rewriteSnapshot(repo, bob, NET, (json) => {
      const createdAt = "2026-01-01";
      json.derivations = [
        { child: a, parent: b, parentName: "digits/net:v1", createdAt },
        { child: b, parent: a, parentName: "digits/net:v0", createdAt },
      ];
    });
    await bob.round();
    const options = { ...DEFAULT_LINEAGE, depth: 50 };
    const { nodes } = await bob.api.lineage("digits/net:v0", null, options);
    expect(nodes).toHaveLength(2);
  });
});

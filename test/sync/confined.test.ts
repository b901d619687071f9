// What is wrong in a repository stays where it is wrong: the rest goes on, and there is a way out [S7].
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ProjectName } from "../../src/core/names.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { ProjectProblem } from "../../src/store/sync-records.ts";
import { readLog } from "../../src/sync/sync-log.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf } from "../support/errors.ts";
import { aRegistry } from "../support/registry-actors.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device } from "./devices.ts";
import { edited, rewriteSnapshot } from "./hostile-repo.ts";
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
  const options = { projects: ["digits", "words"] };
  [ada, bob] = [await openDevice(target, options), await openDevice(target, options)];
});
afterAll(() => hub.stop());

const NET = "artifacts/net";

async function problemOf(device: Device, project = "digits"): Promise<ProjectProblem | undefined> {
  return (await device.row()).projectProblems?.get(project as ProjectName);
}

async function linesOf(device: Device): Promise<readonly string[]> {
  return (await readLog(device.sync.db, device.remote, null, 99)).map(({ text }) => text);
}

/** What a round asks for. */
async function asked(device: Device): Promise<readonly string[]> {
  await hub.clearRequests();
  await device.round();
  return (await hub.requests()).map(({ path }) => path);
}

async function expectSame(project: string): Promise<void> {
  expect(await bob.text(project)).toBe(await ada.text(project));
}

/** The versions of both projects are there, and the list of files of one is broken. */
async function breakManifest(): Promise<{ readonly path: string; readonly text: string }> {
  await log(ada.api, { "a.txt": "1" });
  await log(ada.api, { "w.txt": "1" }, { project: "words" });
  await ada.round();
  const [path = ""] = await repo.paths("cairn/manifests/digits/");
  const text = await repo.text(path);
  await repo.commit({ kind: "text", path, text: "{" });
  return { path, text };
}

describe("a project that can't be taken in", () => {
  test("waits, and the others go on in both directions", async () => {
    const { path } = await breakManifest();
    await log(bob.api, { "b.txt": "bob's" }, { project: "words" });
    await log(bob.api, { "b.txt": "bob's" });
    expect(await bob.round()).toMatchObject({ pulledVersions: 1, pushedVersions: 1 });
    await ada.round();
    await expectSame("words");
    // Nor is anything of it sent: what stands there isn't known.
    expect((await ada.state("digits")).artifacts.get("net" as never)?.versions.size).toBe(1);
    expect((await problemOf(bob))?.text).toContain(path);
  });

  test("is said once, with file and commit, and again when it syncs", async () => {
    const { path, text } = await breakManifest();
    await bob.round();
    const { commit = "" } = (await problemOf(bob)) ?? {};
    await bob.round();
    const said = (await linesOf(bob)).filter((line) => line.includes("Project “digits”"));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(path);
    expect(said[0]).toContain(`at commit ${commit.slice(0, 8)}`);
    await repo.commit({ kind: "text", path, text });
    await bob.round();
    await expectSame("digits");
    expect(await problemOf(bob)).toBeUndefined();
    expect((await linesOf(bob))[0]).toBe("Project “digits” syncs again.");
  });

  test("has the log read for it once, and makes no commit each time", async () => {
    await breakManifest();
    await bob.round();
    const again = await asked(bob);
    expect(again.filter((each) => each.includes("cairn/log"))).toEqual([]);
    expect(again.filter((each) => each.includes("/commit/"))).toEqual([]);
  });
});

describe("a snapshot or an index that can't be read", () => {
  test("[S3] a number behind which there are none left is taken from the log instead", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await rewriteSnapshot(repo, bob, NET, (json) => {
      Object.assign(json, { lastNumber: 1e15 - 1 });
      json.versions[0]["number"] = 1e15 - 1;
    });
    await bob.round();
    await log(bob.api, { "a.txt": "2" });
    await bob.round();
    await ada.round();
    await expectSame("digits");
    expect((await ada.api.getVersion("digits", "net", "v1")).version.number).toBe(1);
  });

  test.each([
    ["no JSON", "{"],
    ["nothing of ours", "[1]\n"],
    ["cut off", null],
  ])("an index that is %s is made anew from the log", async (_, broken) => {
    await log(ada.api, { "a.txt": "1" }, { aliases: ["prod"] });
    await ada.round();
    const before = await repo.index();
    const text = broken ?? (await repo.text(INDEX_PATH)).slice(0, -20);
    await repo.commit({ kind: "text", path: INDEX_PATH, text });
    const { remarks } = await bob.round();
    expect(remarks.join()).toContain("made anew from the log");
    expect((await repo.index()).projects).toEqual(before.projects);
    await ada.round();
    await expectSame("digits");
    expect((await ada.round()).remarks).toEqual([]);
  });

  test("a count of rounds behind which there is no other ends nothing", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const index = await edited(repo, INDEX_PATH, (json) => {
      Object.assign(json, { seq: Number.MAX_SAFE_INTEGER });
    });
    await repo.commit(index);
    await log(bob.api, { "a.txt": "2" });
    await bob.round();
    await ada.round();
    await expectSame("digits");
    expect((await repo.index()).seq).toBe(2);
  });

  test("registries stay in an index that is made anew", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.api.setProfile("Ada", null);
    await ada.api.createRegistry(aRegistry());
    const [row] = await ada.sync.db.getAll("registries");
    if (row === undefined) throw new Error("no registry");
    const { scope } = await ada.row();
    await ada.change({ scope: { ...scope, registries: [row.uid] } });
    await ada.round();
    const before = (await repo.index()).registries;
    expect(before.size).toBe(1);
    await repo.commit({ kind: "text", path: INDEX_PATH, text: "{" });
    await bob.round();
    expect((await repo.index()).registries).toEqual(before);
  });

  test("what isn't Cairn's, with no log beside it, is left as it is", async () => {
    await repo.commit({ kind: "text", path: INDEX_PATH, text: "somebody's\n" });
    expect(await codeOf(bob.round())).toBe("invalid_remote");
    expect(await repo.text(INDEX_PATH)).toBe("somebody's\n");
  });

  test("a project that neither index nor log knows any more is sent again", async () => {
    await log(ada.api, { "a.txt": "1" });
    await log(bob.api, { "w.txt": "1" }, { project: "words" });
    await ada.round();
    await bob.round();
    const [first = ""] = await repo.paths("cairn/log/");
    const index = await edited(repo, INDEX_PATH, (json) => {
      const { projects, files } = json;
      Object.assign(json, {
        projects: projects.filter(({ project }) => project !== "digits"),
        files: files.filter(({ project }) => project !== "digits"),
      });
    });
    await repo.commit({ kind: "delete", path: first }, index);
    const { remarks, pushedVersions } = await ada.round();
    expect(remarks.join("\n")).toContain("“digits” isn't in the dataset");
    expect(pushedVersions).toBe(1);
    await bob.round();
    await expectSame("digits");
  });
});

describe("a log with something wrong in it", () => {
  /** Changes the first round's file, and has the index be made anew. */
  async function breakLog(change: Parameters<typeof edited>[2]): Promise<string> {
    const [path = ""] = await repo.paths("cairn/log/");
    await repo.commit(await edited(repo, path, change), {
      kind: "text",
      path: INDEX_PATH,
      text: "{",
    });
    return path;
  }

  test("[S3] a version with an absurd number gets the next one, and leaves some for others", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await breakLog(({ ops }) => {
      const version = (ops as { op: { kind: string; version?: { number: number } } }[])
        .map(({ op }) => op)
        .find(({ kind }) => kind === "version")?.version;
      if (version !== undefined) version.number = 1e15 - 1;
    });
    await bob.round();
    await log(bob.api, { "a.txt": "2" });
    await bob.round();
    await ada.round();
    await expectSame("digits");
    expect((await bob.api.getVersion("digits", "net", "v1")).version.number).toBe(1);
  });

  test("a change that can't be is left out by its line, a file that can't by its name", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await log(ada.api, { "w.txt": "1" }, { project: "words" });
    await ada.round();
    const [, second = ""] = await repo.paths("cairn/log/");
    await repo.commit({ kind: "text", path: second, text: "no round" });
    const first = await breakLog(({ ops }) => {
      ops.push({ project: "digits", op: { kind: "version", name: "net", version: 1 } });
    });
    const { remarks } = await bob.round();
    const { commit } = await bob.row();
    expect(remarks.join("\n")).toMatch(/Change \d+ in “cairn\/log\/.*was left out/);
    for (const path of [first, second]) expect(remarks.join("\n")).toContain(`“${path}” at commit`);
    expect(commit).not.toBeNull();
    await ada.round();
    await bob.round();
    for (const project of ["digits", "words"]) await expectSame(project);
  });

  test("a project that a newer Cairn changed waits, and its files stay as they are", async () => {
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "w.txt": "1" }, { project: "words" });
    await ada.round();
    const path = "cairn/projects/digits/artifacts/net.json";
    const [before, listed] = [await repo.text(path), (await repo.index()).projects];
    const [round = ""] = await repo.paths("cairn/log/");
    await repo.commit(
      await edited(repo, round, ({ ops }) => {
        ops.push({ project: "digits", op: { kind: "version-framed", name: "net" } });
      }),
      await edited(repo, INDEX_PATH, (json) => {
        json.devices = [];
      }),
    );
    await ada.round();
    expect((await problemOf(ada))?.text).toContain("newer Cairn");
    await bob.round();
    await expectSame("words");
    expect(await repo.text(path)).toBe(before);
    const now = (await repo.index()).projects;
    expect(now.get("digits" as ProjectName)).toEqual(listed.get("digits" as ProjectName));
  });
});

describe("[S7] who only pulls", () => {
  test("reads the log once for an index that nobody puts right", async () => {
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await repo.commit({ kind: "text", path: INDEX_PATH, text: "{" });
    const reader = await openDevice(target, { pullOnly: true, token: null });
    await reader.round();
    expect(await reader.text("digits")).not.toBe("");
    const again = await asked(reader);
    expect(again.filter((path) => !path.includes(INDEX_PATH))).toEqual([]);
    await log(ada.api, { "a.txt": "2" });
    await ada.round();
    expect(await reader.round()).toMatchObject({ pulledVersions: 1 });
  });

  test("reads it again for a project that is chosen later", async () => {
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "w.txt": "1" }, { project: "words" });
    await ada.round();
    await repo.commit({ kind: "text", path: INDEX_PATH, text: "{" });
    const reader = await openDevice(target, { pullOnly: true, token: null });
    await reader.round();
    const { scope } = await bob.row();
    await reader.change({ scope });
    expect(await reader.round()).toMatchObject({ pulledVersions: 1 });
    expect((await reader.state("words")).artifacts.size).toBe(1);
  });
});

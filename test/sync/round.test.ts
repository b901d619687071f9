import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { ProjectName } from "../../src/core/names.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { refusalOf } from "../support/errors.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device } from "./devices.ts";
import { viewRepo, type RepoView } from "./repo-view.ts";

let hub: TestHub;
let target: RemoteTarget;
let repo: RepoView;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  await hub.clearFaults();
  target = await makeRepo(hub);
  repo = viewRepo(target);
});
afterAll(() => hub.stop());

const v = (number: number): VersionNumber => number as VersionNumber;

function versionRef(number: number, name = "net"): Parameters<Device["api"]["setAlias"]>[0] {
  return { project: "digits", name, number: v(number) } as Parameters<Device["api"]["setAlias"]>[0];
}

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

describe("one round after the other", () => {
  test("[S2 S3] what one browser logged is in the other, whole", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "model.bin": "weights", "empty.txt": "" }, { aliases: ["prod"] });
    const pushed = await ada.round();
    expect(pushed).toMatchObject({ pushedVersions: 1, pulledVersions: 0, remarks: [] });
    const pulled = await bob.round();
    expect(pulled).toMatchObject({ pushedVersions: 0, pulledVersions: 1 });
    await expectSame(ada, bob);
    expect((await bob.row()).commit).toBe((await ada.row()).commit);
  });

  test("[S3] two versions logged at once get one order, the same in both browsers", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "ada's" });
    await log(bob.api, { "a.txt": "bob's" });
    await ada.round();
    const second = await bob.round();
    expect(second.notes.map(({ note }) => note)).toContainEqual(
      expect.objectContaining({ kind: "renumbered", from: v(0), to: v(1) }),
    );
    await ada.round();
    await expectSame(ada, bob);
    expect(
      [...(await repo.files()).keys()].filter((path) => path.startsWith("artifacts/")),
    ).toEqual(["artifacts/digits/net/v0/a.txt", "artifacts/digits/net/v1/a.txt"]);
  });

  test("[S3] the same content logged twice is one version, its bytes sent once", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "the same" });
    await log(bob.api, { "a.txt": "the same" });
    expect((await ada.round()).sentObjects).toBe(1);
    expect(await bob.round()).toMatchObject({ sentObjects: 0, pushedVersions: 0 });
    await ada.round();
    await expectSame(ada, bob);
    expect((await ada.state("digits")).artifacts.get("net" as never)?.versions.size).toBe(1);
  });

  test("where nothing changed, one request is made and nothing committed", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await hub.clearRequests();
    await ada.round();
    const asked = (await hub.requests()).map(({ path }) => path.replace(/\?.*/, ""));
    expect(new Set(asked.filter((path) => !path.endsWith("index.json")))).toEqual(new Set());
  });

  test("[S5] what is emptied from the trash goes from the repository, and nothing else does", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "a.txt": "2" });
    await ada.round();
    await bob.round();
    const numbers = [v(0)];
    await ada.api.deleteVersions({ kind: "versions", project: "digits", name: "net", numbers }, []);
    await ada.round();
    const inTrash = await repo.files();
    expect(inTrash.has("artifacts/digits/net/v0/a.txt")).toBe(true);
    await ada.api.emptyTrash(null);
    await ada.round();
    await bob.round();
    const after = [...(await repo.files()).keys()];
    expect(after.filter((path) => path.startsWith("artifacts/"))).toEqual([
      "artifacts/digits/net/v1/a.txt",
    ]);
    expect(after.filter((path) => path.startsWith("cairn/manifests/"))).toHaveLength(1);
    await expectSame(ada, bob);
  });

  test("[S5] a version purged here and restored there comes back with its files", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await bob.round();
    const numbers = [v(0)];
    await ada.api.deleteVersions({ kind: "versions", project: "digits", name: "net", numbers }, []);
    await ada.round();
    await bob.round();
    const [entry] = await bob.api.listTrash();
    if (entry === undefined) throw new Error("nothing is in the trash");
    await bob.api.restore(entry.uid);
    await ada.api.emptyTrash(null);
    await ada.round();
    await bob.round();
    await ada.round();
    await expectSame(ada, bob);
    expect((await repo.files()).has("artifacts/digits/net/v0/a.txt")).toBe(true);
  });
});

describe("what a repository gets", () => {
  test("the first commit keeps the lines there are, adds ours, and a card that says how to fetch", async () => {
    const ada = await openDevice(target);
    const before = await repo.text(".gitattributes");
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const after = await repo.text(".gitattributes");
    expect(before).not.toBe("");
    expect(after.startsWith(before)).toBe(true);
    expect(after).toContain("artifacts/**/* filter=lfs");
    expect(await repo.text("README.md")).toContain(`hf download ${target.repo} --repo-type`);
    expect((await repo.files()).get("artifacts/digits/net/v0/a.txt")?.sha256).not.toBeNull();
  });

  test("attributes stay as they are, however many files come", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const first = await repo.text(".gitattributes");
    await log(ada.api, { "odd name #1.txt": "2", "b/ü.bin": "3" });
    await ada.round();
    expect(await repo.text(".gitattributes")).toBe(first);
  });

  test("a Space that has a card keeps it", async () => {
    target = await makeRepo(hub, "space");
    repo = viewRepo(target);
    const ada = await openDevice(target);
    const before = await repo.text("README.md");
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const after = await repo.text("README.md");
    expect(after).toMatch(/^sdk: static$/m);
    expect(before === "" || after === before).toBe(true);
  });

  test("[S1] artifacts that never leave are nowhere, and neither is what isn't in scope", async () => {
    const ada = await openDevice(target, {
      projects: [{ name: "digits", never: ["secret" as never] }],
    });
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "a.txt": "hidden" }, { name: "secret" });
    await log(ada.api, { "a.txt": "hidden too" }, { project: "private" });
    await ada.round();
    for (const path of (await repo.files()).keys()) {
      expect(path).not.toMatch(/secret|private/);
      expect(await repo.text(path)).not.toMatch(/secret|private|hidden/);
    }
  });

  test("[S1] an artifact that is to stay here from now on is left alone there, and taken up again later", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await log(ada.api, { "b.txt": "1" }, { name: "set" });
    await ada.round();
    await bob.round();
    const { scope } = await ada.row();
    const projects = scope.projects.map((each) => ({ ...each, never: ["net" as never] }));
    await ada.change({ scope: { ...scope, projects } });
    await log(ada.api, { "a.txt": "2" });
    await log(bob.api, { "a.txt": "3" });
    await bob.api.setAlias(versionRef(0), "prod");
    await bob.round();
    await ada.round();
    expect((await repo.index()).projects.get("digits" as never)?.files.has("artifacts/net")).toBe(
      true,
    );
    await bob.round();
    expect((await bob.state("digits")).artifacts.get("net" as never)?.versions.size).toBe(2);
    await ada.change({ scope });
    await ada.round();
    await bob.round();
    await expectSame(ada, bob);
    const net = (await bob.state("digits")).artifacts.get("net" as never);
    expect(net?.versions.size).toBe(3);
    expect(net?.aliases.get("prod" as never)?.version).not.toBeNull();
  });

  test("a remote that is only read is never written to", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const eve = await openDevice(target, { pullOnly: true, token: null });
    await log(eve.api, { "a.txt": "eve's" });
    await hub.clearRequests();
    await eve.round();
    expect((await hub.requests()).filter(({ method }) => method !== "GET")).toEqual([]);
    expect((await eve.state("digits")).artifacts.get("net" as never)?.versions.size).toBe(2);
  });

  test("other projects of the repository stay in its index", async () => {
    const ada = await openDevice(target, { projects: ["words"] });
    const bob = await openDevice(target, { projects: ["digits"] });
    await log(ada.api, { "a.txt": "1" }, { project: "words" });
    await log(bob.api, { "a.txt": "2" });
    await ada.round();
    await bob.round();
    await ada.round();
    expect([...(await repo.index()).projects.keys()].toSorted()).toEqual(["digits", "words"]);
    expect((await bob.state("words")).artifacts.size).toBe(0);
  });
});

test("an index of a newer Cairn is left alone", async () => {
  const ada = await openDevice(target);
  await log(ada.api, { "a.txt": "1" });
  await ada.round();
  const text = await repo.text(INDEX_PATH);
  const newer = text.replace(/"version":\s*1/, '"version": 99');
  expect(newer).not.toBe(text);
  await repo.commit({ kind: "text", path: INDEX_PATH, text: newer });
  await log(ada.api, { "a.txt": "2" });
  const refusal = await refusalOf(ada.round());
  expect(refusal.code).toBe("invalid_remote");
  expect(await repo.text(INDEX_PATH)).toBe(newer);
});

test("[S2] a manifest that doesn't hold what its version says is refused, and nothing of its project is taken in", async () => {
  const [ada, bob] = [await openDevice(target), await openDevice(target)];
  await log(ada.api, { "a.txt": "1" });
  await ada.round();
  const path = [...(await repo.files()).keys()].find((each) => each.startsWith("cairn/manifests/"));
  if (path === undefined) throw new Error("no manifest");
  const text = await repo.text(path);
  const forged = text.replace(
    /blake3:[0-9a-f]{64}(?=[^]*"sha256")/,
    `blake3:${"0".repeat(64)}` as Digest,
  );
  expect(forged).not.toBe(text);
  await repo.commit({ kind: "text", path, text: forged });
  await bob.round();
  const problem = (await bob.row()).projectProblems?.get("digits" as ProjectName);
  expect(problem?.text).toContain(path);
  expect((await bob.state("digits")).artifacts.size).toBe(0);
});

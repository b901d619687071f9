import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { Digest } from "../../src/core/digest.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { corrupt } from "../support/damage-bytes.ts";
import { log } from "../support/service-harness.ts";
import { fetchAll } from "../../src/sync/fetch-all.ts";
import { makeRepo, NEVER, openDevice, silent, type Device } from "./devices.ts";
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

async function commits(): Promise<number> {
  const all = await hub.requests();
  return all.filter(({ path, status }) => path.includes("/commit/") && status === 200).length;
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

describe("a version with more files than a commit takes", () => {
  const limits = { pointers: 5 };
  const many = (count: number, salt: string): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`f/${i}.txt`, `${salt} ${i}`]));

  test("[S3] goes in parts, behind a promise of its number", async () => {
    const [ada, bob] = [await openDevice(target, { limits }), await openDevice(target)];
    await log(ada.api, many(13, "ada"));
    await hub.clearRequests();
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, sentObjects: 13 });
    // The promise, two parts, and the round with the rest.
    expect(await commits()).toBe(4);
    await bob.round();
    await expectSame(ada, bob);
    expect((await bob.state("digits")).artifacts.get("net" as never)?.reserved.size).toBe(0);
  });

  test("[S3] keeps the promised number, though others log meanwhile and it crashes", async () => {
    const bob = await openDevice(target);
    let parts = 0;
    const crashing = await openDevice(target, {
      name: "crashing",
      limits,
      onStep: async (step) => {
        if (step === "before-commit") parts += 1;
        if (parts === 2) throw new CairnError("aborted", {});
      },
    });
    await log(crashing.api, many(13, "ada"));
    expect(await codeOf(crashing.round())).toBe("aborted");
    crashing.close();
    await log(bob.api, { "a.txt": "bob's" });
    await bob.round();
    const ada = await openDevice(target, { name: "crashing", limits });
    await ada.round();
    await bob.round();
    await expectSame(ada, bob);
    const versions = [
      ...((await bob.state("digits")).artifacts.get("net" as never)?.versions.values() ?? []),
    ];
    expect(versions.map(({ number, fileCount }) => [number, fileCount]).toSorted()).toEqual([
      [0, 13],
      [1, 1],
    ]);
  });

  test("[S5] comes back whole after one browser purged it and another restored it", async () => {
    const [ada, bob] = [await openDevice(target, { limits }), await openDevice(target, { limits })];
    await log(ada.api, many(13, "ada"));
    await ada.round();
    await bob.round();
    await fetchAll(bob.sync, { kind: "project", project: "digits" }, silent(), NEVER);
    const numbers = [v(0)];
    await ada.api.deleteVersions({ kind: "versions", project: "digits", name: "net", numbers }, []);
    await ada.round();
    await bob.round();
    await ada.api.emptyTrash(null);
    await ada.round();
    const [entry] = await bob.api.listTrash();
    if (entry === undefined) throw new Error("nothing is in the trash");
    await bob.api.restore(entry.uid);
    await bob.round();
    await ada.round();
    await expectSame(ada, bob);
    expect(await repo.paths("artifacts/digits/net/v0/")).toHaveLength(13);
  });

  test("several versions that don't fit together go one after the other", async () => {
    const ada = await openDevice(target, { limits });
    for (const salt of ["a", "b", "c"]) await log(ada.api, many(4, salt));
    expect((await ada.round()).pushedVersions).toBe(3);
    expect((await repo.index()).seq).toBe(3);
  });
});

describe("bytes that can't be had", () => {
  test("[S2] a version whose bytes are damaged stays here, says so, and goes once healed", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "damaged" });
    await log(ada.api, { "a.txt": "whole" }, { aliases: ["prod"] });
    await corrupt(ada.sync.db, ada.sync.hasher.hashText(["damaged"]));
    const first = await ada.round();
    expect(first).toMatchObject({ pushedVersions: 1 });
    expect(first.remarks.join()).toContain("digits/net:v0 stays here");
    await bob.round();
    expect((await bob.state("digits")).artifacts.get("net" as never)?.versions.size).toBe(1);
    await log(ada.api, { "a.txt": "damaged" });
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
    await bob.round();
    await expectSame(ada, bob);
    const versions = [
      ...((await bob.state("digits")).artifacts.get("net" as never)?.versions.values() ?? []),
    ];
    // The other one took its number by being first.
    expect(versions.map(({ number }) => number).toSorted()).toEqual([1, 2]);
  });

  test("[D3] emptying the trash frees nothing that is on its way", async () => {
    let emptied = false;
    const ada: Device = await openDevice(target, {
      onStep: async (step) => {
        if (step !== "upload" || emptied) return;
        emptied = true;
        const numbers = [v(0)];
        const versions = { kind: "versions", project: "digits", name: "net", numbers } as const;
        await ada.api.deleteVersions(versions, true);
        await ada.api.emptyTrash(null);
      },
    });
    await log(ada.api, { "a.txt": "1" });
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
    expect(emptied).toBe(true);
    expect(await ada.sync.db.count("pins")).toBe(0);
    await ada.round();
    const there = [...(await repo.files()).keys()];
    expect(there.filter((path) => path.startsWith("artifacts/"))).toEqual([]);
  });
});

describe("what a hub says no with", () => {
  const onCommit = { method: "POST", path: "/commit/" } as const;

  test.each([
    [403, '{"error":"no write access"}', "forbidden"],
    [
      429,
      '{"error":"You have exceeded the rate limit for repository commits (128 per hour)."}',
      "commit_rate",
    ],
  ])("%i ends the round, which isn't open after", async (status, body, kind) => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await hub.setFaults({ ...onCommit, action: { kind: "status", status, body } });
    const refusal = await refusalOf(ada.round());
    expect(refusal).toMatchObject({ code: "hub_failed", data: { kind } });
    expect(await ada.sync.db.count("pendingRounds")).toBe(0);
    await ada.round();
    expect((await repo.index()).seq).toBe(1);
  });

  test("413 halves what goes into a commit", async () => {
    const ada = await openDevice(target, { limits: { pointers: 40 } });
    for (let i = 0; i < 3; i++) await log(ada.api, { "a.txt": `${i}`, [`${i}.txt`]: `more ${i}` });
    await hub.setFaults({ ...onCommit, times: 2, action: { kind: "status", status: 413 } });
    expect((await ada.round()).pushedVersions).toBe(3);
    expect((await repo.index()).seq).toBe(1);
  });

  test("bytes that the hub lost are sent again", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    let rounds = 0;
    const flaky = await openDevice(target, {
      name: ada.name,
      onStep: async (step) => {
        if (step === "before-commit" && rounds++ === 0) await hub.collectGarbage();
      },
    });
    expect(await flaky.round()).toMatchObject({ pushedVersions: 1, sentObjects: 2 });
  });

  test("a round that is stopped ends with `aborted`, and the next goes on", async () => {
    const stop = new AbortController();
    const ada = await openDevice(target, {
      onStep: async (step) => {
        if (step === "upload") stop.abort();
      },
    });
    await log(ada.api, { "a.txt": "1" });
    expect(await codeOf(ada.round(stop.signal))).toBe("aborted");
    expect((await ada.round()).pushedVersions).toBe(1);
  });

  test("a branch that keeps changing ends it after some tries", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await hub.setFaults({ ...onCommit, times: 0, action: { kind: "status", status: 412 } });
    expect(await refusalOf(ada.round())).toMatchObject({ data: { kind: "changed" } });
    await hub.clearFaults();
    expect((await ada.round()).pushedVersions).toBe(1);
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

test("[S2] a manifest that doesn't hold what its version says is refused, and nothing is taken in", async () => {
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
  expect((await refusalOf(bob.round())).code).toBe("invalid_remote");
  expect((await bob.state("digits")).artifacts.size).toBe(0);
});

import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { VersionNumber } from "../../src/core/version.ts";
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

const onCommit = { method: "POST", path: "/commit/" } as const;

async function commits(): Promise<number> {
  const all = await hub.requests();
  return all.filter(({ path, status }) => path.includes("/commit/") && status === 200).length;
}

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

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
    expect(
      versions
        .map(({ number, fileCount }) => [number, fileCount] as const)
        .toSorted(([a], [b]) => a - b),
    ).toEqual([
      [0, 13],
      [1, 1],
    ]);
  });

  test("[S3] asks for its number again, where a hub that lets two commit at once lost the promise", async () => {
    await hub.setFaults({
      method: "POST",
      path: "/commit/",
      times: 0,
      action: { kind: "ignore-parent-commit" },
    });
    const [promised, overwritten] = [deferred(), deferred()];
    let begun = 0;
    const ada = await openDevice(target, {
      limits,
      onStep: async (step) => {
        if (step !== "begin" || (begun += 1) !== 2) return;
        promised.resolve();
        await overwritten.promise;
      },
    });
    const bob = await openDevice(target, {
      onStep: async (step) => {
        if (step === "before-commit") await promised.promise;
      },
    });
    await log(bob.api, { "a.txt": "bob's" });
    const racing = bob.round().finally(overwritten.resolve);
    await log(ada.api, many(13, "ada"));
    await Promise.all([ada.round(), racing]);
    await bob.round();
    await ada.round();
    await expectSame(ada, bob);
    const net = (await bob.state("digits")).artifacts.get("net" as never);
    expect([net?.versions.size, net?.reserved.size]).toEqual([2, 0]);
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
    expect(new Set(versions.map(({ number }) => number))).toEqual(new Set([1, 2]));
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

describe("a repository that takes more than a commit to put right", () => {
  const limits = { pointers: 5 };

  /** Two wrote into one folder, as a hub lets them that doesn't compare heads. */
  async function makeMess(): Promise<readonly [ada: Device, bob: Device]> {
    const files = (salt: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${salt}-${i}.txt`, `${salt} ${i}`]));
    const ada = await openDevice(target);
    let hasRaced = false;
    const bob = await openDevice(target, {
      onStep: async (step) => {
        if (step !== "before-commit" || hasRaced) return;
        hasRaced = true;
        await ada.round();
      },
    });
    await log(ada.api, files("ada"));
    await log(bob.api, files("bob"));
    await hub.setFaults({ ...onCommit, times: 0, action: { kind: "ignore-parent-commit" } });
    await bob.round();
    await hub.clearFaults();
    return [ada, bob];
  }

  async function expectRight(...devices: readonly Device[]): Promise<void> {
    await expectSame(...devices);
    const folders = await Promise.all(
      [0, 1].map(async (n) =>
        (await repo.paths(`artifacts/digits/net/v${n}/`)).map((path) =>
          path.split("/").at(-1)?.slice(0, 3),
        ),
      ),
    );
    expect(folders.map((names) => [...new Set(names)].join()).toSorted()).toEqual(["ada", "bob"]);
    expect(folders.map(({ length }) => length)).toEqual([9, 9]);
  }

  test("[S3] gets it in parts, and the round behind them", async () => {
    const [ada, bob] = await makeMess();
    ada.close();
    const again = await openDevice(target, { name: ada.name, limits });
    await hub.clearRequests();
    await again.round();
    // Nine files go to another folder, and nine leave the one they were written into.
    expect(await commits()).toBeGreaterThanOrEqual(4);
    await bob.round();
    await expectRight(again, bob);
    await hub.clearRequests();
    await again.round();
    expect(await commits()).toBe(0);
  });

  test("[S3] goes on where it was cut short", async () => {
    const [ada, bob] = await makeMess();
    ada.close();
    let sent = 0;
    const crashing = await openDevice(target, {
      name: ada.name,
      limits,
      onStep: async (step) => {
        if (step === "before-commit" && (sent += 1) === 3) throw new CairnError("aborted", {});
      },
    });
    expect(await codeOf(crashing.round())).toBe("aborted");
    crashing.close();
    const again = await openDevice(target, { name: ada.name, limits });
    await again.round();
    await bob.round();
    await expectRight(again, bob);
  });
});

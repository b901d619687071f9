import "fake-indexeddb/auto";
import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { VersionNumber } from "../../src/core/version.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import type { FaultAction } from "../hub/server/faults.ts";
import { talkTo } from "../hub/talk.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device, type DeviceOptions } from "./devices.ts";
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

const ON_COMMIT = { method: "POST", path: "/commit/" } as const;
const IGNORE_PARENT = {
  ...ON_COMMIT,
  times: 0,
  action: { kind: "ignore-parent-commit" },
} as const;

/** Crashes at a step: nothing behind it ever runs. Resolves once it has, or the round came to its end without it. */
async function crashAt(
  options: DeviceOptions & { readonly name: string },
  step: string,
): Promise<"crashed" | "never there"> {
  let blow = (): void => undefined;
  const crashed = new Promise<"crashed">((resolve) => (blow = () => resolve("crashed")));
  const device = await openDevice(target, {
    ...options,
    onStep: async (at) => {
      if (at !== step) return;
      blow();
      await new Promise<never>(() => undefined);
    },
  });
  const end = await Promise.race([crashed, device.round().then(() => "never there" as const)]);
  device.close();
  return end;
}

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

async function numbersOf(device: Device): Promise<readonly number[]> {
  const { artifacts } = await device.state("digits");
  const versions = [...artifacts.values()].flatMap((each) => [...each.versions.values()]);
  return versions.map(({ number }) => number).toSorted((a, b) => a - b);
}

describe("a crash at any step", () => {
  test.each([
    "begin",
    "read-head",
    "read-snapshot",
    "read-manifests",
    "before-take-in",
    "after-take-in",
    "plan",
    "prepare",
    "upload",
    "before-attempt",
    "before-commit",
    "after-commit",
    "before-end",
  ])("[S2 S3] at “%s”: the next round goes on, and all is there once", async (step) => {
    const [name, bob] = [ulid(), await openDevice(target)];
    await log(bob.api, { "a.txt": "bob's" }, { aliases: ["prod"] });
    await bob.round();
    const before = await openDevice(target, { name });
    await log(before.api, { "a.txt": "ada's" }, { aliases: ["prod"] });
    before.close();
    expect(await crashAt({ name }, step)).toBe("crashed");
    const ada = await openDevice(target, { name });
    await ada.round();
    await bob.round();
    await expectSame(ada, bob);
    expect(await numbersOf(ada)).toEqual([0, 1]);
    expect(await repo.roundsOf((await ada.row()).device)).toBe(1);
    expect(await ada.sync.db.count("pendingRounds")).toBe(0);
  });

  test("[S2] what a settled round brought there is known to be there", async () => {
    const name = ulid();
    const before = await openDevice(target, { name });
    await log(before.api, { "a.txt": "ada's" });
    before.close();
    expect(await crashAt({ name }, "after-commit")).toBe("crashed");
    const ada = await openDevice(target, { name });
    expect(await ada.round()).toMatchObject({ pushedVersions: 0 });
    expect(await ada.sync.db.count("remoteFiles")).toBe(1);
    const [version] = await ada.sync.db.getAll("versions");
    expect(version?.isFixed).toBe(true);
  });
});

describe("an answer that is lost", () => {
  test.each<[string, FaultAction]>([
    ["the connection ends", { kind: "drop-after" }],
    ["a 500 comes though it happened", { kind: "status", status: 500, afterApplying: true }],
    ["a 412 comes though it happened", { kind: "status", status: 412, afterApplying: true }],
  ])("[S3] %s: the index tells, and nothing is said twice", async (_, action) => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" }, { aliases: ["prod"] });
    const { device } = await ada.row();
    await hub.setFaults({ ...ON_COMMIT, action });
    await ada.round();
    expect(await repo.roundsOf(device)).toBe(1);
    expect((await ada.row()).device).toBe(device);
    await bob.round();
    await expectSame(ada, bob);
  });

  test("[S4] what another device changed meanwhile isn't changed back", async () => {
    const [name, bob] = [ulid(), await openDevice(target)];
    const before = await openDevice(target, { name });
    await log(before.api, { "a.txt": "0" });
    await before.round();
    const first = await log(before.api, { "a.txt": "1" }, { aliases: ["prod"] });
    const edited = { project: first.project, name: first.name, number: 0 as VersionNumber };
    await before.api.editVersion(edited, { description: "ada's" });
    before.close();
    expect(await crashAt({ name }, "after-commit")).toBe("crashed");
    await bob.round();
    await bob.api.editVersion(edited, { description: "bob's" });
    await log(bob.api, { "a.txt": "2" }, { aliases: ["prod"] });
    await bob.round();
    const ada = await openDevice(target, { name });
    await ada.round();
    await bob.round();
    await expectSame(ada, bob);
    const seen = await ada.api.getVersion("digits", "net", "v0");
    expect(seen.version.description).toBe("bob's");
    const prod = (await ada.state("digits")).artifacts.get(first.name)?.aliases;
    expect([...(prod?.values() ?? [])].map(({ version }) => version)).not.toContain(
      first.version.uid,
    );
  });

  test("[S3] a cache that gives the head before it doesn't make it lost", async () => {
    const name = ulid();
    const before = await openDevice(target, { name });
    await log(before.api, { "a.txt": "1" });
    const { device } = await before.row();
    before.close();
    expect(await crashAt({ name }, "after-commit")).toBe("crashed");
    await hub.setFaults({ method: "GET", path: "index.json", action: { kind: "stale-read" } });
    const ada = await openDevice(target, { name });
    await ada.round();
    expect((await ada.row()).device).toBe(device);
    expect(await repo.roundsOf(device)).toBe(1);
  });
});

describe("a head that is older than it was", () => {
  test("[S3] takes nothing away, and is asked for again", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" }, { aliases: ["prod"] });
    await ada.round();
    await bob.round();
    await log(bob.api, { "a.txt": "2" }, { aliases: ["prod"] });
    await bob.round();
    await ada.round();
    const moves = await ada.api.aliasHistory("digits", "net");
    const times = 3;
    await hub.setFaults({ path: "index.json", times, action: { kind: "stale-read" } });
    await ada.round();
    expect(await numbersOf(ada)).toEqual([0, 1]);
    // Nor was anything moved back and forth.
    expect(await ada.api.aliasHistory("digits", "net")).toEqual(moves);
    expect((await ada.row()).seq).toBe(2);
  });

  test("[S3 S4] takes back nothing that others said since, of versions that it has all", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    const second = await log(ada.api, { "a.txt": "2" }, { aliases: ["prod"] });
    await ada.round();
    await bob.round();
    const first = { project: second.project, name: second.name, number: 0 as VersionNumber };
    await bob.api.setAlias(first, "prod");
    await bob.api.editVersion(first, { description: "bob's" });
    await bob.round();
    await ada.round();
    const [moves, before] = [
      await ada.api.aliasHistory("digits", "net"),
      await ada.sync.db.count("events"),
    ];
    await hub.setFaults({ path: "index.json", times: 3, action: { kind: "stale-read" } });
    await ada.round();
    expect(await ada.api.aliasHistory("digits", "net")).toEqual(moves);
    expect(await ada.sync.db.count("events")).toBe(before);
  });

  test("[S3] a repository that was made anew gets everything again, under the same numbers", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    for (const text of ["1", "2"]) await log(ada.api, { "a.txt": text });
    await ada.round();
    await bob.round();
    const talk = talkTo(hub);
    const [organization, name] = target.repo.split("/");
    const body = { type: "dataset", name, organization };
    expect((await talk.send("DELETE", "/api/repos/delete", body)).ok).toBe(true);
    expect((await talk.send("POST", "/api/repos/create", body)).ok).toBe(true);
    const round = await ada.round();
    expect(round).toMatchObject({ pushedVersions: 2, sentObjects: 2 });
    expect(round.remarks.join()).toContain("sent again");
    await bob.round();
    await ada.round();
    await expectSame(ada, bob);
    expect(await numbersOf(bob)).toEqual([0, 1]);
    expect(await repo.paths("artifacts/")).toHaveLength(2);
  });
});

test("[S3] a copied profile goes on as a device of its own", async () => {
  const ada = await openDevice(target);
  await log(ada.api, { "a.txt": "1" });
  await ada.round();
  const copied = await ada.row();
  const twin = await openDevice(target);
  await twin.change({ device: copied.device, rounds: copied.rounds, lastRound: copied.lastRound });
  await log(ada.api, { "a.txt": "2" });
  await ada.round();
  await log(twin.api, { "a.txt": "3" });
  const round = await twin.round();
  expect(round.remarks.join()).toContain("device of its own");
  expect((await twin.row()).device).not.toBe(copied.device);
  await ada.round();
  expect((await ada.row()).device).toBe(copied.device);
  await expectSame(ada, twin);
  expect(await numbersOf(ada)).toEqual([0, 1, 2]);
});

describe("a hub that lets two commit at once", () => {
  /** Both read the same head, then commit one after the other. */
  async function race(first: Device, second: DeviceOptions & { readonly name: string }) {
    await hub.setFaults(IGNORE_PARENT);
    let hasRaced = false;
    const later = await openDevice(target, {
      ...second,
      onStep: async (step) => {
        if (step !== "before-commit" || hasRaced) return;
        hasRaced = true;
        await first.round();
      },
    });
    await later.round();
    later.close();
  }

  test("[S3] the log has what the index lost, and whoever lost it puts it right", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "ada's", "ada.txt": "more" });
    await log(bob.api, { "a.txt": "bob's", "bob.txt": "more" });
    bob.close();
    await race(ada, { name: bob.name });
    expect(await repo.paths("cairn/log/")).toHaveLength(2);
    expect(await repo.roundsOf((await ada.row()).device)).toBe(0);
    const round = await ada.round();
    expect(round.remarks.join()).toContain("made anew from the log");
    const again = await openDevice(target, { name: bob.name });
    await again.round();
    await expectSame(ada, again);
    expect(await numbersOf(ada)).toEqual([0, 1]);
    // One wrote into the other's folder: each has its own files again.
    const folders = await Promise.all(
      [0, 1].map(async (n) =>
        (await repo.paths(`artifacts/digits/net/v${n}/`)).map((path) => path.split("/").at(-1)),
      ),
    );
    expect(folders).toContainEqual(["a.txt", "ada.txt"]);
    expect(folders).toContainEqual(["a.txt", "bob.txt"]);
    const fresh = await openDevice(target);
    await fresh.round();
    await expectSame(ada, fresh);
    await hub.clearRequests();
    await ada.round();
    expect((await hub.requests()).filter(({ path }) => path.includes("/commit/"))).toEqual([]);
  });

  test("[S3] a snapshot that doesn't go with its index is made anew from the log, too", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const path = "cairn/projects/digits/artifacts/net.json";
    const text = await repo.text(path);
    await repo.commit({ kind: "text", path, text: text.replace('"net"', '"nut"') });
    const round = await bob.round();
    expect(round.remarks.join()).toContain("made anew from the log");
    expect(await repo.text(path)).toBe(text);
    await ada.round();
    await expectSame(ada, bob);
  });
});

test("[S2] bytes that the hub takes only through Xet go through it", async () => {
  const other = await startHub({ xet: "only" });
  try {
    target = await makeRepo(other);
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "text", "b.bin": new Uint8Array(5000).fill(7) });
    expect(await ada.round()).toMatchObject({ pushedVersions: 1 });
    await bob.round();
    await expectSame(ada, bob);
    const view = viewRepo(target);
    expect(await view.paths("artifacts/")).toHaveLength(2);
    expect(await view.paths("cairn/uploads/")).toEqual([]);
    expect(await view.text(INDEX_PATH)).not.toBe("");
  } finally {
    await other.stop();
  }
});

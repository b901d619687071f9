// Faults of a remote and of its users, after which nothing may be missing.
import "fake-indexeddb/auto";
import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { EvictScope } from "../../src/protocol/sync-api.ts";
import { evict } from "../../src/sync/evict.ts";
import { createMeter } from "../../src/sync/meter.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { talkTo } from "../hub/talk.ts";
import { refusalOf } from "../support/errors.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, NEVER, openDevice, type Device } from "./devices.ts";
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

async function freeSpace({ sync }: Device): Promise<void> {
  const scope: EvictScope = { kind: "project", project: "digits" };
  const meter = createMeter(
    () => undefined,
    () => 0,
  );
  await evict(sync, scope, meter, NEVER);
}

async function contentOf(device: Device, number: number): Promise<string> {
  return (await device.api.getFile("digits", "net", v(number), "a.txt")).text();
}

describe("bytes that are only there", () => {
  test("[S2] are found while a cache gives an older head, for however long", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await log(ada.api, { "a.txt": "2" });
    await ada.round();
    await freeSpace(ada);
    await hub.setFaults({ path: "index.json", times: 0, action: { kind: "stale-read" } });
    expect(await refusalOf(ada.round())).toMatchObject({
      code: "hub_failed",
      data: { kind: "odd_answer" },
    });
    expect((await ada.row()).seq).toBe(2);
    expect(await contentOf(ada, 1)).toBe("2");
    await hub.clearFaults();
    expect(await ada.round()).toMatchObject({ pushedVersions: 0, remarks: [] });
  });

  test("[S2] come from the commit they were in after the branch was set back, and go there again", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const { commit } = await ada.row();
    await log(ada.api, { "a.txt": "2" });
    await ada.round();
    await freeSpace(ada);
    const carl = await openDevice(target, { pullOnly: true });
    await carl.round();
    const path = `/api/datasets/${target.repo}/branch/main`;
    const body = { startingPoint: commit, overwrite: true };
    expect((await talkTo(hub).send("POST", path, body)).ok).toBe(true);
    expect((await carl.round()).remarks.join()).toContain("isn't there any more");
    expect(await contentOf(carl, 1)).toBe("2");
    expect(await ada.round()).toMatchObject({ pushedVersions: 1 });
    expect(await repo.paths("artifacts/")).toHaveLength(2);
    const bob = await openDevice(target);
    await bob.round();
    expect([await contentOf(bob, 0), await contentOf(bob, 1)]).toEqual(["1", "2"]);
  });
});

test("[S3 S5] a version that others purged before its answer came doesn't hold up its device", async () => {
  const [name, bob] = [ulid(), await openDevice(target)];
  let hasCrashed = (): void => undefined;
  const crash = new Promise<void>((resolve) => (hasCrashed = resolve));
  const before = await openDevice(target, {
    name,
    onStep: async (step) => {
      if (step !== "after-commit") return;
      hasCrashed();
      await new Promise<never>(() => undefined);
    },
  });
  await log(before.api, { "a.txt": "1" });
  await log(before.api, { "a.txt": "2" });
  await Promise.race([before.round(), crash]);
  before.close();
  await bob.round();
  const numbers = [v(0)];
  await bob.api.deleteVersions({ kind: "versions", project: "digits", name: "net", numbers }, []);
  await bob.api.emptyTrash(null);
  await bob.round();
  const ada = await openDevice(target, { name });
  await ada.round();
  expect(await ada.text("digits")).toBe(await bob.text("digits"));
  expect(await ada.sync.db.count("pendingRounds")).toBe(0);
});

test("[S3] a project of which nothing can be sent is no reason to commit, again and again", async () => {
  const ada = await openDevice(target);
  await log(ada.api, { "a.txt": "1" });
  await ada.sync.db.clear("packBytes");
  await hub.clearRequests();
  for (let i = 0; i < 3; i += 1) expect((await ada.round()).remarks.join()).toContain("stays here");
  const commits = (await hub.requests()).filter(({ path }) => path.includes("/commit/"));
  expect(commits).toEqual([]);
});

// A repository that lies: nothing of here is lost by it, and nothing goes on for ever.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { refusalOf } from "../support/errors.ts";
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

/** The round is refused for what the repository says. */
async function expectRefused(device: Device, reason: string): Promise<void> {
  const { code, data } = await refusalOf(device.round());
  expect(code).toBe("invalid_remote");
  expect(data).toMatchObject({ reason: expect.stringContaining(reason) as string });
}

describe("a version that is another one than it says", () => {
  test("[S2] a list of files with another digest than the version's is refused", async () => {
    const first = await log(ada.api, { "a.txt": "1" });
    const second = await log(ada.api, { "a.txt": "2" });
    await ada.round();
    const { uid } = first.version;
    const { op } = await manifestWithFilesOf(repo, "net", uid, second.version.uid);
    await repo.commit(op);
    await expectRefused(bob, "its files are not the version's");
    expect(await bob.sync.db.count("versions")).toBe(0);
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
    await expectRefused(bob, "has other content");
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
    await expectRefused(bob, "has other content");
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
    await expectRefused(bob, "is not in what the repository says");
    expect(await contentOf(bob, "v1")).toBe("bob's");
  });
});

describe("a log that lies", () => {
  /** Adds a change to the first round's file, and has the index lack what makes everybody read the log. */
  async function addToLog(op: object): Promise<void> {
    const [path = ""] = await repo.paths("cairn/log/");
    const round = await edited(repo, path, ({ ops }: { ops: object[] }) => {
      ops.push({ project: "digits", op });
    });
    const index = await edited(repo, INDEX_PATH, (json: { devices: unknown }) => {
      json.devices = [];
    });
    await repo.commit(round, index);
  }

  test("[S1] a run of another project in a project's changes is refused", async () => {
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
    await expectRefused(bob, "another project");
    expect(await bob.sync.db.count("runs")).toBe(0);
  });
});

// What a person didn't choose for a remote: nothing of it leaves, not even its name [S1].
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RegistryUid } from "../../src/core/registry/records.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device } from "./devices.ts";
import { viewRepo, type RepoView } from "./repo-view.ts";

let hub: TestHub;
let target: RemoteTarget;
let repo: RepoView;
let ada: Device;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  await hub.clearFaults();
  target = await makeRepo(hub);
  repo = viewRepo(target);
  ada = await openDevice(target);
});
afterAll(() => hub.stop());

const V0 = 0 as VersionNumber;
type Ref = Parameters<Device["api"]["addDerivation"]>[0];
const NET = { project: "digits", name: "net", number: V0 } as Ref;

/** Every text there. */
async function allTexts(): Promise<string> {
  const paths = (await repo.paths("")).filter((path) => path.endsWith(".json"));
  return [...paths, ...(await Promise.all(paths.map((path) => repo.text(path))))].join("\n");
}

async function eventKinds(device: Device): Promise<readonly string[]> {
  return (await device.api.listEvents({ limit: 100 })).map(({ kind }) => kind);
}

test("[S1] a line from a project that doesn't sync there isn't told, and stays here", async () => {
  await log(ada.api, { "a.txt": "plan" }, { project: "secret", name: "plan" });
  await log(ada.api, { "a.txt": "1" });
  await ada.api.addDerivation(NET, "secret/plan:v0");
  await ada.round();
  expect(await allTexts()).not.toContain("secret");
  const bob = await openDevice(target);
  await bob.round();
  await bob.api.setAlias(NET, "prod", null);
  await bob.round();
  await ada.round();
  expect(await ada.sync.db.count("derivations")).toBe(1);
});

test("[S1] a line that was told before its project left isn't taken from the others", async () => {
  const projects = ["digits", "plans"];
  await ada.change({
    scope: {
      projects: projects.map((name) => ({ name: name as never, keepLocal: false, never: [] })),
      registries: [],
    },
  });
  await log(ada.api, { "a.txt": "plan" }, { project: "plans", name: "plan" });
  await log(ada.api, { "a.txt": "1" });
  await ada.api.addDerivation(NET, "plans/plan:v0");
  await ada.round();
  const bob = await openDevice(target, { projects });
  await bob.round();
  expect(await bob.sync.db.count("derivations")).toBe(1);
  await ada.change({
    scope: {
      projects: projects.map((name) => ({
        name: name as never,
        keepLocal: false,
        never: name === "plans" ? ["plan" as never] : [],
      })),
      registries: [],
    },
  });
  expect(await ada.round()).toMatchObject({ pushedVersions: 0 });
  await bob.api.setAlias(NET, "prod", null);
  await bob.round();
  const before = await eventKinds(ada);
  await ada.round();
  const after = await eventKinds(ada);
  expect(after.filter((kind) => kind.startsWith("derivation-"))).toEqual(
    before.filter((kind) => kind.startsWith("derivation-")),
  );
  for (const device of [ada, bob]) expect(await device.sync.db.count("derivations")).toBe(1);
});

test("[S1] a run that found a version through a registry which doesn't sync there doesn't name it", async () => {
  await log(ada.api, { "a.txt": "1" });
  const run = await ada.api.startRun("digits", "train", {});
  await ada.api.useVersion("digits/net:v0", null, run.uid, null);
  const via = {
    registry: "01JZZZZZZZZZZZZZZZZZZZZZZZ" as RegistryUid,
    registryName: "secret-registry" as never,
    collection: "c" as never,
    number: V0,
  };
  for (const edge of await ada.sync.db.getAll("edges"))
    await ada.sync.db.put("edges", { ...edge, via });
  await ada.round();
  expect(await allTexts()).not.toContain("secret");
  const bob = await openDevice(target);
  await bob.round();
  await bob.api.setAlias(NET, "prod", null);
  await bob.round();
  await ada.round();
  expect((await ada.sync.db.getAll("edges")).map((edge) => edge.via)).toEqual([via]);
});

test("[S1] what is marked “never upload” while a round sends bytes isn't committed by it", async () => {
  const carl = await openDevice(target, {
    onStep: async (step) => {
      if (step !== "upload") return;
      const never = ["net" as never];
      const projects = [{ name: "digits" as never, keepLocal: false, never }];
      await carl.change({ scope: { projects, registries: [] } });
    },
  });
  await log(carl.api, { "a.txt": "1" });
  await log(carl.api, { "a.txt": "2" }, { name: "set" });
  await carl.round();
  expect(await repo.paths("artifacts/")).toEqual(["artifacts/digits/set/v0/a.txt"]);
  expect(await allTexts()).not.toContain('"net"');
});

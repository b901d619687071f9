// Rounds of projects that are kept here whole, with a registry among them, and while a person works on.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RegistryUid } from "../../src/core/registry/records.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { evict } from "../../src/sync/evict.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { codeOf } from "../support/errors.ts";
import { log } from "../support/service-harness.ts";
import { makeRepo, NEVER, openDevice, silent, type Device } from "./devices.ts";

let hub: TestHub;
let target: RemoteTarget;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  target = await makeRepo(hub);
});
afterAll(() => hub.stop());

const v = (number: number): VersionNumber => number as VersionNumber;
const DIGITS = { kind: "project", project: "digits" } as Parameters<typeof evict>[1];

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

/** Says whether all bytes of the project are to be here. */
async function setKept(device: Device, keepLocal: boolean): Promise<void> {
  const { scope } = await device.row();
  const projects = scope.projects.map((project) => ({ ...project, keepLocal }));
  await device.change({ scope: { ...scope, projects } });
}

async function storedBytes({ sync }: Device): Promise<number> {
  return (await sync.db.get("totals", "all"))?.storedBytes ?? 0;
}

describe("a project that is kept here whole", () => {
  test("[U5] has all its bytes here after a round, also those that came before it was, and later ones", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "first" });
    await ada.round();
    await bob.round();
    expect(await storedBytes(bob)).toBe(0);
    await setKept(bob, true);
    await bob.round();
    expect(await storedBytes(bob)).toBe(5);
    await log(ada.api, { "a.txt": "second", "b.txt": "first" });
    await ada.round();
    await bob.round();
    expect(await storedBytes(bob)).toBe(11);
    await hub.clearRequests();
    await bob.round();
    // Nothing is fetched twice.
    const asked = (await hub.requests()).map(({ path }) => path.replace(/\?.*/, ""));
    expect(asked.filter((path) => !path.endsWith("index.json"))).toEqual([]);
  });

  test("[U5] gives nothing up, as it would be back with the next round, until it is kept no more", async () => {
    const ada = await openDevice(target);
    await setKept(ada, true);
    await log(ada.api, { "a.txt": "first" });
    await ada.round();
    const free = (): ReturnType<typeof evict> => evict(ada.sync, DIGITS, silent(), NEVER);
    expect(await free()).toMatchObject({ freedBytes: 0, kept: [{ why: "kept-here", bytes: 5 }] });
    await setKept(ada, false);
    expect(await free()).toMatchObject({ freedBytes: 5, kept: [] });
    await ada.round();
    expect(await storedBytes(ada)).toBe(0);
    expect(await (await ada.api.getFile("digits", "net", v(0), "a.txt")).text()).toBe("first");
  });
});

test("[E3 G6] a registry syncs with its projects: links, protected aliases and signatures, one commit for all", async () => {
  const ada = await openDevice(target);
  await ada.api.setProfile("Ada", null);
  await log(ada.api, { "a.txt": "1" });
  const made = { name: "models", description: "", types: [], visibility: "open" } as const;
  await ada.api.createRegistry(made);
  await ada.api.addProtection("models", "prod", "");
  await ada.api.linkVersion("digits/net:v0", null, "models/net", ["prod"]);
  const [registry] = await ada.sync.db.getAll("registries");
  const registries = [registry?.uid as RegistryUid];
  const { scope } = await ada.row();
  await ada.change({ scope: { ...scope, registries } });
  await ada.round();
  const bob = await openDevice(target, { registries });
  await bob.api.setProfile("Bob", null);
  await bob.round();
  await expectSame(ada, bob);
  expect(await bob.api.getCollection("models", "net", null)).toMatchObject({
    linkList: [{ number: 0, source: { project: "digits", name: "net", number: 0 } }],
  });
  expect(await codeOf(bob.api.removeLinkAlias("models", "net", "prod"))).toBe("alias_protected");
  const report = await bob.api.verifyRegistry("models");
  expect(report.faults).toEqual([]);
  await hub.clearRequests();
  await ada.round();
  await bob.round();
  const sent = (await hub.requests()).filter(({ method }) => method !== "GET");
  expect(sent).toEqual([]);
});

describe("while a round runs", () => {
  test.each(["plan", "prepare", "upload", "before-commit", "after-commit"])(
    "[S2 S3] a version that is logged at “%s” goes with the next one, with its bytes",
    async (at) => {
      let isLogged = false;
      const ada: Device = await openDevice(target, {
        onStep: async (step) => {
          if (step !== at || isLogged) return;
          isLogged = true;
          await log(ada.api, { "a.txt": "first", "b.txt": "second" }, { aliases: ["prod"] });
        },
      });
      const bob = await openDevice(target);
      await log(ada.api, { "a.txt": "first" }, { aliases: ["prod"] });
      await ada.round();
      expect(isLogged).toBe(true);
      await ada.round();
      await bob.round();
      await expectSame(ada, bob);
      const read = async (path: string): Promise<string> =>
        (await bob.api.getFile("digits", "net", v(1), path)).text();
      expect([await read("a.txt"), await read("b.txt")]).toEqual(["first", "second"]);
      expect(await bob.api.resolve("digits/net:prod", null)).toMatchObject({
        version: { number: 1 },
      });
    },
  );

  test("[D3] what is logged and deleted in it is nowhere after the trash was emptied, and nothing else went", async () => {
    let isDone = false;
    const ada: Device = await openDevice(target, {
      onStep: async (step) => {
        if (step !== "upload" || isDone) return;
        isDone = true;
        await log(ada.api, { "a.txt": "first", "b.txt": "second" });
        const versions = { kind: "versions", project: "digits", name: "net" } as const;
        await ada.api.deleteVersions({ ...versions, numbers: [v(1)] }, []);
        await ada.api.emptyTrash(null);
      },
    });
    const bob = await openDevice(target);
    await log(ada.api, { "a.txt": "first" });
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
    await ada.round();
    await bob.round();
    await expectSame(ada, bob);
    expect(await (await bob.api.getFile("digits", "net", v(0), "a.txt")).text()).toBe("first");
    expect(await storedBytes(ada)).toBe(5);
  });
});

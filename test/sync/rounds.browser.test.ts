// Rounds in a real browser: two devices with databases of their own, over a hub that isn't always well.
import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { fetchAll } from "../../src/sync/fetch-all.ts";
import type { TestHub } from "../hub/client.ts";
import { startHubFromPage } from "../support/hub-from-page.ts";
import { log } from "../support/service-harness.ts";
import { areSame, noise, smallFiles } from "./bytes-world.ts";
import { makeRepo, NEVER, openDevice, silent, type Device } from "./devices.ts";
import { viewRepo } from "./repo-view.ts";

let hub: TestHub;
let target: RemoteTarget;
beforeAll(async () => {
  hub = await startHubFromPage();
});
beforeEach(async () => {
  await hub.clearFaults();
  target = await makeRepo(hub);
});
afterAll(() => hub.stop());

const v = (number: number): VersionNumber => number as VersionNumber;

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

async function read({ api }: Device, number: number, path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await api.getFile("digits", "net", v(number), path)).arrayBuffer());
}

test("[S2 S3 S4] what two log and move at once is the same in both, numbers and bytes", async () => {
  const [ada, bob] = [await openDevice(target), await openDevice(target)];
  const large = noise(1 << 20, 1);
  await log(ada.api, { ...smallFiles(210), "large.bin": large }, { aliases: ["prod"] });
  await log(bob.api, { "a.txt": "bob's" }, { aliases: ["prod"] });
  expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
  const second = await bob.round();
  expect(second.notes.map(({ note }) => note.kind)).toContain("renumbered");
  await ada.round();
  await expectSame(ada, bob);
  await fetchAll(bob.sync, { kind: "project", project: "digits" }, silent(), NEVER);
  expect(areSame(await read(bob, 0, "large.bin"), large)).toBe(true);
  const [small, text] = await Promise.all(
    [bob, ada].map((device) => read(device, 0, "data/part-00123.txt")),
  );
  expect(small).toEqual(text);
  expect(new TextDecoder().decode(await read(ada, 1, "a.txt"))).toBe("bob's");
});

test("[S3] an answer that is lost on the way is found in the index, though the browser sent it twice", async () => {
  const [ada, bob] = [await openDevice(target), await openDevice(target)];
  await log(ada.api, { "a.txt": "1" });
  await hub.setFaults({ method: "POST", path: "/commit/", action: { kind: "drop-after" } });
  await ada.round();
  expect(await viewRepo(target).roundsOf((await ada.row()).device)).toBe(1);
  expect(await ada.sync.db.count("pendingRounds")).toBe(0);
  await bob.round();
  await expectSame(ada, bob);
});

test("[S2 S3 D3] a page that ends in mid-round goes on when it is opened again, behind what came meanwhile", async () => {
  const [name, bob] = [ulid(), await openDevice(target)];
  let hasEnded = (): void => undefined;
  const end = new Promise<void>((resolve) => (hasEnded = resolve));
  const before = await openDevice(target, {
    name,
    limits: { manifestRows: 1 },
    onStep: async (step) => {
      if (step !== "before-commit") return;
      hasEnded();
      await new Promise<never>(() => undefined);
    },
  });
  await log(before.api, { "a.txt": "ada's" });
  await Promise.race([before.round(), end]);
  before.close();
  for (const text of ["1", "2"]) await log(bob.api, { "a.txt": text });
  await bob.round();
  const faults = { path: "/resolve/", nth: 3, action: { kind: "status", status: 503 } } as const;
  await hub.setFaults(faults, { path: "objects/batch", action: { kind: "drop-before" } });
  const ada = await openDevice(target, { name, limits: { manifestRows: 1 } });
  expect(await ada.round()).toMatchObject({ pushedVersions: 1, pulledVersions: 2, sentObjects: 0 });
  const { length } = (await hub.faults()).filter(({ applied }) => applied > 0);
  expect(length, "faults that were met").toBe(2);
  await bob.round();
  await expectSame(ada, bob);
  expect(new TextDecoder().decode(await read(bob, 2, "a.txt"))).toBe("ada's");
  expect(await ada.sync.db.count("pendingRounds")).toBe(0);
});

// Two devices and a hub, by what a page may ask: connect, sync, and see the same on both.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { SyncScope } from "../../src/core/sync/remote.ts";
import type { RemoteDetail, RemoteView } from "../../src/protocol/sync-api.ts";
import { createSyncService, type SyncService } from "../../src/sync/sync-service.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { aRegistry, openActor, readRegistry, type Actor } from "../support/registry-actors.ts";
import { log } from "../support/service-harness.ts";
import { syncCtxOf } from "./sync-ctx.ts";

let hub: TestHub;
let repos = 0;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(() => void (repos += 1));
afterAll(() => hub.stop());

interface Device {
  readonly actor: Actor;
  readonly api: SyncService["api"];
  connect(scope: SyncScope, pullOnly?: boolean): Promise<RemoteView>;
  /** Syncs, and waits for the end of it. */
  sync(): Promise<RemoteDetail>;
}

async function openDevice(name: string): Promise<Device> {
  const actor = await openActor(name);
  const sync = syncCtxOf(actor.ctx);
  sync.hubTokens.set(hub.url, "hf_ada");
  const service = createSyncService(sync);
  const { api } = service;
  onTestFinished(async () => {
    await service.close();
    actor.close();
  });
  const only = async (): Promise<RemoteView> => {
    const [view] = await api.listRemotes();
    if (view === undefined) throw new Error("there is no remote");
    return view;
  };
  return {
    actor,
    api,
    connect: (scope, pullOnly = false) =>
      api.connectRemote({
        target: { hubUrl: hub.url, type: "dataset", repo: `ada/shared-${repos}` },
        create: pullOnly ? null : { isPrivate: false },
        pullOnly,
        scope,
      }),
    async sync() {
      const { uid, syncedAt } = await only();
      await api.syncNow(uid);
      await expect.poll(async () => (await only()).syncedAt).not.toBe(syncedAt);
      await expect.poll(only).toMatchObject({ activity: { kind: "idle" } });
      return api.getRemote(uid);
    },
  };
}

test("projects and registries come to the other device, and nothing is pending then", async () => {
  const ada = await openDevice("Ada");
  await log(ada.actor.api, { "a.txt": "one" });
  await ada.actor.api.createRegistry(aRegistry());
  const { record } = await readRegistry(ada.actor, "models");
  const scope: SyncScope = {
    projects: [{ name: "digits" as never, keepLocal: false, never: [] }],
    registries: [record.uid],
  };
  await ada.connect(scope);
  const sent = await ada.sync();
  expect(sent).toMatchObject({ pendingVersions: 0, pendingChanges: 0, usedBytes: 3 });
  expect(sent.projects).toMatchObject([{ name: "digits", where: "both", missingBytes: 0 }]);
  expect(sent.registries).toMatchObject([{ name: "models", where: "both", problem: null }]);

  const ben = await openDevice("Ben");
  await ben.connect(scope);
  const came = await ben.sync();
  expect(came.projects).toMatchObject([{ name: "digits", where: "both", missingBytes: 3 }]);
  expect((await readRegistry(ben.actor, "models")).record.head).toBe(record.head);
  expect(came.devices.map(({ isThis }) => isThis)).toEqual([false]);
  const lines = await ben.api.readSyncLog(came.uid, null, 10);
  expect(lines.map(({ text }) => text)).toContainEqual(expect.stringContaining("1 version came"));

  await log(ben.actor.api, { "b.txt": "two!" });
  const answered = await ben.sync();
  expect(answered).toMatchObject({ pendingVersions: 0, pendingChanges: 0 });
  expect(answered.devices.map(({ isThis }) => isThis)).toEqual([true, false]);
  const back = await ada.sync();
  expect(back.projects).toMatchObject([{ versions: 2, missingBytes: 4 }]);
});

test("who may only read pulls, and a commit is never tried", async () => {
  const scope: SyncScope = {
    projects: [{ name: "digits" as never, keepLocal: false, never: [] }],
    registries: [],
  };
  const ada = await openDevice("Ada");
  await log(ada.actor.api, { "a.txt": "one" });
  await ada.connect(scope);
  await ada.sync();
  await hub.clearRequests();
  const reader = await openDevice("Reader");
  reader.actor.ctx.hubTokens.set(hub.url, null);
  await log(reader.actor.api, { "c.txt": "mine" }, { name: "other" });
  await reader.connect(scope, true);
  const came = await reader.sync();
  expect(came).toMatchObject({ pendingVersions: 0, isSignedIn: false });
  expect(came.projects).toMatchObject([{ versions: 2 }]);
  expect((await hub.requests()).filter(({ method }) => method !== "GET")).toEqual([]);
});

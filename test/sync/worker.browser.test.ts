// The real sync worker beside the real store worker, with a hub on other origins.
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Connection } from "../../src/client/connect.ts";
import { startSyncWorker, type SyncWorker } from "../../src/client/sync-worker.ts";
import type { ConnectRequest, RemoteView } from "../../src/protocol/sync-api.ts";
import type { TestHub } from "../hub/client.ts";
import { codeOf } from "../support/errors.ts";
import { startHubFromPage } from "../support/hub-from-page.ts";
import { log } from "../support/service-harness.ts";

let hub: TestHub;
let connection: Connection;
let worker: SyncWorker;
const project = `synced-${crypto.randomUUID()}`;

beforeAll(async () => {
  [hub, connection, worker] = await Promise.all([startHubFromPage(), connect(), startSyncWorker()]);
});
afterAll(async () => {
  for (const { uid } of await worker.api.listRemotes()) await worker.api.disconnectRemote(uid);
  worker.stop();
  connection.close();
  await hub.stop();
});

async function onlyRemote(): Promise<RemoteView> {
  const [view] = await worker.api.listRemotes();
  if (view === undefined) throw new Error("there is no remote");
  return view;
}

test("starts with nothing connected, and asks no hub", async () => {
  expect(await worker.api.listRemotes()).toEqual([]);
  expect(await hub.requests()).toEqual([]);
});

test("connects a repository, sends what is there, and hears of what comes", async () => {
  const { api } = worker;
  await log(connection.store, { "a.txt": "one" }, { project });
  const identity = await api.giveToken(hub.url, { token: "hf_ada", expiresAt: null }, true);
  expect(identity.name).toBe("ada");
  const target = { hubUrl: hub.url, type: "dataset", repo: "ada/browser" } as const;
  expect(await api.testConnection(target)).toMatchObject({ exists: false, mayWrite: true });
  const request: ConnectRequest = {
    target,
    create: { isPrivate: false },
    pullOnly: false,
    scope: { projects: [{ name: project as never, keepLocal: false, never: [] }], registries: [] },
  };
  const { uid } = await api.connectRemote(request);
  expect(await codeOf(api.connectRemote(request))).toBe("invalid_remote_name");
  await expect.poll(async () => (await onlyRemote()).syncedAt).not.toBeNull();
  await expect.poll(onlyRemote).toMatchObject({
    activity: { kind: "idle" },
    pendingVersions: 0,
    usedBytes: 3,
    isSignedIn: true,
  });
  await log(connection.store, { "a.txt": "two!" }, { project });
  await expect.poll(onlyRemote).toMatchObject({ pendingVersions: 1, pendingBytes: 4 });
  await api.syncNow(uid);
  await expect.poll(onlyRemote).toMatchObject({ pendingVersions: 0, usedBytes: 7 });
  const [last] = await api.readSyncLog(uid, null, 1);
  expect(last?.text).toMatch(/1 version went, 4 B in 1 file sent/);
});

test("a failure crosses whole", async () => {
  await hub.setFaults({ path: "/api/", times: 0, action: { kind: "status", status: 403 } });
  const target = { hubUrl: hub.url, type: "dataset", repo: "ada/refused" } as const;
  const scope = { projects: [], registries: [] };
  const refused = worker.api.connectRemote({ target, create: null, pullOnly: true, scope });
  expect(await codeOf(refused)).toBe("hub_failed");
  await hub.clearFaults();
});

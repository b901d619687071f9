// A page that only shows a repository: its sync worker brings that one in, and refuses every change.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ProjectName } from "../../src/core/names.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { JobId } from "../../src/protocol/jobs.ts";
import type { ConnectRequest, SyncApi } from "../../src/protocol/sync-api.ts";
import { createSyncService } from "../../src/sync/sync-service.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { dump } from "../support/dump.ts";
import { refusalOf } from "../support/errors.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";
import { makeRepo } from "./devices.ts";
import { syncCtxOf } from "./sync-ctx.ts";
import { NOTHING_NEW, REMOTE, remoteRow } from "./tabs.ts";

let hub: TestHub;
let shown: RemoteTarget;
beforeAll(async () => {
  hub = await startHub();
  shown = await makeRepo(hub);
});
afterAll(() => hub.stop());

/** A visitor's worker, told what its page shows. */
async function openVisitor(): Promise<Harness & { readonly sync: SyncApi }> {
  const harness = await openHarness();
  const service = createSyncService(syncCtxOf(harness.ctx), () => Promise.resolve(NOTHING_NEW));
  onTestFinished(() => service.close());
  await service.api.showOnly(shown);
  return { ...harness, sync: service.api };
}

const request = (fields: Partial<ConnectRequest> = {}): ConnectRequest => ({
  target: shown,
  create: null,
  pullOnly: true,
  scope: { projects: [], registries: [] },
  ...fields,
});
const JOB = "j" as JobId;
const PROJECT = { kind: "project", project: "digits" } as const;
const silent = (): void => undefined;

const CHANGES: readonly (readonly [string, (sync: SyncApi) => Promise<unknown>])[] = [
  ["disconnecting", (sync) => sync.disconnectRemote(REMOTE)],
  ["pausing", (sync) => sync.pauseSync(REMOTE)],
  ["going on", (sync) => sync.resumeSync(REMOTE)],
  ["freeing space", (sync) => sync.evict(JOB, PROJECT, silent)],
  [
    "publishing",
    (sync) =>
      sync.publish(JOB, REMOTE, { space: "ada/s", title: "", home: null, files: [] }, silent),
  ],
  ["sending there", (sync) => sync.connectRemote(request({ pullOnly: false }))],
  ["making it", (sync) => sync.connectRemote(request({ create: { isPrivate: false } }))],
  [
    "connecting another repository",
    (sync) => sync.connectRemote(request({ target: { ...shown, repo: "ada/other" } })),
  ],
];

test.each(CHANGES)("%s is refused, nothing is written, no hub is asked", async (_what, change) => {
  const { ctx, api, sync } = await openVisitor();
  await log(api, { "a.txt": "1" });
  await ctx.db.put("remotes", remoteRow());
  const before = await dump(ctx.db);
  const asked = (await hub.requests()).length;
  expect(await refusalOf(change(sync))).toEqual({
    code: "read_only",
    data: { remote: `the dataset ${shown.repo}` },
  });
  expect(await dump(ctx.db)).toEqual(before);
  expect(await hub.requests()).toHaveLength(asked);
});

test("what is shown is connected, looked at, and taken up as it grows", async () => {
  const { sync } = await openVisitor();
  expect(await sync.testConnection(shown)).toMatchObject({ exists: true });
  const { uid } = await sync.connectRemote(request());
  const scope = {
    projects: [{ name: "digits" as ProjectName, keepLocal: false, never: [] }],
    registries: [],
  };
  await sync.setScope(uid, scope);
  await sync.syncNow(uid);
  expect(await sync.listRemotes()).toMatchObject([{ ...shown, pullOnly: true, scope }]);
});

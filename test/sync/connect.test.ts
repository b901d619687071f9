// Connecting a repository, looking at one before, and disconnecting it again.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatIndex } from "../../src/core/sync/file-texts.ts";
import { GIT_ATTRIBUTES, type RemoteIndex } from "../../src/core/sync/files.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget, SyncScope } from "../../src/core/sync/remote.ts";
import type { ConnectionReport, ConnectRequest } from "../../src/protocol/sync-api.ts";
import type { StoreName } from "../../src/store/schema.ts";
import { createSyncService, type SyncService } from "../../src/sync/sync-service.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { file, talkTo } from "../hub/talk.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { openHarness } from "../support/service-harness.ts";
import { syncCtxOf, type TestSyncCtx } from "./sync-ctx.ts";
import { NOTHING_NEW } from "./tabs.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({
    users: [{ name: "ada", orgs: ["lab"] }, { name: "ben" }],
    tokens: [
      { token: "hf_ada", user: "ada", role: "write" },
      { token: "hf_reader", user: "ada", role: "read" },
      { token: "hf_ben", user: "ben", role: "write" },
    ],
  });
});
afterAll(() => hub.stop());

let names = 0;
const aTarget = (fields: Partial<RemoteTarget> = {}): RemoteTarget => ({
  hubUrl: hub.url,
  type: "dataset",
  repo: `ada/models-${(names += 1)}`,
  ...fields,
});
const aScope = (...projects: readonly string[]): SyncScope => ({
  projects: projects.map((name) => ({ name: name as never, keepLocal: false, never: [] })),
  registries: [],
});
const aRequest = (target: RemoteTarget, fields: Partial<ConnectRequest> = {}): ConnectRequest => ({
  target,
  create: { isPrivate: true },
  pullOnly: false,
  scope: aScope(),
  ...fields,
});

interface Device {
  readonly sync: TestSyncCtx;
  readonly service: SyncService;
  readonly api: SyncService["api"];
}

async function openDevice(token: string | null = "hf_ada"): Promise<Device> {
  const { ctx } = await openHarness();
  const sync = syncCtxOf(ctx);
  if (token !== null) sync.hubTokens.set(hub.url, token);
  const service = createSyncService(sync, () => Promise.resolve(NOTHING_NEW));
  return { sync, service, api: service.api };
}

/** Puts an index into a repository as rounds do. */
async function putIndex({ repo }: RemoteTarget, text: string): Promise<void> {
  const ada = talkTo(hub);
  await ada.commit(`datasets/${repo}`, [
    file(".gitattributes", `${GIT_ATTRIBUTES.join("\n")}\n`),
    file(INDEX_PATH, text),
  ]);
}

const AN_INDEX: RemoteIndex = {
  seq: 1,
  devices: new Map(),
  projects: new Map([
    [
      "digits" as never,
      { createdAt: "2026-03-01T00:00:00.000Z", deletedAt: null, files: new Map() },
    ],
  ]),
  registries: new Map(),
};

describe("connecting", () => {
  test("makes the repository, private on wish, and is a device of its own there", async () => {
    const [target, { api, sync, service }] = [aTarget(), await openDevice()];
    const view = await api.connectRemote(aRequest(target, { scope: aScope("digits") }));
    expect(view).toMatchObject({ ...target, pullOnly: false, isSignedIn: true, limitBytes: null });
    expect(await sync.openHub(target).repoInfo(new AbortController().signal)).toMatchObject({
      exists: true,
      isPrivate: true,
    });
    const [row] = await sync.db.getAll("remotes");
    expect(row?.device).toMatch(/^[0-9A-Z]{26}$/);
    expect(sync.told).toContainEqual({ kind: "remotes-changed" });
    await service.close();
  });

  test("takes a repository that is there, and knows what is in it", async () => {
    const [target, { api, service }] = [aTarget(), await openDevice()];
    await talkTo(hub).create(target.repo.slice("ada/".length));
    await putIndex(target, formatIndex(AN_INDEX));
    const { uid } = await api.connectRemote(aRequest(target));
    expect((await api.getRemote(uid)).projects).toMatchObject([
      { name: "digits", where: "there", isSynced: false },
    ]);
    await service.close();
  });

  test("a Space may hold 1 GB", async () => {
    const { api, service } = await openDevice();
    const view = await api.connectRemote(aRequest(aTarget({ type: "space" })));
    expect(view.limitBytes).toBe(1e9);
    await service.close();
  });

  test("refuses what isn't there and nobody wants made", async () => {
    const { api, sync } = await openDevice();
    const refusal = await refusalOf(api.connectRemote(aRequest(aTarget(), { create: null })));
    expect(refusal).toMatchObject({ code: "hub_failed", data: { kind: "not_found" } });
    expect(await sync.db.count("remotes")).toBe(0);
  });

  test.each(["models", "ada/", "ada/a b", "ada/mod--els", "a/b/c", "../models", "ada/x.git"])(
    "refuses the name %j before anything is asked",
    async (repo) => {
      const { api } = await openDevice();
      await hub.clearRequests();
      expect(await codeOf(api.connectRemote(aRequest(aTarget({ repo }))))).toBe(
        "invalid_remote_name",
      );
      expect(await codeOf(api.testConnection(aTarget({ repo })))).toBe("invalid_remote_name");
      expect(await hub.requests()).toEqual([]);
    },
  );

  test("[S3] refuses a project that syncs elsewhere, also when it comes into the scope later", async () => {
    const { api, service } = await openDevice();
    const first = await api.connectRemote(aRequest(aTarget(), { scope: aScope("digits") }));
    const also = aRequest(aTarget(), { scope: aScope("letters", "digits") });
    expect(await refusalOf(api.connectRemote(also))).toEqual({
      code: "synced_elsewhere",
      data: { what: "project", name: "digits", remote: first.label },
    });
    const second = await api.connectRemote(aRequest(aTarget(), { scope: aScope("letters") }));
    expect(await codeOf(api.setScope(second.uid, aScope("digits")))).toBe("synced_elsewhere");
    await api.setScope(first.uid, aScope());
    await api.setScope(second.uid, aScope("letters", "digits"));
    await service.close();
  });

  test("refuses to connect twice, in any letter case", async () => {
    const [target, { api, service }] = [aTarget(), await openDevice()];
    await api.connectRemote(aRequest(target));
    const again = aRequest({ ...target, repo: target.repo.toUpperCase() });
    expect(await codeOf(api.connectRemote(again))).toBe("invalid_remote_name");
    expect(await api.listRemotes()).toHaveLength(1);
    await service.close();
  });

  test("refuses where a newer Cairn syncs", async () => {
    const [target, { api, sync }] = [aTarget(), await openDevice()];
    await talkTo(hub).create(target.repo.slice("ada/".length));
    const newer = formatIndex(AN_INDEX).replace(/"version": ?1\b/, '"version":2');
    await putIndex(target, newer);
    expect(await codeOf(api.connectRemote(aRequest(target)))).toBe("invalid_remote");
    expect(await sync.db.count("remotes")).toBe(0);
  });

  test("refuses names of projects and artifacts that are none", async () => {
    const { api } = await openDevice();
    const scope = aScope("not a name");
    expect(await codeOf(api.connectRemote(aRequest(aTarget(), { scope })))).toBe("invalid_name");
  });
});

describe("testing a connection", () => {
  const states = ({ steps }: ConnectionReport): Record<string, string> =>
    Object.fromEntries(steps.map(({ what, state }) => [what, state]));
  const textOf = ({ steps }: ConnectionReport, step: string): string =>
    steps.find(({ what }) => what === step)?.text ?? "";

  test("finds all well, and what is there", async () => {
    const [target, { api }] = [aTarget(), await openDevice()];
    await talkTo(hub).create(target.repo.slice("ada/".length));
    await putIndex(target, formatIndex(AN_INDEX));
    const report = await api.testConnection(target);
    expect(states(report)).toEqual({
      reach: "good",
      "sign-in": "good",
      repository: "good",
      write: "good",
      layout: "good",
      lfs: "good",
    });
    expect(report).toMatchObject({ exists: true, mayWrite: true, projects: ["digits"] });
    expect(textOf(report, "layout")).toContain("1 project and 0 registries");
    expect(report.steps.find(({ what }) => what === "repository")?.requestId).toEqual(
      expect.any(String),
    );
  });

  test("writes nothing", async () => {
    const [target, { api }] = [aTarget(), await openDevice()];
    await talkTo(hub).create(target.repo.slice("ada/".length));
    await hub.clearRequests();
    await api.testConnection(target);
    const requests = await hub.requests();
    const written = requests.filter(
      ({ method, path }) => method === "PUT" || /\/(commit|create)\b/.test(path),
    );
    expect(requests.length).toBeGreaterThan(2);
    expect(written).toEqual([]);
  });

  test("of what isn't there, tells whether one could make it", async () => {
    const { api } = await openDevice();
    const own = await api.testConnection(aTarget());
    expect(own).toMatchObject({ exists: false, mayWrite: true });
    expect(states(own)).toMatchObject({ repository: "skipped", write: "good", layout: "skipped" });
    const ours = await api.testConnection(aTarget({ repo: "lab/models" }));
    expect(ours.mayWrite).toBe(true);
    const others = await api.testConnection(aTarget({ repo: "ben/models" }));
    expect([others.mayWrite, states(others)["write"]]).toEqual([false, "bad"]);
  });

  test("without a sign-in, one can read what is public, and private ones aren't seen", async () => {
    const [open, closed] = [aTarget(), aTarget()];
    const ada = talkTo(hub);
    await ada.create(open.repo.slice("ada/".length));
    await ada.create(closed.repo.slice("ada/".length), { visibility: "private" });
    const { api } = await openDevice(null);
    const report = await api.testConnection(open);
    expect(report).toMatchObject({ exists: true, mayWrite: false });
    expect(states(report)).toMatchObject({
      reach: "good",
      "sign-in": "skipped",
      repository: "good",
      write: "skipped",
    });
    const unseen = await api.testConnection(closed);
    expect(states(unseen)).toMatchObject({ reach: "good", repository: "bad", write: "skipped" });
  });

  test("a token that may only read can't write", async () => {
    const target = aTarget();
    await talkTo(hub).create(target.repo.slice("ada/".length));
    const report = await (await openDevice("hf_reader")).api.testConnection(target);
    expect([report.mayWrite, states(report)["write"]]).toEqual([false, "bad"]);
    expect(textOf(report, "write")).toContain("write access");
  });

  test("a newer format there is told", async () => {
    const [target, { api }] = [aTarget(), await openDevice()];
    await talkTo(hub).create(target.repo.slice("ada/".length));
    await putIndex(target, formatIndex(AN_INDEX).replace(/"version": ?1\b/, '"version":2'));
    const report = await api.testConnection(target);
    expect(states(report)).toMatchObject({ layout: "bad", lfs: "skipped" });
    expect(textOf(report, "layout")).toMatch(/newer/);
  });

  test("without a hub there is nothing more to try", async () => {
    const { api } = await openDevice(null);
    const report = await api.testConnection(aTarget({ hubUrl: "http://127.0.0.1:9" }));
    expect(states(report)).toMatchObject({ reach: "bad", "sign-in": "skipped", lfs: "skipped" });
    expect(report.steps).toHaveLength(6);
  });
});

test("disconnecting forgets what is known of the remote, and of no other", async () => {
  const { api, sync, service } = await openDevice();
  const [one, two] = [
    await api.connectRemote(aRequest(aTarget())),
    await api.connectRemote(aRequest(aTarget())),
  ];
  const stores = ["syncBases", "pendingRounds", "remoteFiles", "uploads", "syncLog"] as const;
  for (const { uid } of [one, two]) {
    await sync.db.put("syncBases", { remote: uid, project: "digits" } as never);
    await sync.db.put("pendingRounds", { remote: uid } as never);
    await sync.db.put("remoteFiles", { digests: [] } as never, [uid, "v" as never, 0]);
    await sync.db.put("uploads", {} as never, [uid, "f".repeat(64)]);
    await sync.db.put("syncLog", { remote: uid } as never);
  }
  await api.disconnectRemote(one.uid);
  const left = async (store: StoreName): Promise<number> => sync.db.count(store);
  expect(await left("remotes")).toBe(1);
  for (const store of stores) expect([store, await left(store)]).toEqual([store, 1]);
  expect(await sync.db.getAllKeys("pendingRounds")).toEqual([two.uid]);
  expect((await sync.db.getAllKeys("remoteFiles"))[0]?.[0]).toBe(two.uid);
  expect(await codeOf(api.getRemote(one.uid))).toBe("not_found");
  await service.close();
});

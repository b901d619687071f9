import { expect, test, vi } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { ProjectName } from "../../../src/core/names.ts";
import type { RegistryUid } from "../../../src/core/registry/records.ts";
import type { RemoteTarget, RemoteUid, SyncScope } from "../../../src/core/sync/remote.ts";
import type { ConnectedRemote } from "../../../src/protocol/remote-api.ts";
import type { ConnectionReport, RemoteView, SyncApi } from "../../../src/protocol/sync-api.ts";
import { ShownState } from "../../../src/ui/shown/shown-state.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { fakeSync, type FakeSync } from "../../support/fake-sync.ts";
import { remoteView } from "../../support/sync-views.ts";

const SHOWN: RemoteTarget = {
  hubUrl: "https://huggingface.co",
  type: "dataset",
  repo: "ada/models",
};
const UID = "r1" as RemoteUid;
const REGISTRY = "reg1" as RegistryUid;
const REPORT: ConnectionReport = {
  steps: [{ what: "sign-in", state: "skipped", text: "Nobody is signed in.", requestId: null }],
  projects: ["digits"],
  registries: [{ uid: REGISTRY, name: "models" }],
  exists: true,
  mayWrite: false,
};
const EVERYTHING: SyncScope = {
  projects: [{ name: "digits" as ProjectName, keepLocal: false, never: [] }],
  registries: [REGISTRY],
};

const viewOf = (fields: Partial<RemoteView> = {}): RemoteView =>
  remoteView({ ...SHOWN, uid: UID, scope: EVERYTHING, syncedAt: null, ...fields });

function open(
  connected: boolean,
  api: Partial<SyncApi>,
): { readonly state: ShownState; readonly sync: FakeSync } {
  const sync = fakeSync(api);
  const store = fakeStore({
    listConnected: () =>
      Promise.resolve(connected ? [{ ...SHOWN, uid: UID } as ConnectedRemote] : []),
  });
  return { sync, state: new ShownState({ sync, store }, SHOWN, (run) => run()) };
}

test("the first visit connects all there is, for reading only, and tells how far it is to the end", async () => {
  let view = viewOf();
  const connectRemote = vi.fn<SyncApi["connectRemote"]>(() => Promise.resolve(view));
  const syncNow = vi.fn<SyncApi["syncNow"]>(() => Promise.resolve());
  const { state, sync } = open(false, {
    testConnection: () => Promise.resolve(REPORT),
    connectRemote,
    syncNow,
    listRemotes: () => Promise.resolve([view]),
  });
  const brought = state.bring();
  await vi.waitFor(() => expect(syncNow).toHaveBeenCalledWith(UID));
  expect(connectRemote).toHaveBeenCalledWith({
    target: SHOWN,
    create: null,
    pullOnly: true,
    scope: EVERYTHING,
  });
  const progress = {
    step: "pulling",
    subject: "digits",
    doneFiles: 1,
    totalFiles: 2,
    doneBytes: 0,
    totalBytes: 0,
    bytesPerSecond: null,
    secondsLeft: null,
  } as const;
  sync.tell({ kind: "activity", remote: UID, activity: { kind: "working", progress } });
  expect(state.phase.value).toEqual({ kind: "coming", progress });
  // What others do is not about it.
  const other = "r2" as RemoteUid;
  sync.tell({ kind: "activity", remote: other, activity: { kind: "offline" } });
  expect(state.phase.value).toEqual({ kind: "coming", progress });
  view = viewOf({ syncedAt: "2026-01-01T00:00:00Z" });
  sync.tell({ kind: "activity", remote: UID, activity: { kind: "idle" } });
  await brought;
  expect(state.phase.value).toEqual({ kind: "here" });
});

test("a hub that can't be reached, or a repository that is closed, is said, and can be tried again", async () => {
  const why = "huggingface.co can't be reached.";
  let tries = 0;
  const { state } = open(false, {
    testConnection: () => {
      tries += 1;
      const bad = { what: "reach", state: "bad", text: why, requestId: null } as const;
      return Promise.resolve({ ...REPORT, steps: [bad], exists: false });
    },
  });
  await state.bring();
  expect(state.phase.value).toEqual({ kind: "failed", why });
  await state.bring();
  expect(tries).toBe(2);
});

test("a repository that is not there is said as the worker says it", async () => {
  const gone = new CairnError("hub_failed", {
    remote: "the dataset ada/models",
    kind: "not_found",
    detail: "",
    requestId: null,
  });
  const { state } = open(false, {
    testConnection: () => Promise.resolve({ ...REPORT, exists: false }),
    connectRemote: () => Promise.reject(gone),
  });
  await state.bring();
  expect(state.phase.value).toEqual({ kind: "failed", why: gone.message });
});

test.each([
  [{ kind: "blocked", failure: null, why: "It is of a newer Cairn." }, "It is of a newer Cairn."],
  [{ kind: "waiting", until: "2026-01-01T00:00:00Z", why: "Asked too often." }, "Asked too often."],
  [{ kind: "offline" }, "There is no network. Try again when there is."],
] as const)("a first round that ends with %o says why", async (activity, why) => {
  const { state } = open(false, {
    testConnection: () => Promise.resolve(REPORT),
    connectRemote: () => Promise.resolve(viewOf()),
    syncNow: () => Promise.resolve(),
    listRemotes: () => Promise.resolve([viewOf({ activity })]),
  });
  await state.bring();
  expect(state.phase.value).toEqual({ kind: "failed", why });
});

test("a later visit shows at once what is here, and takes up projects that came since", async () => {
  const setScope = vi.fn<SyncApi["setScope"]>(() => Promise.resolve());
  const syncNow = vi.fn<SyncApi["syncNow"]>(() => Promise.resolve());
  const { state } = open(true, {
    testConnection: () => Promise.resolve({ ...REPORT, projects: ["digits", "words"] }),
    listRemotes: () => Promise.resolve([viewOf({ syncedAt: "2026-01-01T00:00:00Z" })]),
    setScope,
    syncNow,
  });
  const brought = state.bring();
  expect(state.phase.value).toEqual({ kind: "here" });
  await brought;
  expect(setScope.mock.calls[0]?.[1].projects.map(({ name }) => name)).toEqual(["digits", "words"]);
  expect(syncNow).toHaveBeenCalledWith(UID);
  expect(state.phase.value).toEqual({ kind: "here" });
});

test("a later visit with nothing new, or without a network, changes nothing", async () => {
  const { state } = open(true, {
    testConnection: () => Promise.resolve(REPORT),
    listRemotes: () => Promise.resolve([viewOf({ syncedAt: "2026-01-01T00:00:00Z" })]),
  });
  await state.bring();
  expect(state.phase.value).toEqual({ kind: "here" });
  const offline = open(true, {
    testConnection: () => Promise.resolve({ ...REPORT, projects: [], exists: false }),
    listRemotes: () => Promise.resolve([viewOf({ syncedAt: "2026-01-01T00:00:00Z" })]),
  });
  await offline.state.bring();
  expect(offline.state.phase.value).toEqual({ kind: "here" });
});

test("a first visit that was left too soon is finished by the next", async () => {
  let view = viewOf();
  const { state } = open(true, {
    syncNow: () => {
      view = viewOf({ syncedAt: "2026-01-01T00:00:00Z" });
      return Promise.resolve();
    },
    listRemotes: () => Promise.resolve([view]),
  });
  await state.bring();
  expect(state.phase.value).toEqual({ kind: "here" });
});

// Remotes as the page shows them: what is pending, what is there, who syncs there. Without asking the hub.
import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { ArtifactName, ProjectName } from "../../src/core/names.ts";
import type { VersionUid } from "../../src/core/records.ts";
import { readShared, SHARED_STORES } from "../../src/service/sync/shared-state.ts";
import type { RemoteFilesRecord, RemoteRecord } from "../../src/store/sync-records.ts";
import { withRead } from "../../src/store/transaction.ts";
import * as pending from "../../src/sync/pending.ts";
import { createViews, type Views } from "../../src/sync/views.ts";
import { aRegistry, openActor } from "../support/registry-actors.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";
import { syncCtxOf } from "./sync-ctx.ts";
import { REMOTE, remoteRow } from "./tabs.ts";

interface Shown {
  readonly harness: Harness;
  readonly views: Views;
  change(fields: Partial<RemoteRecord>): Promise<void>;
}

async function open(fields: Partial<RemoteRecord> = {}, opened?: Harness): Promise<Shown> {
  const harness = opened ?? (await openHarness());
  const change = async (changed: Partial<RemoteRecord>): Promise<void> =>
    void (await harness.ctx.db.put("remotes", remoteRow({ ...fields, ...changed })));
  await change({});
  const views = createViews(syncCtxOf(harness.ctx), () => Promise.resolve({ kind: "idle" }));
  return { harness, views, change };
}

/** As after a round: what is here now is what was agreed on. */
async function agree({ harness, change }: Shown, commit: string): Promise<void> {
  const { device } = remoteRow();
  const state = await withRead(harness.ctx.db, [...SHARED_STORES], (tx) =>
    readShared(tx, { project: NET.project, device, never: new Set() }),
  );
  const base = { remote: REMOTE, project: "digits", state, files: new Map() };
  await harness.ctx.db.put("syncBases", base);
  await change({ commit });
}

const NET = { project: "digits" as ProjectName, name: "net" as ArtifactName };

const countsOf = async ({ views }: Shown): Promise<readonly number[]> => {
  const [view] = await views.list();
  return [view?.pendingVersions ?? -1, view?.pendingChanges ?? -1, view?.pendingBytes ?? -1];
};

test("what is pending is what the remote lacks: versions, other changes, bytes", async () => {
  const shown = await open();
  expect(await countsOf(shown)).toEqual([0, 0, 0]);
  const { api } = shown.harness;
  await log(api, { "a.txt": "12345" });
  await log(api, { "a.txt": "12345", "b.txt": "678" });
  const [versions, , bytes] = await countsOf(shown);
  expect([versions, bytes]).toEqual([2, 8]);
  await agree(shown, "c1");
  expect(await countsOf(shown)).toEqual([0, 0, 0]);
  const { version } = await log(api, { "a.txt": "12345" });
  await api.setAlias({ ...NET, number: version.number }, "prod", null);
  expect(await countsOf(shown)).toEqual([0, 1, 0]);
  await log(api, { "c.txt": "9" }, { project: "letters" });
  expect(await countsOf(shown)).toEqual([0, 1, 0]);
});

test("it is counted anew only when something changed", async () => {
  const counted = vi.spyOn(pending, "countPending");
  const shown = await open();
  await log(shown.harness.api, { "a.txt": "1" });
  await shown.views.list();
  await shown.views.list();
  await shown.views.detail(REMOTE);
  expect(counted).toHaveBeenCalledTimes(1);
  await log(shown.harness.api, { "a.txt": "2" });
  await shown.views.list();
  await agree(shown, "c1");
  await shown.views.list();
  expect(counted).toHaveBeenCalledTimes(3);
});

test("where only pulled is, nothing is pending; artifacts that never leave aren't either", async () => {
  const pulled = await open({ pullOnly: true });
  await log(pulled.harness.api, { "a.txt": "1" });
  expect(await countsOf(pulled)).toEqual([0, 0, 0]);
  const scope = {
    projects: [{ name: "digits" as never, keepLocal: false, never: ["secret" as never] }],
    registries: [],
  };
  const kept = await open({ scope });
  await log(kept.harness.api, { "a.txt": "1" }, { name: "secret" });
  expect((await countsOf(kept))[0]).toBe(0);
});

test("bytes there count once for each file; missing are those that aren't here", async () => {
  const shown = await open();
  const { ctx, api } = shown.harness;
  const { version } = await log(api, { "a.txt": "12345" });
  const [pack] = await ctx.db.getAll("packs");
  const here = pack?.digests[0] ?? ("" as Digest);
  const [gone, packed] = ["1", "2"].map((c) => `blake3:${c.repeat(64)}` as Digest);
  const row: RemoteFilesRecord = {
    commit: "c",
    digests: [here, gone ?? here, packed ?? here],
    paths: ["f/a.txt", "f/b.txt", "f/pack-0000.tar"],
    offsets: [0, 0, 512],
    sizes: [5, 100, 7],
    sha256s: ["aa", "bb", "cc"],
    packs: new Map([["f/pack-0000.tar", { sha256: "dd", sizeBytes: 2_048 }]]),
    seenAt: "2026-03-01T12:00:00.000Z",
  };
  await ctx.db.put("remoteFiles", row, [REMOTE, version.uid, 0]);
  await ctx.db.put("remoteFiles", row, [REMOTE, "another" as VersionUid, 0]);
  await ctx.db.put("remoteFiles", row, ["elsewhere" as never, version.uid, 0]);
  await shown.change({ commit: "c1" });
  const detail = await shown.views.detail(REMOTE);
  expect(detail.usedBytes).toBe(5 + 100 + 2_048);
  expect(detail.projects).toMatchObject([{ name: "digits", missingBytes: 107 }]);
  // A project that left is there still, and whoever disconnects has to know.
  await shown.change({ commit: "c2", scope: { projects: [], registries: [] } });
  const left = await shown.views.detail(REMOTE);
  expect(left.projects).toMatchObject([{ name: "digits", isSynced: false, missingBytes: 107 }]);
});

test("a project that can't be taken in says why, while it is chosen", async () => {
  const shown = await open();
  await log(shown.harness.api, { "a.txt": "1" });
  const problem = { text: "“x.json” can't be used.", commit: "0123456789", tried: [] };
  await shown.change({ projectProblems: new Map([["digits" as ProjectName, problem]]) });
  const [shownProject] = (await shown.views.detail(REMOTE)).projects;
  expect(shownProject?.problem).toMatch(/“x.json” can't be used.*at commit 01234567\./);
  await shown.change({ scope: { projects: [], registries: [] } });
  expect((await shown.views.detail(REMOTE)).projects).toMatchObject([{ problem: null }]);
});

test("projects and registries: here, there, or both; devices: the last one first", async () => {
  const actor = await openActor("Ada");
  await actor.api.createRegistry(aRegistry());
  const [registry] = await actor.ctx.db.getAll("registries");
  if (registry === undefined) throw new Error("there is no registry");
  const device = (name: string, lastAt: string) =>
    ({ name, rounds: 2, last: "r" as never, lastAt }) as const;
  const shown = await open(
    {
      scope: {
        projects: [{ name: "digits" as never, keepLocal: true, never: [] }],
        registries: [registry.uid],
      },
      problems: new Map([[registry.uid, "It is forked."]]),
      seen: {
        projects: ["digits", "theirs"],
        registries: new Map([["other" as never, "papers" as never]]),
        devices: new Map([
          [remoteRow().device, device("Ada", "2026-03-01T10:00:00.000Z")],
          ["01OTHER" as never, device("Ben", "2026-03-01T11:00:00.000Z")],
        ]),
      },
    },
    actor,
  );
  await log(actor.api, { "a.txt": "1" });
  await log(actor.api, { "a.txt": "1" }, { project: "letters", name: "font" });
  const { projects, registries, devices } = await shown.views.detail(REMOTE);
  expect(projects).toMatchObject([
    {
      name: "digits",
      where: "both",
      isSynced: true,
      keepLocal: true,
      artifacts: ["net"],
      versions: 1,
    },
    { name: "letters", where: "here", isSynced: false, artifacts: [], pendingVersions: 0 },
    { name: "theirs", where: "there", isSynced: false, versions: 0 },
  ]);
  expect(registries).toEqual([
    { uid: registry.uid, name: "models", where: "here", isSynced: true, problem: "It is forked." },
    { uid: "other", name: "papers", where: "there", isSynced: false, problem: null },
  ]);
  expect(devices.map(({ name, isThis }) => [name, isThis])).toEqual([
    ["Ben", false],
    ["Ada", true],
  ]);
});

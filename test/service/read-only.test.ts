// A page that only shows a repository: its worker refuses every change, and keeps house without one.
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { parseArtifactName, parseProjectName } from "../../src/core/names.ts";
import type { VersionRef } from "../../src/core/records.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { JobId } from "../../src/protocol/jobs.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { dump } from "../support/dump.ts";
import { refusalOf } from "../support/errors.ts";
import { log, openHarness } from "../support/service-harness.ts";

const SHOWN: RemoteTarget = {
  hubUrl: "https://huggingface.co",
  type: "dataset",
  repo: "ada/models",
};
const V0: VersionRef = {
  project: parseProjectName("digits"),
  name: parseArtifactName("net"),
  number: 0 as VersionNumber,
};
const ARTIFACT = { kind: "artifact", project: "digits", name: "net" } as const;

const CHANGES: readonly (readonly [string, (api: StoreApi) => Promise<unknown>])[] = [
  ["a draft", (api) => api.openIngest(() => undefined)],
  ["an alias", (api) => api.setAlias(V0, "prod")],
  ["an edit", (api) => api.editVersion(V0, { description: "other" })],
  ["a delete", (api) => api.deleteVersions(ARTIFACT, true)],
  ["a keep rule", (api) => api.setKeep("digits", "net", { lastN: 1, olderThanDays: null })],
  ["emptying the trash", (api) => api.emptyTrash(null)],
  ["a run", (api) => api.startRun("digits", "train", {})],
  ["a line by hand", (api) => api.addDerivation(V0, "other:v0")],
  ["a profile", (api) => api.setProfile("Ada", null)],
  ["a registry's file", (api) => api.importRegistry(new Blob(["{}"]), null)],
];

test.each(CHANGES)("%s is refused, and nothing was written", async (_what, change) => {
  const { api, ctx } = await openHarness();
  await log(api, { a: "1" });
  await api.showOnly(SHOWN);
  const before = await dump(ctx.db);
  expect(await refusalOf(change(api))).toEqual({
    code: "read_only",
    data: { remote: "the dataset ada/models" },
  });
  expect(await dump(ctx.db)).toEqual(before);
});

test("reading, searching and checking go on", async () => {
  const { api } = await openHarness();
  await log(api, { a: "1" });
  await api.showOnly(SHOWN);
  expect((await api.getVersion("digits", "net", "latest")).version.number).toBe(0);
  expect(await (await api.getFile("digits", "net", V0.number, "a")).text()).toBe("1");
  expect((await api.search("net", 5)).length).toBeGreaterThan(0);
  const job = "j" as JobId;
  expect((await api.verify(job, { kind: "all" }, () => undefined)).damage).toEqual([]);
  // Pages ask what would be, without doing it.
  expect((await api.planDelete(ARTIFACT)).versions).toBe(1);
});

test("keep rules and the trash's age change nothing there", async () => {
  let now = "2026-01-01T00:00:00.000Z";
  const { api, service } = await openHarness(undefined, { ctx: { now: () => now } });
  await log(api, { a: "0" });
  await log(api, { b: "0" }, { name: "gone" });
  await api.deleteVersions({ ...ARTIFACT, name: "gone" }, true);
  await api.setKeep("digits", "net", { lastN: 1, olderThanDays: null });
  await log(api, { a: "1" });
  await api.showOnly(SHOWN);
  now = "2027-01-01T00:00:00.000Z";
  await service.keepHouse();
  expect((await api.getArtifact("digits", "net")).versions).toHaveLength(2);
  expect(await api.listTrash()).toHaveLength(1);
});

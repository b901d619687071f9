// Two tabs and one repository: one of them syncs, both show it and steer it, and the other takes over.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { startHub, type TestHub } from "../hub/client.ts";
import { openApp, type App } from "../support/app.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import {
  activityOf,
  connect,
  goTo,
  openRemote,
  uploadsIn,
  untilSynced,
} from "../support/sync-pages.ts";
import { viewRepo } from "../sync/repo-view.ts";
import { untilLoaded } from "../support/pages.ts";

let hub: TestHub;
let app: App;
let first: Page;
let second: Page;

beforeAll(async () => {
  hub = await startHub();
  app = await openApp();
  first = app.page;
  second = await app.openTab("#/sync");
  await Promise.all([first, second].map(untilLoaded));
});
afterAll(async () => {
  await app.close();
  await hub.stop();
});

const expectStated = (tab: Page, text: string | RegExp): Promise<void> =>
  expect.poll(() => activityOf(tab).innerText()).toMatch(text);
const press = (tab: Page, name: string): Promise<void> =>
  tab.getByRole("button", { name, exact: true }).dispatchEvent("click");
let added = 0;
const addVersion = (): Promise<void> =>
  seedLineage(first, { versions: [{ artifact: "digits/cnn", content: `more ${added++}` }] });
/** Uploads wait from now on. */
const stall = (): Promise<void> =>
  hub.setFaults({
    host: "storage",
    method: "PUT",
    times: 0,
    action: { kind: "delay", ms: 3_600_000 },
  });
/** What the repository has of a version. */
const filesThere = (number: number): Promise<readonly string[]> =>
  viewRepo({ hubUrl: hub.url, type: "dataset", repo: "ada/nets" }).paths(
    `artifacts/digits/cnn/v${number}/`,
  );
const underWay = async (): Promise<number> =>
  uploadsIn(await hub.requests()).filter(({ status }) => status === 0).length;

test("what one tab connects and syncs, the other one shows", async () => {
  await first.bringToFront();
  await addVersion();
  await connect(first, hub, {
    kind: "Dataset",
    repo: { isNew: true, name: "nets" },
    projects: ["digits"],
    // A token for one visit is that tab's own; only who has one can take over.
    keepsToken: true,
  });
  await untilSynced(first);
  await second.bringToFront();
  await openRemote(second);
  await untilSynced(second);
  expect(await second.getByRole("link", { name: "digits", exact: true }).count()).toBe(1);
  // Either may have been the one to sync. From here on it is the first, which stands in line by now.
  await second.reload();
  await untilLoaded(second);
  await untilSynced(second);
});

test("a round is paused and gone on with from either tab", async () => {
  await stall();
  await addVersion();
  await press(second, "Sync now");
  for (const tab of [first, second]) await expectStated(tab, /^Uploading$/);
  await press(second, "Pause");
  for (const tab of [first, second]) await expectStated(tab, /^Paused$/);
  await hub.clearFaults();
  await press(first, "Resume");
  for (const tab of [first, second]) await expectStated(tab, /^Up to date$/);
  expect(await filesThere(1)).toHaveLength(1);
});

test("a round that is cancelled ends, and nothing of it is lost", async () => {
  await stall();
  await addVersion();
  await press(first, "Sync now");
  await expectStated(second, /^Uploading$/);
  await press(second, "Cancel");
  for (const tab of [first, second]) await expectStated(tab, /^Changes to send$/);
  await hub.clearFaults();
  await press(first, "Sync now");
  for (const tab of [first, second]) await expectStated(tab, /^Up to date$/);
  expect(await filesThere(2)).toHaveLength(1);
});

test("when the tab that syncs is closed, the other one takes over", async () => {
  await stall();
  await addVersion();
  // Those that were stopped count as never answered.
  await hub.clearRequests();
  await press(first, "Sync now");
  await expect.poll(underWay).toBeGreaterThan(0);
  await hub.clearFaults();
  await first.close();
  await expectStated(second, /^Up to date$/);
  await goTo(second, "#/p/digits/cnn/v3");
  await second.getByRole("heading", { level: 1, name: "cnn:v3" }).waitFor();
  app.expectNoConsoleErrors();
});

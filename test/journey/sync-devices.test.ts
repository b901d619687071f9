// Two browsers and one repository: what each did offline is put together, in one order, on both.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { VersionRef } from "../../src/core/records.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import { closeMessages, log, untilLoaded, untilToast, untilVersion } from "../support/pages.ts";
import {
  activityOf,
  connect,
  goTo,
  openRemote,
  syncNow,
  untilSynced,
} from "../support/sync-pages.ts";
import { withStore } from "../support/with-store.mjs";
import { viewRepo } from "../sync/repo-view.ts";

let hub: TestHub;
let left: App;
let right: App;
const folders: TempFolder[] = [];

beforeAll(async () => {
  hub = await startHub();
  [left, right] = await Promise.all([openApp(), openApp()]);
  await log(left.page, [await folder("first")], "net:v0");
  await withStore(
    left.page,
    async (store) => {
      const number = 0 as VersionNumber;
      const version = { project: "my-project", name: "net", number } as VersionRef;
      await store.setAlias(version, "best");
      await store.setProfile("Ada", null);
      await store.createRegistry({
        name: "models",
        description: "",
        types: [],
        visibility: "open",
      });
      await store.linkVersion("my-project/net:v0", null, "models/net", []);
      await store.addProtection("models", "production", "");
      await store.setLinkAlias("models", "net", number, "production");
    },
    null,
  );
});
afterAll(async () => {
  await Promise.all([left.close(), right.close()]);
  await hub.stop();
  await Promise.all(folders.map((made) => made.remove()));
});

async function folder(text: string): Promise<string> {
  const made = await makeFolder("net", { "weights.txt": text, "same.txt": "the same in all" });
  folders.push(made);
  return made.path;
}

async function addAlias(page: Page, alias: string, version: string): Promise<void> {
  await page.getByRole("button", { name: "Add alias", exact: true }).click();
  await page.getByLabel("New alias").fill(alias);
  await page.keyboard.press("Enter");
  await untilToast(page, `${alias} is on`);
  await closeMessages(page);
  await untilVersion(page, version);
}

interface Row {
  readonly uid: string;
  readonly number: number;
  readonly digest: string;
  readonly aliases: readonly string[];
  readonly isFixed: boolean;
}

/** Lets a browser reach the network again; after a drop's own debugging session Chromium doesn't tell its pages. */
async function goOnline({ context, page }: App): Promise<void> {
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
}

/** What a browser has of the artifact, newest first, to compare with the other's. */
function versionsIn(page: Page): Promise<readonly Row[]> {
  return withStore(
    page,
    async (store) => {
      const rows = await store.listVersions("my-project", "net", null, 100);
      return rows.map(({ version: { uid, number, digest, isFixed = false }, aliases }) => ({
        uid,
        number,
        digest,
        aliases,
        isFixed,
      }));
    },
    null,
  );
}

test("the second browser shows what the first one has", async () => {
  await connect(left.page, hub, {
    kind: "Dataset",
    repo: { isNew: true, name: "shared" },
    projects: ["my-project"],
    registries: ["models"],
  });
  await untilSynced(left.page);
  await connect(right.page, hub, {
    kind: "Dataset",
    repo: { isNew: false, name: "ada/shared" },
    projects: ["my-project"],
    registries: ["models"],
  });
  await untilSynced(right.page);
  expect(await versionsIn(right.page)).toEqual(await versionsIn(left.page));
  await goTo(right.page, "#/p/my-project/net/v0");
  await untilVersion(right.page, "net:v0");
});

test("a registry travels with its link, its protected alias, and signatures that are checked", async () => {
  const { page } = right;
  await goTo(page, "#/r/models/net/v0");
  await page.getByText("by Ada").waitFor();
  await page
    .getByRole("region", { name: "Aliases and tags" })
    .getByText("production", { exact: true })
    .waitFor();
  const verdict = await withStore(page, (store) => store.verifyRegistry("models"), null);
  expect(verdict).toMatchObject({ faults: [] });
});

test("both work offline on one name; then both have all of it under the same numbers [S3 S4]", async () => {
  for (const { page, context } of [left, right]) {
    // So that the app's parts that were not used yet are at hand.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await untilLoaded(page);
    await context.setOffline(true);
  }
  await log(right.page, [await folder("right, one")], "net:v1");
  await log(right.page, [await folder("both")], "net:v2");
  await addAlias(right.page, "best", "net:v2");
  await log(left.page, [await folder("left, one")], "net:v1");
  await addAlias(left.page, "best", "net:v1");
  await log(left.page, [await folder("both")], "net:v2");
  await log(left.page, [await folder("left, two")], "net:v3");
  for (const { page } of [left, right])
    await page.locator(".version-title").getByText("not synced yet", { exact: true }).waitFor();
  await openRemote(left.page);
  await left.page.getByRole("button", { name: "Sync now" }).click();
  await expect.poll(() => activityOf(left.page).innerText()).toBe("Offline. It goes on by itself.");

  await goOnline(left);
  await untilSynced(left.page);
  await goOnline(right);
  await syncNow(right.page);
  await syncNow(left.page);
  const rows = await versionsIn(left.page);
  // The alias went where the commit behind the other one put it.
  expect(rows.map(({ number, aliases, isFixed }) => [number, aliases, isFixed])).toEqual([
    [4, ["latest"], true],
    [3, [], true],
    [2, ["best"], true],
    [1, [], true],
    [0, [], true],
  ]);
  expect(await versionsIn(right.page)).toEqual(rows);
  const settled = await right.page
    .getByRole("list", { name: /^What was settled/ })
    .getByRole("listitem")
    .allInnerTexts();
  const told = [/moved the alias “best”/, /“net:v2” has the same content/, /“net:v1” is v4 now/];
  for (const [i, words] of told.entries()) expect(settled[i]).toMatch(words);
  expect(settled).toHaveLength(told.length);
  for (const { page } of [left, right]) {
    await goTo(page, "#/p/my-project/net/v4");
    await untilVersion(page, "net:v4");
    expect(await page.getByText("not synced yet").count()).toBe(0);
  }
});

test("a delete reaches the other browser's trash, and for good where it was emptied [S5]", async () => {
  const { page } = left;
  await goTo(page, "#/p/my-project/net/v1");
  await untilVersion(page, "net:v1");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await untilVersion(page, "net:v4");
  await closeMessages(page);
  await syncNow(page);
  await syncNow(right.page);
  const settled = right.page.getByRole("list", { name: /^What was settled/ });
  await settled.getByText("deleted “net:v1”. It is in the trash until that is emptied.").waitFor();
  await goTo(right.page, "#/trash");
  await right.page.getByText("my-project/net:v1").first().waitFor();

  await goTo(page, "#/trash");
  await page.getByRole("button", { name: "Empty trash…" }).click();
  await page.getByRole("button", { name: "Empty trash", exact: true }).click();
  await page.getByText("The trash is empty").first().waitFor();
  await syncNow(page);
  const repo = viewRepo({ hubUrl: hub.url, type: "dataset", repo: "ada/shared" });
  expect(await repo.paths("artifacts/my-project/net/v1/")).toEqual([]);
  expect(await repo.paths("artifacts/my-project/net/v2/")).not.toEqual([]);
  await syncNow(right.page);
  await goTo(right.page, "#/trash");
  await right.page.getByText("The trash is empty").first().waitFor();
  expect(await versionsIn(right.page)).toEqual(await versionsIn(page));
});

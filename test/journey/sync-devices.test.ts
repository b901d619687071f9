// Two browsers and one repository: what each did offline is put together, in one order, on both.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { startHub, type TestHub } from "../hub/client.ts";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import { closeMessages, log, untilLoaded, untilToast, untilVersion } from "../support/pages.ts";
import { activityOf, connect, goTo, openRemote, syncNow, untilSynced } from "../support/sync-pages.ts";
import { withStore } from "../support/with-store.mjs";

let hub: TestHub;
let left: App;
let right: App;
const folders: TempFolder[] = [];

beforeAll(async () => {
  hub = await startHub();
  [left, right] = await Promise.all([openApp(), openApp()]);
});
test("seed", async () => {
  await log(left.page, [await folder("first")], "net:v0");
  await addAlias(left.page, "best", "net:v0");
  await withStore(
    left.page,
    async (store) => {
      await store.setProfile("Ada", null);
      const fields = {
        name: "models",
        description: "",
        types: [],
        visibility: "open",
      } as const;
      await store.createRegistry(fields as never);
      await store.linkVersion("my-project/net:v0", null, "models/net", []);
      await store.addProtection("models", "production", "" as never);
      await store.setLinkAlias("models", "net", 0 as never, "production" as never);
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
  // Who came has no rights there that nobody gave.
  await page.getByRole("button", { name: "More" }).click();
  await page.keyboard.press("Escape");
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
  await openRemote(left.page);
  await left.page.getByRole("button", { name: "Sync now" }).click();
  await expect
    .poll(() => activityOf(left.page).innerText())
    .toBe("Offline. It goes on by itself.");

  await left.context.setOffline(false);
  await untilSynced(left.page);
  await right.context.setOffline(false);
  await syncNow(right.page);
  await syncNow(left.page);
  const rows = (await versionsIn(left.page)) as Row[];
  console.log(JSON.stringify(rows, null, 1), JSON.stringify(await versionsIn(right.page), null, 1));
  console.log(await right.page.getByRole("list", { name: /^What was settled/ }).innerText());
  console.log(await left.page.locator("main").innerText());
  expect(await versionsIn(right.page)).toEqual(rows);
});

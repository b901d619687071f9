// A version of a project that syncs, on its own pages: its number, where its bytes are, what never leaves.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { startHub, type TestHub } from "../hub/client.ts";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import { closeMessages, log, savedZip, untilToast, untilVersion } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import { activityOf, connect, goTo, syncNow } from "../support/sync-pages.ts";

const V0 = "#/p/my-project/net/v0";

let hub: TestHub;
let left: App;
let right: App;
const folders: TempFolder[] = [];

beforeAll(async () => {
  hub = await startHub();
  [left, right] = await Promise.all([openApp(), openApp()]);
  await log(left.page, [await folder("first")], "net:v0");
  const repo = { isNew: true, name: "nets" };
  await connect(left.page, hub, { kind: "Dataset", repo, projects: ["my-project"] });
  await upToDate(left.page);
  const existing = { isNew: false, name: "ada/nets" };
  await connect(right.page, hub, { kind: "Dataset", repo: existing, projects: ["my-project"] });
  await upToDate(right.page);
});
afterAll(async () => {
  await Promise.all([left.close(), right.close()]);
  await hub.stop();
  await Promise.all(folders.map((made) => made.remove()));
});

/** Outside of tests nothing can be polled. */
async function upToDate(page: Page): Promise<void> {
  await activityOf(page).getByText("Up to date").waitFor();
}

async function folder(text: string): Promise<string> {
  const made = await makeFolder("net", {
    "config.json": JSON.stringify({ text }),
    "weights.bin": noise(300_000, text.length),
  });
  folders.push(made);
  return made.path;
}

async function choose(page: Page, item: RegExp): Promise<Locator> {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
  return page.getByRole("dialog");
}

test("[U5] files that are elsewhere say so, come when they are opened, and can go again", async () => {
  const { page } = right;
  await goTo(page, V0);
  await untilVersion(page, "net:v0");
  await page.getByText("All 2 files (300 kB) are in the dataset ada/nets.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("row").filter({ hasText: "config.json" }).click();
  await page.getByLabel("Preview of config.json").getByText("first").waitFor();
  await page.getByText("1 of 2 files (300 kB) is in the dataset ada/nets.").waitFor();
  await savedZip(page, "my-project/net_v0");
  const away = page.locator(".away-note");
  await away.waitFor({ state: "detached" });
  const dialog = await choose(page, /Free space of the artifact/);
  await dialog.getByRole("button", { name: "Free 300 kB" }).click();
  await untilToast(page, "300 kB of “my-project/net” freed here.");
  await away.getByRole("button", { name: "Bring all here" }).click();
  await away.waitFor({ state: "detached" });
  await closeMessages(page);
  right.expectNoConsoleErrors();
});

test("[U5] a fetch that needs a sign-in offers it", async () => {
  const { page } = right;
  const dialog = await choose(page, /Free space of the artifact/);
  await dialog.getByRole("button", { name: /^Free \d/ }).click();
  await page.locator(".away-note").waitFor();
  await hub.setFaults({ path: "/resolve/", times: 0, action: { kind: "status", status: 401 } });
  await page.getByRole("button", { name: "Download weights.bin" }).first().click();
  const note = page.getByRole("alert").filter({ hasText: "You aren't signed in" }).first();
  await note.getByRole("button", { name: "Sign in again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await note.getByRole("button", { name: "Close" }).click();
  expect(await note.count()).toBe(0);
});

test("[U4] a download of which no file came says so, and is tried again", async () => {
  const { page } = right;
  const download = page.locator(".download-note");
  await page.getByRole("button", { name: "Download zip" }).click();
  await download.getByText("No file was saved", { exact: true }).waitFor();
  await download.getByText(/^config\.json: You aren't signed in/).waitFor();
  await download.getByRole("button", { name: "Sign in again" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await hub.clearFaults();
  await download.getByRole("button", { name: "Try again" }).click();
  await download.getByText("2 files in the zip, 300 kB, each checked").waitFor();
  await download.getByRole("button", { name: "Close" }).click();
});

test("the copies of a version are on its page", async () => {
  const { page } = left;
  await goTo(page, `${V0}?tab=usage`);
  const copies = page.getByRole("region", { name: "Copies" });
  await copies.getByText("all 2 files · 300 kB", { exact: true }).waitFor();
  expect(await copies.locator("code").innerText()).toMatch(
    /hf download ada\/nets --repo-type dataset --include "artifacts\/my-project\/net\/v0\/\*"/,
  );
  expect(await faultsOf(page)).toEqual([]);
});

test("[S3] a number is provisional until it is synced, and the page goes with its version", async () => {
  const { page } = left;
  await left.context.setOffline(true);
  await log(page, [await folder("second left")], "net:v1");
  await page.getByText("not synced yet", { exact: true }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await goTo(page, "#/p/my-project");
  await page.locator(".artifact-version .is-provisional").waitFor();
  await page.getByText(/1 version \(\d+ kB\) to send/).waitFor();
  await expectMarkedElsewhere(page);
  await goTo(page, "#/p/my-project/net/v1");
  await untilVersion(page, "net:v1");

  await log(right.page, [await folder("second of the right")], "net:v1");
  await syncNow(right.page);
  await left.context.setOffline(false);
  // From where one is, without a look at the repository's page.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("Sync now");
  await page.getByRole("option", { name: /Sync now/ }).click();
  await untilVersion(page, "net:v2");
  await untilToast(page, "What was v1 here is v2 now");
  expect(await page.evaluate(() => location.hash)).toBe("#/p/my-project/net/v2");
  // They go with the commit, a moment behind the number.
  await expect.poll(() => page.locator(".is-provisional").count()).toBe(0);
  await goTo(page, "#/p/my-project/net/v2?tab=lineage");
  await page.getByRole("img", { name: /^Version net:v2, (?!not)/ }).waitFor();
  expect(await page.locator(".lg-provisional").count()).toBe(0);
  await goTo(page, "#/p/my-project/net/v2?tab=files");
  await page.getByRole("row").filter({ hasText: "config.json" }).click();
  await page.getByLabel("Preview of config.json").getByText("second left").waitFor();
});

/** Where it is looked for and put beside others, a number says that it may change, and a fixed one doesn't. */
async function expectMarkedElsewhere(page: Page): Promise<void> {
  const mark = "not synced yet";
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("net:v");
  await page
    .getByRole("option", { name: /net:v1/ })
    .first()
    .getByText(mark)
    .waitFor();
  await page.keyboard.press("Escape");
  await goTo(page, "#/compare?a=my-project%2Fnet%3Av0&b=my-project%2Fnet%3Av1");
  await page.getByRole("region", { name: "After" }).getByText(mark).waitFor();
  const before = page.getByRole("region", { name: "Before" });
  expect(await before.getByText(mark).count()).toBe(0);
  await before.getByRole("combobox").click();
  const options = before.getByRole("option");
  await options.filter({ hasText: "net:v1" }).getByText(mark).waitFor();
  expect(await options.filter({ hasText: "net:v0" }).getByText(mark).count()).toBe(0);
  await page.keyboard.press("Escape");
  await seedLineage(page, { versions: [], derived: [["my-project/net:v1", "my-project/net:v0"]] });
  await goTo(page, "#/p/my-project/net/v1?tab=lineage");
  const graph = page.getByRole("application", { name: "Lineage graph" });
  await graph.getByRole("img", { name: /^Version net:v1, not synced yet, / }).waitFor();
  await graph.getByRole("img", { name: /^Version net:v0, (?!not)/ }).waitFor();
  expect(await graph.locator(".lg-provisional").count()).toBe(1);
  expect(await faultsOf(page)).toEqual([]);
  await graph.press("Enter");
  await page.getByRole("region", { name: "About net:v1" }).getByText(mark).waitFor();
}

test("[S1] an artifact is told never to be uploaded, on its own page", async () => {
  const { page } = left;
  await closeMessages(page);
  await log(page, [await folder("third")], "net:v3");
  await syncNow(page);
  await goTo(page, "#/p/my-project/net/v3?tab=usage");
  const dialog = await choose(page, /Never upload the artifact/);
  await dialog.getByText("not even its name").waitFor();
  await dialog.getByRole("button", { name: "Never upload" }).click();
  await untilToast(page, "Nothing of “net” leaves this browser from now on.");
  await closeMessages(page);
  await log(page, [await folder("a secret")], "net:v4");
  expect(await page.locator(".is-provisional").count()).toBe(0);
  await page.getByRole("tab", { name: "Usage" }).click();
  await page.getByText("not there: this artifact is never uploaded").waitFor();
});

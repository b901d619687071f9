// Signing in on the hub's own page, and where the token is then.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { startHub, type TestHub } from "../hub/client.ts";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { readStore, untilLoaded, untilToast } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import {
  dialogOf,
  openConnect,
  openRemote,
  pasteToken,
  untilSynced,
} from "../support/sync-pages.ts";

let hub: TestHub;
let app: App;
let page: Page;

beforeAll(async () => {
  hub = await startHub();
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
  await seedLineage(page, { versions: [{ artifact: "digits/cnn" }] });
});
afterAll(async () => {
  await app.close();
  await hub.stop();
});

const leave = (): Promise<void> => page.getByRole("button", { name: /^Sign in on 127/ }).click();

test("who says no on the hub's page is back where they were, signed in nowhere", async () => {
  const dialog = await openConnect(page, hub);
  await dialog.getByText(/instead of pasting a token/).click();
  await dialog.getByLabel("Client id of an OAuth app").fill("cairn-test");
  await dialog.getByRole("button", { name: "Use it" }).click();
  await dialog.getByLabel("Owner").fill("ada");
  await hub.denySignIn(true);
  await leave();
  await untilToast(page, "You didn't let Cairn in, so nobody is signed in.");
  expect(new URL(page.url()).search).toBe("");
  await page.getByRole("button", { name: /^Sign in on 127/ }).waitFor();
});

test("who says yes is signed in for this tab, and the token is nowhere else", async () => {
  await hub.denySignIn(false);
  await leave();
  await untilToast(page, "Signed in as ada.");
  expect(new URL(page.url()).search).toBe("");
  const dialog = dialogOf(page);
  await dialog.getByText("Signed in to").waitFor();
  await dialog.getByRole("radio", { name: /^Dataset/ }).check();
  await dialog.getByRole("button", { name: "Next: what syncs" }).click();
  await dialog.getByRole("checkbox", { name: /^digits/ }).check();
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await untilSynced(page);
  expect(await tokensIn(page)).toEqual({ session: 1, local: 0, store: 0, secrets: 0 });

  await page.reload();
  await untilSynced(page);
  await expectSignedIn(page, true);
  const other = await app.openTab("#/sync");
  await other.getByText("not signed in").waitFor();
  await other.close();
});

test("when the tab that was signed in is closed, the one left says calmly that none can sync", async () => {
  const other = await app.openTab("#/sync");
  await untilSynced(other);
  await page.close();
  page = other;
  await page.getByText("No open tab is signed in to the dataset ada/cairn").waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await pasteToken(dialogOf(page));
  await untilSynced(page);
});

test("a token that is kept is encrypted, and the next visit has it, until somebody signs out", async () => {
  await openSettings(page);
  await page.getByRole("button", { name: "Sign in again", exact: true }).click();
  await dialogOf(page).getByLabel("Keep it on this device").check();
  await leave();
  await untilToast(page, "Signed in as ada.");
  expect(await tokensIn(page)).toEqual({ session: 0, local: 0, store: 0, secrets: 1 });
  page = await app.reopen();
  await untilLoaded(page);
  await openSettings(page);
  await expectSignedIn(page, true);

  await page.getByRole("button", { name: "Sign out" }).click();
  await untilToast(page, /^Signed out of 127/);
  expect(await tokensIn(page)).toEqual({ session: 0, local: 0, store: 0, secrets: 0 });
  await page.reload();
  await expectSignedIn(page, false);
  app.expectNoConsoleErrors();
});

async function openSettings(tab: Page): Promise<void> {
  await openRemote(tab);
  await tab.getByRole("tab", { name: "Settings" }).click();
}

async function expectSignedIn(tab: Page, isSignedIn: boolean): Promise<void> {
  if (!tab.url().includes("tab=settings")) await openSettings(tab);
  await tab.getByText(isSignedIn ? "as ada" : "Nobody is signed in").waitFor();
}

/** How often a token, in its own letters, is in each of a page's stores; and how many are kept encrypted. */
async function tokensIn(tab: Page): Promise<Record<string, number>> {
  const [session, local] = await tab.evaluate(() => [
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify({ ...localStorage }),
  ]);
  const stores = await readStore(tab);
  const count = (text = ""): number => text.split("hf_oauth_").length - 1;
  return {
    session: count(session),
    local: count(local),
    store: count(JSON.stringify(stores)),
    secrets: (stores["secrets"] ?? []).length,
  };
}

// W&B's two walks through a registry, by two people with a browser each: everything goes through the
// pages, and what passes between them are a card that is pasted, the registry's file and a request's file.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import {
  chooserOf,
  closeMessages,
  saved,
  untilFocused,
  untilLoaded,
  untilToast,
} from "../support/pages.ts";
import type { Saved } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import { withStore } from "../support/with-store.mjs";

/** Who made the registry, and somebody who comes to it. */
let ada: App;
let grace: App;

beforeAll(async () => {
  [ada, grace] = await Promise.all([openApp(), openApp()]);
  await Promise.all([untilLoaded(ada.page), untilLoaded(grace.page)]);
  await seedLineage(ada.page, {
    versions: [{ artifact: "digits/cnn" }, { artifact: "digits/cnn" }],
  });
  await withStore(
    ada.page,
    async (store) => {
      await store.setProfile("Ada", null);
      const fields = {
        name: "models",
        description: "",
        types: ["model"],
        visibility: "open",
      } as const;
      await store.createRegistry(fields);
      for (const number of [0, 1])
        await store.linkVersion(`digits/cnn:v${number}`, null, "models/net", []);
    },
    null,
  );
});
afterAll(async () => {
  for (const app of [ada, grace]) app.expectNoConsoleErrors();
  await Promise.all([ada.close(), grace.close()]);
});

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: true });
const dialog = (page: Page): Locator => page.getByRole("dialog");
const untilHeading = (page: Page, name: string): Promise<void> =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const pill = (page: Page, alias: string): Locator =>
  page.getByRole("region", { name: "Aliases and tags" }).getByText(alias, { exact: true });

/** Registries, a registry, a collection, "View details", a version, "View": each by its link. */
async function walkTo(page: Page, version: string): Promise<void> {
  await page.getByRole("link", { name: "Registries", exact: true }).first().click();
  await page
    .getByRole("list", { name: "Registries" })
    .getByRole("link", { name: "models" })
    .click();
  await page.getByRole("link", { name: "View details of net", exact: true }).click();
  await page.getByRole("link", { name: `View ${version}`, exact: true }).click();
  await untilHeading(page, `net:${version}`);
}

/** The registry's page, with one of its views. */
async function openRegistry(page: Page, view: string): Promise<void> {
  await page.getByRole("link", { name: "Registries", exact: true }).first().click();
  await page
    .getByRole("list", { name: "Registries" })
    .getByRole("link", { name: "models" })
    .click();
  await page.getByRole("tab", { name: view }).click();
}

/** Presses what opens a chooser, and chooses a file there. */
async function choose(page: Page, name: string, { name: fileName, bytes }: Saved): Promise<void> {
  const chooser = await chooserOf(page, () => button(page, name).click());
  const mimeType = "application/octet-stream";
  await chooser.setFiles({ name: fileName, mimeType, buffer: Buffer.from(bytes) });
}

/** The registry's file, as its menu saves it. */
async function exportLog(page: Page): Promise<Saved> {
  await openRegistry(page, "Collections");
  await button(page, "More").click();
  return saved(page, () => page.getByRole("menuitem", { name: "Export the log" }).click());
}

async function bringIn(page: Page, file: Saved, said: string): Promise<void> {
  await page.getByRole("link", { name: "Registries", exact: true }).first().click();
  await choose(page, "Bring in a file…", file);
  await dialog(page).getByText("Sealed by “Ada”, up to its last event.").waitFor();
  await dialog(page).getByText(said).waitFor();
  await dialog(page).getByRole("button", { name: "Bring in", exact: true }).click();
  await untilHeading(page, "models");
  await closeMessages(page);
}

test("[A1] W&B's first walk: View details, View, “+”: two aliases are on the version", async () => {
  const { page } = ada;
  await walkTo(page, "v1");
  await button(page, "Add aliases").click();
  await page.getByLabel("New aliases").pressSequentially("best candidate ");
  await button(page, "Add").click();
  await untilToast(page, "best and candidate are on v1.");
  await closeMessages(page);
  await page.reload();
  for (const alias of ["latest", "best", "candidate"]) await pill(page, alias).waitFor();
  await page.getByRole("link", { name: "All versions" }).click();
  await page.getByRole("link", { name: "View v0", exact: true }).click();
  await untilHeading(page, "net:v0");
  expect(await pill(page, "best").count()).toBe(0);
});

test("[P1 P2] W&B's second walk: behind the gear “+” protects an alias, which an Admin then puts", async () => {
  const { page } = ada;
  await openRegistry(page, "Collections");
  await page.getByRole("link", { name: "Settings of this registry" }).click();
  await button(page, "Add a protected alias").click();
  await dialog(page).getByLabel("Name or pattern").fill("production");
  await dialog(page).getByRole("button", { name: "Protect", exact: true }).click();
  await untilToast(page, "“production” is protected from now on.");
  await closeMessages(page);
  await walkTo(page, "v0");
  await button(page, "Promote to production").click();
  await dialog(page).getByRole("button", { name: "Promote", exact: true }).click();
  await untilToast(page, "production is on v0.");
  await closeMessages(page);
  await expect.poll(() => pill(page, "production").count()).toBe(1);
});

test("[P7 E3] who comes says who they are, is added by their card, and brings the registry in", async () => {
  const { page } = grace;
  await button(page, "Settings").click();
  await page.getByRole("menuitem", { name: "Profile" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Grace");
  await button(page, "Make my profile").click();
  const card = await page.getByText(/^cairn-key:/).innerText();
  await openRegistry(ada.page, "Settings");
  await button(ada.page, "Add person").click();
  await dialog(ada.page).getByLabel("Card, link, key, or name").fill(card);
  await dialog(ada.page).getByText("Grace", { exact: true }).waitFor();
  await dialog(ada.page).getByRole("button", { name: "Add", exact: true }).click();
  await ada.page.getByLabel("Role of Grace").waitFor();
  expect(await ada.page.getByLabel("Role of Grace").inputValue()).toBe("member");
  await closeMessages(ada.page);
  await closeMessages(page);
  await bringIn(page, await exportLog(ada.page), "This registry is not in this browser yet");
  await page.getByText("You: Member").waitFor();
});

let request: Saved;

test("[P2 P6] the member is refused with alias, rule, role and who may, and asks by a file", async () => {
  const { page } = grace;
  await walkTo(page, "v1");
  await button(page, "Add aliases").click();
  await page.getByLabel("New aliases").fill("production");
  await button(page, "Add").click();
  const refused = page.getByText(/“production” is protected/);
  await refused.waitFor();
  for (const words of ["models", "Member", "Ada"])
    expect(await refused.innerText()).toContain(words);
  await button(page, "Ask for production…").click();
  const refusal = await dialog(page).locator(".promote-refusal").innerText();
  for (const words of ["production", "models", "Member", "Admin", "Ada"])
    expect(refusal).toContain(words);
  await dialog(page).getByLabel(/^Why/).fill("It reads sevens.");
  expect(await faultsOf(page)).toEqual([]);
  request = await saved(page, () => button(page, "Save request as a file").click());
  await dialog(page).waitFor({ state: "detached" });
  expect(await pill(page, "production").count()).toBe(0);
});

test("[P3] nor can the member unlink what holds it", async () => {
  const { page } = grace;
  await walkTo(page, "v0");
  await button(page, "More").click();
  await page.getByRole("menuitem", { name: "Unlink" }).click();
  await untilToast(page, /holds the protected alias/);
  await closeMessages(page);
  expect(await pill(page, "production").count()).toBe(1);
});

test("[P6] an Admin opens the request's file, sees what would change, and approves", async () => {
  const { page } = ada;
  await openRegistry(page, "Requests");
  await choose(page, "Open a request file…", request);
  await page.getByText("The file is as Grace signed it, for the registry models.").waitFor();
  await page.getByText("It reads sevens.").waitFor();
  await button(page, "Look and approve…").click();
  await dialog(page).getByText("data.txt").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await dialog(page).getByRole("button", { name: "Approve", exact: true }).click();
  await untilToast(page, "production is on v1; it moved from v0.");
  await closeMessages(page);
  await page.getByText("Approved by Ada").waitFor();
});

test("[E3] the member brings the newer file in, and sees it moved, by whom", async () => {
  const { page } = grace;
  await bringIn(page, await exportLog(ada.page), "It goes on where “models” stands here");
  await walkTo(page, "v1");
  await pill(page, "production").waitFor();
  await page.getByRole("link", { name: "All versions" }).click();
  await page.getByRole("tab", { name: "History" }).click();
  const newest = page
    .getByRole("list", { name: /^Alias history/ })
    .getByRole("listitem")
    .first();
  expect(await newest.innerText()).toMatch(/production\s+moved from v0 to v1 by Ada/);
});

test("[N7 E4] a spec with a time, typed into the search, leads to what it named then", async () => {
  const { page } = grace;
  const moved = await page.locator(".history-list time").first().getAttribute("datetime");
  const before = new Date(Date.parse(moved ?? "") - 1).toISOString();
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Search" });
  await untilFocused(search);
  await search.fill(`registry-models/net:production@${before}`);
  await page.getByRole("option", { name: /As it was/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("As it was on").waitFor();
  await untilHeading(page, "net:v0");
  expect(await button(page, "Promote to production").count()).toBe(0);
  await button(page, "Back to now").click();
  await untilHeading(page, "net:v1");
});

test("[A4] a roll back in one tab is seen in the other", async () => {
  const other = await ada.openTab("#/r/models/net/v1");
  await pill(other, "production").waitFor();
  const { page } = ada;
  await page.bringToFront();
  await walkTo(page, "v1");
  await page.getByRole("link", { name: "All versions" }).click();
  await page.getByRole("tab", { name: "History" }).click();
  await button(page, "Roll back: production to v0").click();
  await untilToast(page, "production is on v0 again.");
  await other.bringToFront();
  await expect.poll(() => pill(other, "production").count()).toBe(0);
  await other.close();
});

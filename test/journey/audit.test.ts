import { generateKeyPairSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { untilLoaded } from "../support/pages.ts";
import { withStore } from "../support/with-store.mjs";

let app: App;
let page: Page;
const grace = String(generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }).x);

beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
  await withStore(
    page,
    async (store, key) => {
      await store.setProfile("Ada", null);
      const fields = { name: "models", description: "", types: [], visibility: "open" } as const;
      await store.createRegistry(fields);
      await store.addProtection("models", "production", "");
      for (const name of ["net", "other"])
        await store.createCollection("models", { name, type: "model", card: "", tags: [] });
      await store.addMember("models", key, "viewer");
    },
    grace,
  );
  await page.evaluate(() => (location.hash = "#/r/models?tab=audit"));
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
const rows = (): Locator =>
  page.getByRole("list", { name: "Events, newest first" }).getByRole("listitem");

test("[E1] every act is a sentence, newest first, and filters leave those that fit", async () => {
  await page.getByText("made the registry models").waitFor();
  expect(await rows().count()).toBe(5);
  expect(await rows().last().textContent()).toContain("made the registry models");
  await page.getByLabel("Filter by collection").selectOption("net");
  await expect.poll(() => rows().count()).toBe(1);
  expect(await rows().first().textContent()).toContain("made the collection net of type model");
  await page.getByLabel("Filter by collection").selectOption("");
  await page.getByLabel("Filter by act").selectOption("protection-added");
  await expect.poll(() => rows().count()).toBe(1);
  await page.reload();
  await page.getByText("protected production").waitFor();
  expect(await rows().count()).toBe(1);
  await page.getByLabel("Only without effect").check();
  await page.getByText("Nothing in the log fits").waitFor();
  await page.getByLabel("Only without effect").uncheck();
  await page.getByLabel("Filter by act").selectOption("");
  await expect.poll(() => rows().count()).toBe(5);
});

test("[E3] an event is shown in full, as it was signed", async () => {
  await button("Event 0 in full").click();
  await page.getByRole("dialog").getByText('"kind": "registry-created"').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
});

test("[E3] the log is verified from its start", async () => {
  await button("Verify").click();
  await page.getByText("The log: all is right.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button("Close").click();
});

test("[E3] an exported file is found right, and a forged one wrong", async () => {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    button("Export (JSON lines)").click(),
  ]);
  const path = await file.path();
  const chooser = page.locator(".audit-ways input[type=file]");
  await chooser.setInputFiles(path);
  await page.getByText("all is right").waitFor();
  const text = await readFile(path, "utf8");
  const forged = `${path}-forged.jsonl`;
  // Whom Ada let in, and as what.
  await writeFile(forged, text.replace('"viewer"', '"admin"'));
  await chooser.setInputFiles(forged);
  await page.locator(".verdict.is-bad, .error-note").waitFor();
  expect(await page.getByText("all is right").count()).toBe(0);
});

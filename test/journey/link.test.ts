// Registries from a version's own page: linking by dialog and by drag, what an edit reaches, deleting what is linked.
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { closeMessages, untilLoaded, untilToast, untilVersion } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import { withStore } from "../support/with-store.mjs";

let app: App;
let page: Page;
/** Somebody else, of whom only the public key is here. */
const grace = String(generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }).x);

beforeAll(async () => {
  app = await openApp();
  page = app.page;
  app.context.setDefaultTimeout(15_000);
  await untilLoaded(page);
  await seedLineage(page, {
    versions: Array.from({ length: 3 }, () => ({ artifact: "digits/cnn" })),
  });
}, 60_000);
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const dialog = (): Locator => page.getByRole("dialog");
const places = (): Locator => page.getByRole("region", { name: "Linked in" });
const untilClosed = (): Promise<void> => dialog().waitFor({ state: "detached" });
const open = async (version: string): Promise<void> => {
  await page.evaluate((to) => (location.hash = to), `#/p/digits/cnn/${version}`);
  await untilVersion(page, `cnn:${version}`);
};
const press = (name: string | RegExp): Promise<void> =>
  dialog().getByRole("button", { name, exact: true }).click();
const undo = (): Promise<void> =>
  page.locator(".toast").getByRole("button", { name: "Undo" }).last().click();

test("[G1] the first link makes the registry only where it is asked for, with the person's name", async () => {
  await open("v0");
  await page.keyboard.press("Alt+l");
  await dialog().getByLabel("New registry").fill("registry-models");
  await press("Use “models”");
  const link = dialog().getByRole("button", { name: "Create registry and link" });
  expect(await link.isDisabled()).toBe(true);
  await dialog().getByLabel("Your name").fill("Ada");
  await dialog().getByLabel("Collection", { exact: true }).fill("net");
  await dialog().getByText("This makes the registry models").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await link.click();
  await untilClosed();
  await untilToast(page, "Linked as registry-models/net:v0.");
  await places().getByRole("link", { name: "registry-models/net:v0" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test("[G5] a whole target can be typed; what is linked already only gets its aliases; undo takes them back", async () => {
  await closeMessages(page);
  await page.getByRole("button", { name: "Link to a registry", exact: true }).click();
  const collection = dialog().getByLabel("Collection", { exact: true });
  await collection.fill("wandb-registry-missing/net");
  await dialog().getByText("There is no registry “missing”").waitFor();
  await collection.fill("wandb-registry-models/net");
  expect(await collection.inputValue()).toBe("net");
  await dialog().getByText("It is v0 of registry-models/net already.").waitFor();
  await dialog().getByLabel("Aliases").fill("best");
  await dialog().getByText("only aliases change").waitFor();
  await press("Link");
  await untilToast(page, "It is registry-models/net:v0 already; best is on it.");
  await places().getByText("best").waitFor();
  await undo();
  await untilToast(page, "The aliases are where they were before.");
  await expect.poll(() => places().getByText("best").count()).toBe(0);
});

test("a version is dragged from the timeline onto a collection; Escape lets go; undo unlinks", async () => {
  await closeMessages(page);
  const rowOf = (version: string): Locator =>
    page.locator(`[data-version=${version}] .version-grip`);
  const shelf = page.getByRole("complementary", { name: "Collections to link to" });
  const take = async (version: string): Promise<void> => {
    await rowOf(version).hover();
    await page.mouse.down();
    await page.mouse.move(400, 400, { steps: 5 });
    await shelf.getByText("net", { exact: true }).waitFor();
  };
  await take("v1");
  await page.keyboard.press("Escape");
  await shelf.waitFor({ state: "detached" });
  await page.mouse.up();
  expect(await page.locator(".toast").count()).toBe(0);
  await take("v1");
  await shelf.getByText("as v1").waitFor();
  await shelf.getByText("net", { exact: true }).hover();
  await page.mouse.up();
  await untilToast(page, "Linked as registry-models/net:v1.");
  await open("v1");
  await places().waitFor();
  await undo();
  await untilToast(page, "It is not linked in registry-models/net any more.");
  await expect.poll(() => places().count()).toBe(0);
});

test("[G9] an edit says where else it shows, and the usage has the registry's names", async () => {
  await open("v0");
  await page.getByRole("tab", { name: /^Metadata/ }).click();
  await page.getByRole("button", { name: "Edit tags" }).click();
  await page.getByText("“registry-models/net:v0” shows it, too").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("tab", { name: "Usage" }).click();
  await page.getByRole("button", { name: "registry-models/net", exact: true }).click();
  await page.getByText(`useArtifact("registry-models/net:v0")`).waitFor();
  await page.getByText(`use_artifact("wandb-registry-models/net:v0")`).waitFor();
});

test("[R5 R6] the lineage names the collection, and the use that went through it", async () => {
  await withStore(
    page,
    async (store, spec) => {
      const run = await store.startRun("digits", "judge", {});
      await store.useVersion(spec, null, run.uid, null);
    },
    "registry-models/net:v0",
  );
  await open("v0");
  await page.getByRole("tab", { name: /^Lineage/ }).click();
  await page.getByLabel("Find in the graph").fill("models/net");
  await page.getByText(/^1 (found|of 1)$/).waitFor();
  await page.getByLabel("Find in the graph").press("Enter");
  const node = page.getByRole("img", { name: /cnn:v0.*linked as models\/net:v0/ });
  await node.click();
  const card = page.getByRole("region", { name: "About cnn:v0" });
  await card.getByRole("link", { name: "models/net:v0" }).waitFor();
  await card.getByText("judge as models/net:v0").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "List", exact: true }).click();
  const used = page.getByRole("region", { name: "Used by" });
  await used.getByText("as registry-models/net:v0").waitFor();
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("used by a run, as registry-models/net:v0").waitFor();
});

test("[G8] what is linked is deleted only once it is said to be unlinked too; undo links it again", async () => {
  await closeMessages(page);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  const remove = dialog().getByRole("button", { name: "Delete", exact: true });
  const unlinks = dialog().getByLabel(/^Unlink there too/);
  await unlinks.waitFor();
  expect(await remove.isDisabled()).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await unlinks.check();
  await remove.click();
  await untilToast(page, "is in the trash");
  await undo();
  await untilToast(page, "It is linked again.");
  await open("v0");
  await places().getByRole("link", { name: "registry-models/net:v0" }).waitFor();
});

test("[P2 P4] what is protected can't be set by a member, nor its source deleted, and both say who could help", async () => {
  await closeMessages(page);
  await withStore(
    page,
    async (store, key) => {
      await store.addProtection("models", "production", "");
      await store.setLinkAlias("models", "net", 0 as never, "production");
      await store.addMember("models", key, "admin");
      const me = await store.getProfile();
      if (me !== null) await store.changeMember("models", me.key, { role: "member" });
    },
    grace,
  );
  await open("v0");
  await places().getByRole("img", { name: "protected" }).waitFor();
  expect(
    await places()
      .getByRole("button", { name: /^Unlink/ })
      .count(),
  ).toBe(0);
  await page.getByRole("button", { name: "Link to a registry", exact: true }).click();
  await dialog().getByLabel("Collection", { exact: true }).fill("net");
  await dialog().getByLabel("Aliases").fill("production");
  await dialog()
    .getByText(/only an Admin may set it, and you are Member/)
    .waitFor();
  expect(await dialog().getByRole("button", { name: "Link", exact: true }).isDisabled()).toBe(true);
  await press("Cancel");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete version…" }).click();
  await dialog()
    .getByText(/It holds “production”, protected in models\./)
    .waitFor();
  expect(
    await dialog()
      .getByLabel(/^Unlink there too/)
      .count(),
  ).toBe(0);
  expect(await dialog().getByRole("button", { name: "Delete", exact: true }).isDisabled()).toBe(
    true,
  );
  await press("Cancel");
});

test("the search creates registries and goes to the places of one", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search" }).fill("create a registry");
  await page.getByRole("option", { name: /Create a registry…/ }).click();
  await page.getByRole("dialog", { name: "Create a registry" }).waitFor();
  await press("Cancel");
  await page.evaluate(() => (location.hash = "#/r/models/net"));
  await page.getByRole("heading", { level: 1, name: "net" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search" }).fill("history of the collection");
  await page.getByRole("option", { name: /History of the collection/ }).click();
  await expect.poll(() => page.url()).toContain("tab=history");
});

import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsIn, faultsOf } from "../support/axe.ts";
import { closeMessages, untilLoaded, untilToast } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import { withStore } from "../support/with-store.mjs";

const COLLECTION = "#/r/models/net";

let app: App;
let page: Page;
/** Somebody else, of whom only the public key is here. */
const grace = String(generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }).x);

beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
  await seedLineage(page, {
    versions: Array.from({ length: 3 }, () => ({ artifact: "digits/cnn" })),
  });
  await withStore(
    page,
    async (store, key) => {
      await store.setProfile("Ada", null);
      await store.createRegistry({
        name: "models",
        description: "",
        types: ["model"],
        visibility: "open",
      });
      await store.addProtection("models", "production", "metadata.accuracy >= 0.9");
      for (const [number, accuracy] of [0.8, 0.91, 0.93].entries()) {
        const source = { project: "digits", name: "cnn", number } as never;
        await store.editVersion(source, { metadata: { accuracy } });
        await store.linkVersion(`digits/cnn:v${number}`, null, "models/net", []);
      }
      await store.linkVersion("digits/cnn:v1", null, "models/twin", []);
      await store.setLinkAlias("models", "net", 1 as never, "production");
      await store.addMember("models", key, "admin");
    },
    grace,
  );
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
const dialog = (): Locator => page.getByRole("dialog");
const open = async (hash: string): Promise<void> => {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.getByRole("heading", { level: 1 }).waitFor();
};
const field = (): Locator => page.getByRole("region", { name: "Aliases and tags" });
const pill = (alias: string): Locator => field().getByText(alias, { exact: true });
test("[A1] W&B's walk: View details, View, plus: aliases are added to a version, and taken back", async () => {
  await open(COLLECTION);
  await page.getByRole("link", { name: "View v2" }).click();
  await button("Add aliases").click();
  await page.getByLabel("New aliases").pressSequentially("best,candidate ");
  await button("Add").click();
  await untilToast(page, "best and candidate are on v2.");
  await pill("candidate").waitFor();
  await button("Undo").click();
  await untilToast(page, "The aliases are where they were before.");
  await expect.poll(() => pill("candidate").count()).toBe(0);
  await closeMessages(page);
});

test("[A1 A7] an alias is removed and moved from its pill", async () => {
  await open(`${COLLECTION}/v2`);
  await button("Add aliases").click();
  await page.getByLabel("New aliases").fill("try");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await button("Alias try: move or remove").click();
  await page.getByRole("menuitem", { name: "Move to…" }).click();
  await dialog().getByRole("radio", { name: "v0" }).check();
  await dialog().getByRole("button", { name: "Move to v0" }).click();
  await untilToast(page, "try is on v0; it moved from v2.");
  await open(`${COLLECTION}/v0`);
  await button("Alias try: move or remove").click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await untilToast(page, "Removed try from v0.");
  await expect.poll(() => pill("try").count()).toBe(0);
  await closeMessages(page);
});

test("[P2] two clicks promote, with the difference to the holder shown between them; undone it is back", async () => {
  await open(`${COLLECTION}/v2`);
  await button("Promote to production").click();
  await dialog().getByText("It meets the condition:").waitFor();
  await dialog().getByText("0.91 → 0.93").waitFor();
  await dialog().getByText("data.txt").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await dialog().getByRole("button", { name: "Promote", exact: true }).click();
  await untilToast(page, "production is on v2; it moved from v1.");
  await button("Undo").click();
  await untilToast(page, "production is on v1 again.");
  await closeMessages(page);
});

test("[P2] what doesn't meet the condition can't be promoted, and the dialog says why", async () => {
  await open(`${COLLECTION}/v0`);
  await button("Promote to production").click();
  await dialog().getByText("metadata.accuracy is 0.8, not at least 0.9").waitFor();
  expect(await dialog().getByRole("button", { name: "Promote", exact: true }).isDisabled()).toBe(
    true,
  );
  await page.keyboard.press("Escape");
});

test("[P6] a request is looked at and approved, which moves the alias", async () => {
  await withStore(
    page,
    async (store) => {
      await store.requestPromotion("models", "net", 2 as never, "production", "Look at it.");
    },
    null,
  );
  await open("#/r/models?tab=requests");
  await page.getByText("Look at it.").waitFor();
  await button("Look and approve…").click();
  await dialog().getByText("0.91 → 0.93").waitFor();
  await dialog().getByRole("button", { name: "Approve" }).click();
  await untilToast(page, "production is on v2; it moved from v1.");
  await page.getByText("Approved by Ada").waitFor();
  expect(await button("Look and approve…").count()).toBe(0);
  await closeMessages(page);
});

test("[A4] the history rolls a move back, as one more", async () => {
  await open(`${COLLECTION}?tab=history`);
  await button("Roll back: production to v1").first().click();
  await untilToast(page, "production is on v1 again.");
  await page.getByText("moved from v2 to v1").first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await closeMessages(page);
});

test("[G9] tags edited through a link say what else they reach, and are the source's", async () => {
  await open(`${COLLECTION}/v1`);
  await button("Edit tags of the source").click();
  await dialog().getByText("registry-models/twin:v0").waitFor();
  await dialog().getByLabel("Tags of the version").fill("audited");
  await dialog().getByRole("button", { name: "Save" }).click();
  await untilToast(page, "Tags of digits/cnn:v1 saved.");
  await field().getByText("audited").waitFor();
  await open("#/r/models/twin/v0");
  await expect.poll(() => field().getByText("audited").count()).toBe(1);
  await closeMessages(page);
});

test("[G7] an unlink is taken back with its number", async () => {
  await open(`${COLLECTION}/v0`);
  await button("More").click();
  await page.getByRole("menuitem", { name: "Unlink" }).click();
  await untilToast(page, "Unlinked v0; its source stays.");
  await button("Undo").click();
  await untilToast(page, "v0 is linked again.");
  await expect.poll(() => page.getByRole("link", { name: "View v0" }).count()).toBe(1);
  await closeMessages(page);
});

test("[E4] looking back shows the collection as it was, and changes nothing", async () => {
  await withStore(
    page,
    async (store) => {
      await store.setLinkAlias("models", "net", 0 as never, "newcomer");
    },
    null,
  );
  const before = await withStore(
    page,
    async (store) => {
      const history = await store.linkAliasHistory("models", "net");
      return new Date(Date.parse(history.at(-1)?.at ?? "") - 1).toISOString();
    },
    null,
  );
  await open(COLLECTION);
  await page.getByText("newcomer").first().waitFor();
  await open(`${COLLECTION}?at=${before}`);
  await page.getByText("As it was on").waitFor();
  await expect.poll(() => page.getByText("newcomer").count()).toBe(0);
  await page.getByRole("link", { name: "View v2" }).click();
  expect(await button("Add aliases").isDisabled()).toBe(true);
  expect(await button("Promote to production").count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await button("Back to now").click();
  await button("Promote to production").waitFor();
});

test("[G9] a card is written in Markdown, looked at and saved; what is HTML in it is text", async () => {
  await open(`${COLLECTION}?tab=card`);
  await button("Edit card").click();
  await page.getByLabel("Card, in Markdown").fill("# For digits\n\n<b>not bold</b>");
  await button("Preview").click();
  await page.getByRole("heading", { name: "For digits" }).waitFor();
  await button("Save").click();
  await untilToast(page, "The card of net is saved.");
  await page.getByText("<b>not bold</b>").waitFor();
  expect(await page.locator(".markdown b").count()).toBe(0);
  await closeMessages(page);
});

test("names as long as they can be, and markup, are text that fits its page", async () => {
  const name = "n".repeat(128);
  await withStore(
    page,
    async (store, given) => {
      const description = `<img src=x onerror="alert(1)"> ${"words ".repeat(500)}`;
      await store.createRegistry({ name: "wide", description, types: [], visibility: "open" });
      const card = `<img src=x onerror="alert(1)">\n\n${"x".repeat(19_000)}`;
      const tags = ["t".repeat(64)];
      await store.createCollection("wide", { name: given, type: "model", card, tags });
      const aliases = ["a".repeat(128), "b".repeat(100), "constructor", "__proto__"];
      await store.linkVersion("digits/cnn:v0", null, `wide/${given}`, aliases);
      await store.addProtection("wide", "a*", `metadata.${"k".repeat(180)} >= 0.9`);
      await store.addProtection("wide", "c".repeat(128), "");
      await store.requestPromotion("wide", given, 0 as never, "a-new", description);
    },
    name,
  );
  const registry = ["", "?tab=requests", "?tab=audit", "?tab=settings"].map((tab) => `wide${tab}`);
  const collection = ["", "?tab=card", "?tab=history", "/v0"].map((tab) => `wide/${name}${tab}`);
  for (const place of [...registry, ...collection]) {
    await open(`#/r/${place}`);
    await page
      .locator("main")
      .getByText(place.includes("/") ? name : "wide")
      .first()
      .waitFor();
    expect(await faultsIn(page, "main", "light"), place).toEqual([]);
    expect(await page.locator("main img").count(), place).toBe(0);
  }
});

test("[P6] a member is refused in words, asks, and the request waits among the registry's", async () => {
  await withStore(
    page,
    async (store) => {
      const profile = await store.getProfile();
      if (profile !== null) await store.changeMember("models", profile.key, { role: "member" });
    },
    null,
  );
  await open(`${COLLECTION}/v2`);
  await button("Promote to production").click();
  const refusal = dialog().locator(".promote-refusal");
  await refusal.waitFor();
  for (const word of ["production", "Admin", "Member", "models"])
    expect(await refusal.textContent()).toContain(word);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    dialog().getByRole("button", { name: "Save request as a file" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("models-net-v2-production.request.json");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("cairn-promotion-request");
  await button("Promote to production").click();
  await dialog().getByLabel(/^Why/).fill("It is better.");
  await dialog().getByRole("button", { name: "Ask for it" }).click();
  await untilToast(page, /Asked for production on v2/);
  await closeMessages(page);
  await open("#/r/models?tab=requests");
  await page.getByText("It is better.").waitFor();
  expect(await button("Look and approve…").count()).toBe(0);
  // The file is theirs as well, and as little theirs to approve.
  await page.locator(".request-drop input[type=file]").setInputFiles(await file.path());
  await page.getByText("The file is as Ada signed it, for the registry models.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test("[P3] a member can't unlink what holds a protected alias", async () => {
  await open(`${COLLECTION}/v1`);
  await button("More").click();
  await page.getByRole("menuitem", { name: "Unlink" }).click();
  await untilToast(page, /holds the protected alias/);
  await closeMessages(page);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("net:v1");
});

// A registry's own pages: making it, its settings and people, the profile, deleting and bringing back.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { closeMessages, saved, untilToast } from "../support/pages.ts";

let app: App;
let page: Page;
beforeAll(async () => {
  app = await openApp();
  page = app.page;
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const faults = (): Promise<string[]> => faultsOf(page);
const dialog = (): Locator => page.getByRole("dialog");
const press = (name: string): Promise<void> =>
  dialog().getByRole("button", { name, exact: true }).click();
const untilClosed = (): Promise<void> => dialog().waitFor({ state: "detached" });

test("[G1 G2] a registry is made with a name that can be one, by somebody who says who they are", async () => {
  await page.getByRole("link", { name: "Registries" }).first().click();
  await page.getByRole("heading", { name: "No registry yet" }).waitFor();
  expect(await faults()).toEqual([]);
  await page.getByRole("button", { name: "Create a registry" }).click();
  await dialog().getByLabel("Name", { exact: true }).fill("my models");
  await dialog().getByText("Character 3 is a space").waitFor();
  await press("Use “my-models”");
  await press("model");
  expect(await dialog().getByRole("button", { name: "Create", exact: true }).isDisabled()).toBe(
    true,
  );
  await dialog().getByLabel("Your name").fill("Ada");
  expect(await faults()).toEqual([]);
  await press("Create");
  await page.getByRole("heading", { level: 1, name: "my-models" }).waitFor();
  await page.getByText("You: Admin").waitFor();
});

test("[G3 N2] a collection is made first, and its name's twin is warned of", async () => {
  for (const name of ["digits", "Digits"]) {
    await page.goto(`${app.url}#/r/my-models`);
    await page.getByRole("button", { name: "New collection" }).click();
    await dialog().getByLabel("Name").fill(name);
    if (name === "Digits")
      await dialog().getByText("“digits” differs only in letter case").waitFor();
    await press("Create");
    await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  }
  await page.goto(`${app.url}#/r/my-models`);
  const details = page.getByRole("link", { name: "View details" });
  await expect.poll(() => details.count()).toBe(2);
  expect(await faults()).toEqual([]);
  await page.getByRole("link", { name: "View details of digits", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "digits", exact: true }).waitFor();
});

test("[P1] the gear leads to the settings, and “+” protects an alias on a condition", async () => {
  await page.goto(`${app.url}#/r/my-models`);
  await page.getByRole("link", { name: "Settings of this registry" }).click();
  await page.getByRole("button", { name: "Add a protected alias" }).click();
  const protect = dialog().getByRole("button", { name: "Protect", exact: true });
  await dialog().getByLabel("Name or pattern").fill("latest");
  await dialog().getByText("managed by Cairn").waitFor();
  await dialog().getByLabel("Name or pattern").fill("prod-*");
  await dialog().getByLabel("Condition").fill("accuracy is high");
  await dialog().getByText("in line 1").waitFor();
  expect(await protect.isDisabled()).toBe(true);
  expect(await faults()).toEqual([]);
  await dialog().getByLabel("Condition").fill("");
  await press("metadata.accuracy >= 0.9");
  await protect.click();
  await untilClosed();
  const condition = page.getByRole("list", { name: "Condition of prod-*" });
  expect(await condition.innerText()).toBe("metadata.accuracy >= 0.9");
});

test("[P5] a protection that was taken off comes back with its condition", async () => {
  await closeMessages(page);
  await page.getByRole("button", { name: "Protect prod-* no more" }).click();
  await untilToast(page, "protected no more");
  await page.getByText("None yet.").waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  const condition = page.getByRole("list", { name: "Condition of prod-*" });
  expect(await condition.innerText()).toBe("metadata.accuracy >= 0.9");
});

test("[P7] people are added by key; the last admin can't leave; a role that was given up is gone", async () => {
  await page.getByRole("button", { name: "Add person" }).click();
  await dialog().getByLabel("Card, link, key, or name").fill("nobody");
  await dialog()
    .getByText("is nobody's key")
    .or(dialog().getByText("can't be anybody's key"))
    .waitFor();
  await dialog()
    .getByLabel("Card, link, key, or name")
    .fill(await makeKey(page));
  await dialog().getByLabel("Their name").fill("Grace");
  await press("Add");
  await untilClosed();
  await page.getByRole("button", { name: "Leave this registry" }).click();
  await press("Leave");
  await dialog().getByRole("alert").waitFor();
  await press("Cancel");
  await page.getByLabel("Role of Grace").selectOption("admin");
  await untilToast(page, "“Grace” is Admin now");
  await closeMessages(page);
  expect(await faults()).toEqual([]);
});

test("the profile shows the card and its code, and somebody's card that a link brought", async () => {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("menuitem", { name: "Profile" }).click();
  await page.getByRole("img", { name: "QR code of a link to your card" }).waitFor();
  await page.getByLabel("Hugging Face user name").fill("not a name");
  await page.getByText("Use letters A–Z").waitFor();
  await page.getByLabel("Hugging Face user name").fill("ada");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("hub=ada").first().waitFor();
  expect(await faults()).toEqual([]);
  const card = encodeURIComponent(`cairn-key:${await makeKey(page)}?name=Alan`);
  await page.goto(`${app.url}#/profile?add=${card}`);
  await page.getByText("Alan", { exact: true }).waitFor();
  await page.getByRole("radio", { name: /^Viewer/ }).check();
  expect(await faults()).toEqual([]);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await untilToast(page, "“Alan” is Viewer in “my-models”");
});

test("[G7] a registry that was deleted stands apart, and can be restored", async () => {
  await page.goto(`${app.url}#/r/my-models`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete registry…" }).click();
  await press("Delete registry");
  await page.getByRole("heading", { name: "Deleted" }).waitFor();
  await closeMessages(page);
  expect(await faults()).toEqual([]);
  await page.getByRole("button", { name: "Restore my-models" }).click();
  await page.getByRole("list", { name: "Registries" }).waitFor();
});

test("[P6] who is no Admin reads everything and is told who could change it", async () => {
  await page.goto(`${app.url}#/r/my-models?tab=settings`);
  await page.getByLabel("Role of Ada").selectOption("viewer");
  await press("Become Viewer");
  await page.getByText("Ask “Grace”").waitFor();
  for (const name of ["Edit", "Add a protected alias", "Add person"])
    expect(await page.getByRole("button", { name, exact: true }).isDisabled(), name).toBe(true);
  expect(await page.getByRole("button", { name: "Leave this registry" }).isEnabled()).toBe(true);
  await page.getByRole("columnheader", { name: /^Viewer\s*you$/ }).waitFor();
  await closeMessages(page);
  expect(await faults()).toEqual([]);
});

test("[E3] a registry that was forgotten here is brought in from its file, under another name", async () => {
  const openMenu = (): Promise<void> =>
    page.getByRole("button", { name: "More", exact: true }).click();
  await openMenu();
  const { name, bytes } = await saved(page, () =>
    page.getByRole("menuitem", { name: "Export the log" }).click(),
  );
  expect(name).toBe("registry-my-models.jsonl");
  await openMenu();
  await page.getByRole("menuitem", { name: "Forget here…" }).click();
  await press("Forget here");
  await page.getByRole("heading", { name: "No registry yet" }).waitFor();
  const file = { name, mimeType: "application/jsonl", buffer: Buffer.from(bytes) };
  await page.getByLabel("A registry's file").setInputFiles(file);
  await dialog().getByText("not in this browser yet").waitFor();
  await dialog().getByText("Sealed by “Ada”, up to its last event.").waitFor();
  await dialog().getByLabel("Name here").fill("models-of-ada");
  expect(await faults()).toEqual([]);
  await press("Bring in");
  await page.getByRole("heading", { level: 1, name: "models-of-ada" }).waitFor();
  await page.getByRole("link", { name: "View details of digits", exact: true }).waitFor();
});

test("[E3] a file with nothing new is not brought in, and one cut short is refused", async () => {
  await page.getByRole("button", { name: "More", exact: true }).click();
  const { name, bytes } = await saved(page, () =>
    page.getByRole("menuitem", { name: "Export the log" }).click(),
  );
  const choose = async (content: Uint8Array): Promise<void> => {
    await page.goto(`${app.url}#/registries`);
    const buffer = Buffer.from(content);
    await page
      .getByLabel("A registry's file")
      .setInputFiles({ name, mimeType: "application/jsonl", buffer });
  };
  await choose(bytes);
  await dialog().getByText("There is nothing to bring in").waitFor();
  expect(await dialog().getByRole("button", { name: "Bring in", exact: true }).count()).toBe(0);
  await press("Close");
  await choose(bytes.slice(0, -20));
  await dialog().getByRole("alert").waitFor();
  expect(await dialog().getByRole("button", { name: "Bring in", exact: true }).isDisabled()).toBe(
    true,
  );
  await press("Close");
});

/** Another person's public key. */
function makeKey(tab: Page): Promise<string> {
  return tab.evaluate(async () => {
    const { publicKey } = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    const base64 = btoa(String.fromCharCode(...bytes));
    return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  });
}

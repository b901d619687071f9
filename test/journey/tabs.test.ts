import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import {
  countStore,
  log,
  openSheet,
  sheetOf,
  untilStaged,
  untilVersion,
} from "../support/pages.ts";

let app: App;
let other: Page;
const folders: TempFolder[] = [];
beforeAll(async () => {
  app = await openApp();
  other = await app.openTab();
});
afterAll(async () => {
  await app.close();
  await Promise.all(folders.map((made) => made.remove()));
});

async function folder(name: string, text: string): Promise<string> {
  const made = await makeFolder(name, { "a.txt": text, "b.txt": "the same in all" });
  folders.push(made);
  return made.path;
}

/** Both tabs commit at the same moment; the numbers they got. */
async function race(name: string, first: string, second: string): Promise<string[]> {
  const tabs = [app.page, other];
  for (const [tab, path] of [
    [app.page, first],
    [other, second],
  ] as const) {
    await openSheet(tab, [path]);
    await untilStaged(tab);
  }
  // A real click brings its tab to the front first, so two are never simultaneous.
  await Promise.all(
    tabs.map((tab) => sheetOf(tab).getByRole("button", { name: "Commit" }).dispatchEvent("click")),
  );
  return Promise.all(
    tabs.map(async (tab) => {
      const heading = tab.getByRole("heading", { level: 1, name: new RegExp(`^${name}:v`) });
      return ((await heading.textContent()) ?? "").replace(`${name}:`, "");
    }),
  );
}

test("a second tab shows a commit without a reload, on every page", async () => {
  await log(app.page, [await folder("net", "one")], "net:v0");
  await other.bringToFront();
  await other.getByRole("link", { name: /^my-project/ }).click();
  await other.getByText(/^1 artifact ·/).waitFor();

  await log(app.page, [await folder("rows", "one")], "rows:v0");
  await other.getByText(/^2 artifacts ·/).waitFor();
  await other.bringToFront();
  await other.getByRole("link", { name: /^net/ }).click();
  await untilVersion(other, "net:v0");

  await log(app.page, [await folder("net", "two")], "net:v1");
  await untilVersion(other, "net:v1");
  await expect.poll(() => other.getByRole("link", { name: /^v\d/ }).count()).toBe(2);
  app.expectNoConsoleErrors();
});

test("two tabs that commit one name at once get two numbers [V5]", async () => {
  const numbers = await race(
    "twins",
    await folder("twins", "left"),
    await folder("twins", "right"),
  );
  expect(numbers.toSorted()).toEqual(["v0", "v1"]);
  app.expectNoConsoleErrors();
});

test("two tabs that commit the same content at once get one version [V5 V2]", async () => {
  const before = await countStore(app.page);
  const path = await folder("equals", "same");
  expect(await race("equals", path, path)).toEqual(["v0", "v0"]);
  const after = await countStore(app.page);
  expect(after["versions"]).toBe((before["versions"] ?? 0) + 1);
  expect(after["artifacts"]).toBe((before["artifacts"] ?? 0) + 1);
  app.expectNoConsoleErrors();
});

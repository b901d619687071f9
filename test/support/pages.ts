// What a person sees and does in the app, and what lies in its database.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { createBLAKE3 } from "hash-wasm";
import type { Download, FileChooser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { dropPaths } from "./app.ts";

/** The sheet of the open draft. */
export function sheetOf(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Draft / });
}

/** Drops paths and waits for the sheet. */
export async function openSheet(page: Page, paths: readonly string[]): Promise<Locator> {
  // A person drops onto the tab in front; those behind paint only once a second.
  await page.bringToFront();
  await untilLoaded(page);
  await dropPaths(page, paths);
  const sheet = sheetOf(page);
  await sheet.waitFor();
  return sheet;
}

/** Resolves once the app shows a page. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** Resolves once every file of the open draft is stored and hashed. */
export async function untilStaged(page: Page): Promise<void> {
  await sheetOf(page)
    .getByText(/^Staged: /)
    .waitFor();
}

/** Resolves once the keyboard is on an element: what is typed before goes elsewhere. */
export async function untilFocused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((one) => one === document.activeElement)).toBe(true);
}

/** The file chooser that pressing something opens. */
export async function chooserOf(page: Page, press: () => Promise<void>): Promise<FileChooser> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    // A key may overtake the order to hand choosers to the test; an answer of the page comes behind it.
    page.evaluate(() => undefined).then(press),
  ]);
  return chooser;
}

/** Presses Commit and waits until the page shows the version, such as `net:v0`. */
export async function commit(page: Page, version: string): Promise<void> {
  await sheetOf(page).getByRole("button", { name: "Commit" }).click();
  await untilVersion(page, version);
}

/** Drops paths, commits them as proposed, and waits for the version's page. */
export async function log(page: Page, paths: readonly string[], version: string): Promise<void> {
  await openSheet(page, paths);
  await untilStaged(page);
  await commit(page, version);
}

/** Resolves once the page of a version, such as `net:v0`, is shown. */
export async function untilVersion(page: Page, version: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: version, exact: true }).waitFor();
  await page.getByRole("treegrid").waitFor();
}

/** The aliases on the version shown, its type first. */
export function chipsOf(page: Page): Promise<string[]> {
  return page.locator(".version-title .chip").allTextContents();
}

/** Resolves once a passing message contains the text. */
export async function untilToast(page: Page, text: string | RegExp): Promise<void> {
  await page.locator(".toast").filter({ hasText: text }).first().waitFor();
}

/** Closes the passing messages, which lie over the page's lower corner. */
export async function closeMessages(page: Page): Promise<void> {
  const buttons = page.locator(".toast").getByRole("button", { name: "Close message" });
  // All in one go: any of them may pass by itself.
  await buttons.evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
  await expect.poll(() => buttons.count()).toBe(0);
}

/** What a press saves. */
export async function saved(page: Page, press: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

export interface Saved {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function bytesOf(download: Download): Promise<Uint8Array> {
  expect(await download.failure()).toBeNull();
  return new Uint8Array(await readFile(await download.path()));
}

/** What the whole version's zip holds: path below its one folder → digest. */
export async function savedZip(
  page: Page,
  folder: string,
  button: string | RegExp = "Download zip",
): Promise<Record<string, string>> {
  const { name, bytes } = await saved(page, () =>
    page.getByRole("button", { name: button, exact: true }).click(),
  );
  expect(name).toBe(`${folder.split("/").at(-1) ?? ""}.zip`);
  const digests: Record<string, string> = {};
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    expect(path.startsWith(`${folder}/`), path).toBe(true);
    digests[path.slice(folder.length + 1)] = await digestOf(content);
  }
  return digests;
}

/** The digest Cairn must give to bytes. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  return `blake3:${(await createBLAKE3()).update(bytes).digest("hex")}`;
}

/** Path → digest of every file below a folder on disk; those that `leavesOut` picks are not looked at. */
export async function digestsBelow(
  folder: string,
  leavesOut: (path: string) => boolean = () => false,
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const below = path.slice(folder.length + 1);
    if (entry.isFile() && !leavesOut(below)) digests[below] = await digestOf(await readFile(path));
  }
  return digests;
}

/**
 * Every record of the database, byte values by their size: for "exactly as before". Without the notes of checks,
 * which a page left alone makes by itself.
 */
export function readStore(page: Page): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("the request failed"));
      });
    const describe = (value: unknown): unknown => {
      if (value instanceof Blob) return `Blob of ${value.size}`;
      return value instanceof ArrayBuffer ? `${value.byteLength} bytes` : value;
    };
    const db = await done(indexedDB.open("cairn"));
    const stores: Record<string, unknown[]> = {};
    for (const name of db.objectStoreNames) {
      if (name === "checks") continue;
      const store = db.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      stores[name] = keys.map((key, i) => [key, describe(values[i])]);
    }
    db.close();
    return stores;
  });
}

/** Number of records in each store that has any. */
export async function countStore(page: Page): Promise<Readonly<Record<string, number>>> {
  const counts = Object.entries(await readStore(page)).map(
    ([name, records]) => [name, records.length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Types into a labelled field of the open draft, in place of what is there. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  // From its start: paths in the list of files may contain the same word.
  await sheetOf(page)
    .getByLabel(new RegExp(`^${label}`))
    .fill(text);
}

/** Unfolds a part of the open draft's sheet. */
export async function unfold(page: Page, summary: string | RegExp): Promise<void> {
  await sheetOf(page).locator("summary").filter({ hasText: summary }).click();
}

/** Cancels the open draft; what it staged goes soon after. */
export async function cancel(page: Page): Promise<void> {
  const sheet = sheetOf(page);
  await sheet.getByRole("button", { name: /^Cancel draft/ }).click();
  await sheet.waitFor({ state: "detached" });
}

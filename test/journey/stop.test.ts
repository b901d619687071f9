import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dropPaths, openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import {
  cancel,
  commit,
  countStore,
  digestsBelow,
  log,
  openSheet,
  readStore,
  savedZip,
  sheetOf,
  untilLoaded,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";

const MIB = 1024 * 1024;

let app: App;
let folders: TempFolder[];
beforeEach(async () => {
  folders = [];
  app = await openApp();
});
afterEach(async () => {
  await app.close();
  await Promise.all(folders.map((made) => made.remove()));
});

async function folder(...args: Parameters<typeof makeFolder>): Promise<TempFolder> {
  const made = await makeFolder(...args);
  folders.push(made);
  return made;
}

/** A second or more of work, each file different. */
function big(name: string, files = 8): Promise<TempFolder> {
  const content = Object.fromEntries(
    Array.from({ length: files }, (_, i) => [`part-${i}.bin`, noise(16 * MIB, i + 1)]),
  );
  return folder(name, content);
}

/** Resolves as soon as some of a draft's bytes are in the store. */
async function untilHalfway(page: Page, before: Readonly<Record<string, number>>): Promise<void> {
  const packs = async (): Promise<number> => (await countStore(page))["packs"] ?? 0;
  await expect.poll(packs, { interval: 20 }).toBeGreaterThan(before["packs"] ?? 0);
}

/**
 * Presses Commit as soon as the sheet says that it stages; a press from out here may come when it is over.
 * Gives what the button says then.
 */
function commitWhileStaging(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        let isPressed = false;
        const observer = new MutationObserver(() => {
          const buttons = Array.from(document.querySelectorAll("button"));
          if (!isPressed && /Staging \d+ of/.test(document.body.textContent)) {
            const button = buttons.find(({ textContent }) => textContent.trim() === "Commit");
            isPressed = button !== undefined;
            button?.click();
          }
          const waiting = buttons.find(({ textContent }) => textContent.startsWith("Committing "));
          if (waiting === undefined) return;
          observer.disconnect();
          resolve(waiting.textContent);
        });
        observer.observe(document, { childList: true, subtree: true, characterData: true });
      }),
  );
}

describe("a draft that is not committed", () => {
  test("leaves nothing when cancelled in the middle of staging", async () => {
    const small = await folder("small", { "a.txt": "kept" });
    await log(app.page, [small.path], "small:v0");
    const [before, counts] = [await readStore(app.page), await countStore(app.page)];
    await openSheet(app.page, [(await big("big")).path]);
    await untilHalfway(app.page, counts);
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);
    await untilToast(app.page, "Draft cancelled. Nothing of it was kept.");
    expect(await savedZip(app.page, "my-project/small_v0")).toEqual(await digestsBelow(small.path));
    app.expectNoConsoleErrors();
  });

  test("leaves nothing when the browser is killed in the middle of staging [V4 D3]", async () => {
    const small = await folder("small", { "a.txt": "kept", "b.bin": noise(3 * MIB) });
    await log(app.page, [small.path], "small:v0");
    const [before, counts] = [await readStore(app.page), await countStore(app.page)];
    await openSheet(app.page, [(await big("big")).path]);
    await untilHalfway(app.page, counts);
    await app.killBrowser();

    const page = await app.reopen();
    await untilLoaded(page);
    await expect.poll(() => readStore(page)).toEqual(before);
    await page.getByRole("link", { name: /^my-project/ }).click();
    await page.getByRole("link", { name: /^small/ }).click();
    await untilVersion(page, "small:v0");
    expect(await savedZip(page, "my-project/small_v0")).toEqual(await digestsBelow(small.path));
    app.expectNoConsoleErrors();
  });
});

describe("drafts that go on", () => {
  test("a second drop waits in the tray while one runs, and both are committed", async () => {
    const [first, second] = [await big("first", 2), await folder("second", { "b.txt": "b" })];
    await openSheet(app.page, [first.path]);
    await dropPaths(app.page, [second.path], ".brand");
    const tray = app.page.getByRole("complementary", { name: "Drafts" });
    await tray.getByRole("button", { name: /^second / }).waitFor();
    await sheetOf(app.page).getByText("1 more waiting").waitFor();
    await untilStaged(app.page);
    await sheetOf(app.page).getByRole("button", { name: "Commit" }).click();
    await untilToast(app.page, "my-project/first v0");

    await app.page.getByRole("dialog", { name: "Draft second" }).waitFor();
    await untilStaged(app.page);
    await commit(app.page, "second:v0");
    expect(await tray.count()).toBe(0);
    expect(await countStore(app.page)).toMatchObject({ artifacts: 2, versions: 2, ingests: 2 });
    app.expectNoConsoleErrors();
  });

  test("Commit pressed while files are staged commits by itself at their end", async () => {
    const eager = await big("eager", 4);
    await untilLoaded(app.page);
    const said = commitWhileStaging(app.page);
    await dropPaths(app.page, [eager.path]);
    expect(await said).toBe("Committing when ready · undo");
    await untilVersion(app.page, "eager:v0");
    // It waited: every file is in it, whole.
    expect(await savedZip(app.page, "my-project/eager_v0")).toEqual(await digestsBelow(eager.path));
    app.expectNoConsoleErrors();
  });
});

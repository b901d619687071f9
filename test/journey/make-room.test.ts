import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import {
  closeMessages,
  commit,
  digestsBelow,
  log,
  openSheet,
  savedZip,
  sheetOf,
  untilStaged,
  untilToast,
  untilVersion,
} from "../support/pages.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const MIB = 1024 * 1024;

let app: App;
let old: TempFolder;
let fresh: TempFolder;
beforeAll(async () => {
  app = await openApp({ quotaBytes: 40 * MIB });
  const parts = (seed: number): Record<string, Uint8Array> =>
    Object.fromEntries(
      Array.from({ length: 4 }, (_, i) => [`p${i}.bin`, noise(6 * MIB, seed + i)]),
    );
  old = await makeFolder("old", parts(1));
  fresh = await makeFolder("fresh", parts(50));
});
afterAll(async () => {
  await app.close();
  await old.remove();
  await fresh.remove();
});

test("on a full disk the trash makes room, and the draft that waited goes on [D3]", async () => {
  const { page } = app;
  await log(page, [old.path], "old:v0");
  const sheet = await openSheet(page, [fresh.path]);
  const again = sheet.getByRole("button", { name: "Try again" });
  await again.waitFor();
  await page.keyboard.press("Escape");
  await closeMessages(page);

  await page.goto(`${app.url}#/p/my-project/old`);
  await untilVersion(page, "old:v0");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete artifact…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await untilToast(page, /trash/);
  await page.goto(`${app.url}#/trash`);
  await page.getByRole("button", { name: "Empty trash…" }).click();
  await page.getByRole("button", { name: "Empty trash", exact: true }).click();
  await untilToast(page, /25\.2 MB freed/);

  const tray = page.getByRole("complementary", { name: "Drafts" });
  await tray.getByRole("button", { name: /^fresh / }).click();
  // Chromium may keep to the space it last saw for half a minute.
  await expect
    .poll(
      async () => {
        if (await again.isVisible()) await again.click();
        return sheetOf(page)
          .getByText(/^Staged: 4 files/)
          .isVisible();
      },
      { timeout: 2 * PATIENCE_MS, interval: 500 },
    )
    .toBe(true);
  await commit(page, "fresh:v0");
  expect(await savedZip(page, "my-project/fresh_v0")).toEqual(await digestsBelow(fresh.path));
});

test("a draft that starts from a version keeps its files without copying them", async () => {
  const { page } = app;
  const more = await makeFolder("more", { "p0.bin": "replaced", "notes.md": "# New\n" });
  try {
    await closeMessages(page);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "New draft from this…" }).click();
    const sheet = sheetOf(page);
    await sheet.getByText(/starts from v0/).waitFor();
    await sheet.getByText("Same as v0.").waitFor();
    await sheet.getByRole("button", { name: "Remove p3.bin" }).click();
    // Had its 24 MB been copied, the disk would be full.
    await openSheet(page, [more.path]);
    await sheet.getByText(/2 added|1 added/).waitFor();
    await untilStaged(page);
    await commit(page, "fresh:v1");
    const expected = { ...(await digestsBelow(fresh.path)), ...(await digestsBelow(more.path)) };
    delete expected["p3.bin"];
    expect(await savedZip(page, "my-project/fresh_v1")).toEqual(expected);
    app.expectNoConsoleErrors();
  } finally {
    await more.remove();
  }
});

import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import {
  commit,
  digestsBelow,
  log,
  openSheet,
  savedZip,
  untilLoaded,
  untilStaged,
  untilToast,
} from "../support/pages.ts";

let app: App;
let model: TempFolder;
beforeEach(async () => {
  app = await openApp();
  model = await makeFolder("model", { "weights.bin": noise(3 << 20), "config.json": "{}" });
});
afterEach(async () => {
  await app.close();
  await model.remove();
});

/** Deletes what the browser keeps of large files, as a failing disk might. */
async function loseBlobs(profile: string): Promise<number> {
  const folder = join(profile, "Default/IndexedDB");
  let lost = 0;
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".blob")) continue;
    for (const entry of await readdir(join(folder, name), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      await rm(join(entry.parentPath, entry.name));
      lost++;
    }
  }
  return lost;
}

test("bytes that the disk lost are found, named, and healed by dropping the file again [U4]", async () => {
  await log(app.page, [model.path], "model:v0");
  await app.context.close();
  expect(await loseBlobs(app.profile)).toBeGreaterThan(0);

  const page = await app.reopen();
  await untilLoaded(page);
  await page.goto(`${app.url}#/care`);
  await page.getByRole("button", { name: "Verify everything" }).click();
  const report = page.locator(".damage");
  await report.waitFor();
  await expect.poll(() => report.textContent()).toContain("my-project/model:v0");
  await expect.poll(() => report.textContent()).toContain("weights.bin");

  await openSheet(page, [model.path]);
  await untilStaged(page);
  await commit(page, "model:v0");
  await untilToast(page, /whole again|mended|healed/i);
  expect(await savedZip(page, "my-project/model_v0")).toEqual(await digestsBelow(model.path));
});

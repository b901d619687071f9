import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { makeFolder, noise, type TempFolder } from "../support/fixtures.ts";
import {
  commit,
  countStore,
  digestsBelow,
  log,
  openSheet,
  readStore,
  savedZip,
  sheetOf,
  untilStaged,
} from "../support/pages.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const MIB = 1024 * 1024;

let app: App;
let small: TempFolder;
let large: TempFolder;
beforeAll(async () => {
  // Before the first write: Chromium keeps to the space it last saw.
  app = await openApp({ quotaBytes: 24 * MIB });
  small = await makeFolder("small", { "a.txt": "kept", "b.bin": noise(MIB) });
  large = await makeFolder(
    "large",
    Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`p${i}.bin`, noise(6 * MIB, i + 9)])),
  );
});
afterAll(async () => {
  await app.close();
  await small.remove();
  await large.remove();
});

test("a full storage stops the draft, names the way out, and touches nothing committed", async () => {
  await log(app.page, [small.path], "small:v0");
  const committed = await committedOnly();
  const sheet = await openSheet(app.page, [large.path]);
  const note = sheet.getByRole("alert").filter({ hasText: "The browser's storage is full" });
  await note.waitFor();
  await note.getByRole("button", { name: "Try again" }).waitFor();
  await expect.poll(() => sheet.getByRole("button", { name: "Commit" }).isDisabled()).toBe(true);
  await sheet.getByText(/^Stopped: \d of 8 files staged$/).waitFor();
  expect(await committedOnly()).toEqual(committed);
});

test("Try again in vain says so again; with room it goes on, and the bytes are right", async () => {
  const sheet = sheetOf(app.page);
  const again = sheet.getByRole("button", { name: "Try again" });
  await again.click();
  await again.waitFor();

  await app.liftQuota();
  // Chromium may keep to the old limit for half a minute.
  await expect
    .poll(
      async () => {
        if (await again.isVisible()) await again.click();
        return sheet.getByText(/^Staged: 8 files/).isVisible();
      },
      { timeout: 2 * PATIENCE_MS, interval: 500 },
    )
    .toBe(true);
  await untilStaged(app.page);
  await commit(app.page, "large:v0");
  expect(await savedZip(app.page, "my-project/large_v0")).toEqual(await digestsBelow(large.path));
  expect(await countStore(app.page)).toMatchObject({ versions: 2, ingests: 2 });
  app.expectNoConsoleErrors();
});

/** The store without what a draft keeps in its staging area. */
async function committedOnly(): Promise<Record<string, readonly unknown[]>> {
  const { ingests, packs, packBytes, ...rest } = await readStore(app.page);
  const staging = new Set(
    (ingests ?? []).flatMap((record) => {
      const [uid, { state }] = record as [string, { state: string }];
      return state === "staging" ? [uid] : [];
    }),
  );
  const kept = (records: readonly unknown[] = []): unknown[] =>
    records.filter((record) => !staging.has((record as [[string]])[0][0]));
  return { ...rest, packs: kept(packs), packBytes: kept(packBytes) };
}

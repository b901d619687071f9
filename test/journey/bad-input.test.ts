import { rm } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dropPaths, openApp, type App } from "../support/app.ts";
import { makeFolder, type FolderContent, type TempFolder } from "../support/fixtures.ts";
import {
  cancel,
  commit,
  digestOf,
  fill,
  openSheet,
  readStore,
  savedZip,
  sheetOf,
  unfold,
  untilStaged,
  untilToast,
} from "../support/pages.ts";

let app: App;
const folders: TempFolder[] = [];
let before: Awaited<ReturnType<typeof readStore>>;
beforeAll(async () => {
  app = await openApp();
  const net = await folder("net", { "a.txt": "a" });
  await openSheet(app.page, [net.path]);
  await fill(app.page, "Type", "model");
  await untilStaged(app.page);
  await commit(app.page, "net:v0");
});
beforeEach(async () => {
  before = await readStore(app.page);
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
  await Promise.all(folders.map((made) => made.remove()));
});

async function folder(name: string, content: FolderContent): Promise<TempFolder> {
  const made = await makeFolder(name, content);
  folders.push(made);
  return made;
}

const digestOfText = (text: string): Promise<string> => digestOf(new TextEncoder().encode(text));

/** Resolves once the sheet shows the text. */
const says = (text: string | RegExp): Promise<void> =>
  sheetOf(app.page).getByText(text).first().waitFor();

/** Pressing Commit stays on the sheet, which says why. */
async function expectRefused(why: string): Promise<void> {
  await sheetOf(app.page).getByRole("button", { name: "Commit" }).click();
  await sheetOf(app.page).getByRole("alert").filter({ hasText: why }).waitFor();
}

/** Cancelling the draft leaves the store as before. */
async function expectNothingLeft(): Promise<void> {
  await cancel(app.page);
  await expect.poll(() => readStore(app.page)).toEqual(before);
}

describe("a field with something wrong says so, offers what would do, and stops the commit", () => {
  beforeEach(async () => {
    await openSheet(app.page, [(await folder("fields", { "a.txt": "x" })).path]);
    await untilStaged(app.page);
    return expectNothingLeft;
  });

  const cases = [
    ["Name", "my net/é", "Character 3 is a space", "my-net-e"],
    ["Name", "..", "It stands for a folder", "my-artifact"],
    ["Project", "registry-models", "are kept for registries", "models"],
    ["Type", "big model", "Character 4 is a space", "big-model"],
  ] as const;
  test.each(cases)("[N1 N4 N6] %s “%s”", async (label, given, reason, suggestion) => {
    await fill(app.page, label, given);
    await says(reason);
    await expectRefused("Some fields above need a look.");
    await sheetOf(app.page)
      .getByRole("button", { name: `Use “${suggestion}”` })
      .click();
    await expect.poll(() => sheetOf(app.page).getByLabel(label).inputValue()).toBe(suggestion);
    await expect.poll(() => sheetOf(app.page).locator("[aria-invalid]").count()).toBe(0);
  });

  test.each(["latest", "V3"])("[N3] the alias “%s” is Cairn's own", async (alias) => {
    await fill(app.page, "Aliases", alias);
    await says("Cairn manages this alias itself.");
    await app.page.keyboard.press("Enter");
    expect(
      await sheetOf(app.page)
        .getByRole("button", { name: /^Remove alias/ })
        .count(),
    ).toBe(0);
    await sheetOf(app.page)
      .getByRole("button", { name: `Use “my-${alias}”` })
      .click();
    await sheetOf(app.page).getByLabel("Aliases").press("Enter");
    await sheetOf(app.page)
      .getByRole("button", { name: `Remove alias my-${alias}` })
      .waitFor();
  });

  test.each([
    ['{"accuracy": }', "it is not JSON (line 1, column 14)"],
    ["[1]", "it must be a JSON object"],
    ["[".repeat(40), "it is nested more than 32 levels deep"],
  ])("metadata %s", async (text, reason) => {
    await unfold(app.page, "Description, metadata, run");
    await fill(app.page, "Metadata", text);
    await says(reason);
    await expectRefused("Some fields above need a look.");
    await fill(app.page, "Metadata", '{"accuracy": 0.9}');
    await expect.poll(() => sheetOf(app.page).locator("[aria-invalid]").count()).toBe(0);
  });

  test("a type other than the name has already [N4]", async () => {
    await fill(app.page, "Name", "net");
    await fill(app.page, "Type", "dataset");
    await says("“net” is of type “model”, so it can't take a version of type “dataset”.");
    await expectRefused("Some fields above need a look.");
    await sheetOf(app.page).getByRole("button", { name: "Use “model”" }).click();
    await expect.poll(() => sheetOf(app.page).locator("[aria-invalid]").count()).toBe(0);
  });

  test("a name that differs from another only in letter case is warned of [N2]", async () => {
    await fill(app.page, "Name", "Net");
    await says("“net” exists and differs only in letter case");
    await sheetOf(app.page).getByRole("button", { name: "Use “net”" }).click();
    await says("Exists; its latest is v0");
    await expect.poll(() => sheetOf(app.page).getByLabel("Name").inputValue()).toBe("net");
  });
});

describe("a drop that holds no file says what it was, and opens nothing", () => {
  test("text", async () => {
    const data = {
      items: [{ mimeType: "text/plain", data: "hello" }],
      files: [],
      dragOperationsMask: 1,
    };
    const session = await app.context.newCDPSession(app.page);
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await session.send("Input.dispatchDragEvent", { type, x: 640, y: 400, data });
    await untilToast(app.page, "That was text, not files.");
    expect(await sheetOf(app.page).count()).toBe(0);
    expect(await readStore(app.page)).toEqual(before);
  });

  test("empty folders [F4]", async () => {
    const hollow = await folder("hollow", { "a/b": null, c: null });
    await dropPaths(app.page, [hollow.path]);
    await untilToast(app.page, "There are no files in what you dropped.");
    await expect.poll(() => sheetOf(app.page).count()).toBe(0);
    await expect.poll(() => readStore(app.page)).toEqual(before);
  });
});

describe("files that can't stand together", () => {
  test("the same path dropped twice: the newer can be kept [F3]", async () => {
    const older = await folder("twice", { "a.txt": "older", "b.txt": "b" });
    const newer = await folder("twice", { "a.txt": "newer" });
    await openSheet(app.page, [older.path]);
    await dropPaths(app.page, [newer.path], ".ingest-sheet");
    await says("Two files would have the path “a.txt”");
    await untilStaged(app.page);
    await expectRefused("Two files would stand at the same place");
    expect(await readStore(app.page)).toMatchObject({ versions: before["versions"] });
    await sheetOf(app.page).getByRole("button", { name: "Keep the newer one" }).click();
    await commit(app.page, "twice:v0");
    expect(await savedZip(app.page, "my-project/twice_v0")).toEqual({
      "a.txt": await digestOfText("newer"),
      "b.txt": await digestOfText("b"),
    });
  });

  test("a path that would be both a file and a folder [F3]", async () => {
    await openSheet(app.page, [(await folder("clash", { data: "a file" })).path]);
    const inside = await folder("clash", { "data/a.txt": "in a folder" });
    await dropPaths(app.page, [inside.path], ".ingest-sheet");
    await says("“data” would be both a file and a folder");
    await expectRefused("Two files would stand at the same place");
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);
  });

  test("a path that can't be kept is named, and can be taken out [F1]", async () => {
    await openSheet(app.page, [(await folder("odd", { "a\\b.txt": "x", "c.txt": "c" })).path]);
    await says("The path “a\\b.txt” can't be kept");
    await expectRefused("1 path can't be kept");
    await sheetOf(app.page).getByRole("button", { name: "Remove a\\b.txt" }).click();
    await says(/^First version · 1 B new to the store$/);
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);
  });
});

test("a file that disappears before it is read is named and can be taken out; the rest commits", async () => {
  // Left out by a rule, it is not read before the rule is switched off: so it is surely gone by then.
  const made = await folder("gone", { "desktop.ini": "short-lived", "a.txt": "a" });
  await openSheet(app.page, [made.path]);
  await says("1 file left out");
  await untilStaged(app.page);
  await rm(made.at("desktop.ini"));
  await unfold(app.page, "Ignore rules");
  await sheetOf(app.page).getByRole("checkbox", { name: "desktop.ini" }).uncheck();
  await says("“gone/desktop.ini” changed or disappeared while it was being read.");
  await expectRefused("1 file could not be read; add again or remove.");
  await sheetOf(app.page).getByRole("button", { name: "Remove desktop.ini" }).click();
  await untilStaged(app.page);
  await sheetOf(app.page).getByRole("checkbox", { name: "desktop.ini" }).check();
  await commit(app.page, "gone:v0");
  expect(await savedZip(app.page, "my-project/gone_v0")).toEqual({
    "a.txt": await digestOfText("a"),
  });
});

describe("the list of files", () => {
  test("can be rooted elsewhere", async () => {
    const made = await folder("rooted", { "x/a.txt": "a", "x/b.txt": "b" });
    await openSheet(app.page, [made.path]);
    await unfold(app.page, "Paths");
    await sheetOf(app.page)
      .getByLabel("Take off leading folders")
      .selectOption({ label: "rooted/x/" });
    await fill(app.page, "Put into folder", "../up");
    await says("can't be kept");
    await fill(app.page, "Put into folder", "data/raw");
    await sheetOf(app.page).getByTitle("data/raw/a.txt", { exact: true }).waitFor();
    await untilStaged(app.page);
    await commit(app.page, "rooted:v0");
    expect(await savedZip(app.page, "my-project/rooted_v0")).toEqual({
      "data/raw/a.txt": await digestOfText("a"),
      "data/raw/b.txt": await digestOfText("b"),
    });
  });

  test("loses files and gets them back; nothing is committed without any [F5]", async () => {
    await openSheet(app.page, [(await folder("few", { "a.txt": "a", "b.log": "b" })).path]);
    const sheet = sheetOf(app.page);
    await says("Staged: 2 files");
    await sheet.getByRole("button", { name: "Remove a.txt" }).click();
    await says("Staged: 1 file ");
    await sheet.getByRole("button", { name: "Remove b.log" }).click();
    await expectRefused("Add at least one file.");
    await sheet.getByRole("button", { name: "Put back 1 file" }).click();
    await says("Staged: 1 file ");
    await sheet.getByRole("button", { name: "Left out 1" }).click();
    await sheet.getByRole("button", { name: "Put back a.txt" }).click();
    await says("Staged: 2 files");
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);
  });

  test("leaves out what a person's own pattern names, also in the next drop [F6]", async () => {
    const made = await folder("globs", { "a.txt": "a", "b.tmp": "b", "logs/c.txt": "c" });
    await openSheet(app.page, [made.path]);
    const sheet = sheetOf(app.page);
    await untilStaged(app.page);
    await unfold(app.page, "Ignore rules");
    for (const pattern of ["*.tmp", "logs/"]) {
      await sheet.getByLabel("A pattern as in .gitignore").fill(pattern);
      await sheet.getByRole("button", { name: "Add rule" }).click();
    }
    await says("Staged: 1 file ");
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);

    await openSheet(app.page, [made.path]);
    await says("1 folder, 1 file left out");
    await unfold(app.page, "Ignore rules");
    for (const pattern of ["*.tmp", "logs/"])
      await sheet.getByRole("button", { name: `Delete rule ${pattern}` }).click();
    await says("Staged: 3 files");
    await cancel(app.page);
    await expect.poll(() => readStore(app.page)).toEqual(before);
  });
});

test("none of this harmed what was committed before [V3]", async () => {
  await app.page.goto(`${app.url}#/p/my-project/net`);
  expect(await savedZip(app.page, "my-project/net_v0")).toEqual({
    "a.txt": await digestOfText("a"),
  });
});

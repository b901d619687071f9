// Connecting: nothing leaves before it [S1], and then a repository that anybody can read without Cairn.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import { talkTo } from "../hub/talk.ts";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import { log, untilLoaded } from "../support/pages.ts";
import { connect, goTo, openConnect, untilSynced } from "../support/sync-pages.ts";

let hub: TestHub;
let app: App;
let folder: TempFolder;

beforeAll(async () => {
  hub = await startHub();
  app = await openApp();
  folder = await makeFolder("net", { "weights.bin": "0.1 0.2", "notes/readme.md": "# First" });
});
afterAll(async () => {
  await app.close();
  await hub.stop();
  await folder.remove();
});

test("nothing leaves the browser before something is connected [S1]", async () => {
  const { page } = app;
  await log(page, [folder.path], "net:v0");
  await goTo(page, "#/sync");
  await page.getByText("nothing leaves this browser").waitFor();
  await page.reload();
  await untilLoaded(page);
  expect(await faultsOf(page)).toEqual([]);
  const dialog = await openConnect(page, hub);
  await dialog.getByLabel("Access token").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await hub.requests()).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("a new public dataset holds the version as anybody reads it", async () => {
  const { page } = app;
  await connect(page, hub, {
    kind: "Dataset",
    repo: { isNew: true, name: "nets" },
    sees: "Public",
    projects: ["my-project"],
  });
  await untilSynced(page);
  const nobody = talkTo(hub, null);
  const tree = await (
    await nobody.send("GET", "/api/datasets/ada/nets/tree/main?recursive=true")
  ).json();
  console.log(tree);
  app.expectNoConsoleErrors();
});

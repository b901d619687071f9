// Connecting: nothing leaves before it [S1], and then a repository that anybody can read without Cairn.
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import { json, talkTo } from "../hub/talk.ts";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder, type TempFolder } from "../support/fixtures.ts";
import {
  closeMessages,
  digestsBelow,
  log,
  savedZip,
  untilLoaded,
  untilToast,
  untilVersion,
} from "../support/pages.ts";
import {
  asked,
  connect,
  dialogOf,
  goTo,
  openConnect,
  openRemote,
  syncNow,
  uploadsIn,
  untilSynced,
} from "../support/sync-pages.ts";

const FOLDER = "artifacts/my-project/net/v0";

let hub: TestHub;
let app: App;
let folder: TempFolder;
let second: TempFolder;

beforeAll(async () => {
  hub = await startHub();
  app = await openApp();
  folder = await makeFolder("net", { "weights.bin": "0.1 0.2", "notes/readme.md": "# First" });
  second = await makeFolder("net", { "weights.bin": "0.3 0.4", "notes/readme.md": "# First" });
});
afterAll(async () => {
  await app.close();
  await hub.stop();
  await folder.remove();
  await second.remove();
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
  const get = async (path: string): Promise<string> =>
    (await fetch(`${hub.url}/datasets/ada/nets/resolve/main/${path}`)).text();
  const tree = await json<readonly { readonly type: string; readonly path: string }[]>(
    nobody.send("GET", "/api/datasets/ada/nets/tree/main?recursive=true"),
  );
  const files = tree.filter(({ type }) => type === "file").map(({ path }) => path);
  expect(files.filter((path) => path.startsWith("artifacts/"))).toEqual([
    `${FOLDER}/notes/readme.md`,
    `${FOLDER}/weights.bin`,
  ]);
  expect(await get(`${FOLDER}/weights.bin`)).toBe("0.1 0.2");
  expect(await get(`${FOLDER}/notes/readme.md`)).toBe("# First");
  for (const path of [".gitattributes", "README.md", "cairn/index.json"])
    expect(files).toContain(path);
  expect(files.filter((path) => path.startsWith("cairn/log/"))).toHaveLength(1);

  const attributes = await get(".gitattributes");
  await hub.clearRequests();
  await log(page, [second.path], "net:v1");
  await syncNow(page);
  expect(await get(".gitattributes")).toBe(attributes);
  // What both versions have is sent once.
  expect(uploadsIn(await hub.requests())).toHaveLength(1);
  await hub.clearRequests();
  await syncNow(page);
  expect(asked(await hub.requests()).filter(({ method }) => method !== "GET")).toEqual([]);
  app.expectNoConsoleErrors();
});

test("files that are only there come back when they are opened or downloaded", async () => {
  const { page } = app;
  await openRemote(page);
  await page.getByRole("button", { name: "Free space here…" }).click();
  await dialogOf(page)
    .getByRole("button", { name: /^Free / })
    .click();
  await untilToast(page, /freed here/);
  await closeMessages(page);
  await goTo(page, "#/p/my-project/net/v0");
  await untilVersion(page, "net:v0");

  // What lies there is not what was asked for: it is refused, and stays away.
  await hub.setFaults({
    host: "storage",
    method: "GET",
    times: 0,
    action: { kind: "status", status: 200, body: "9.9 9.9" },
  });
  await page.getByRole("button", { name: "Download zip" }).click();
  await page.getByText("weights.bin: Nothing usable came from “the dataset ada/nets”").waitFor();
  await page.getByText("it sent other bytes").first().waitFor();
  await hub.clearFaults();
  await page.reload();
  await untilVersion(page, "net:v0");
  await hub.clearRequests();
  await page.getByText("weights.bin").click();
  await page.getByText("0.1 0.2").waitFor();
  expect(asked(await hub.requests()).some(({ path }) => path.includes("/resolve/"))).toBe(true);
  expect(await savedZip(page, "my-project/net_v0")).toEqual(await digestsBelow(folder.path));
  await hub.clearRequests();
  expect(await savedZip(page, "my-project/net_v0")).toEqual(await digestsBelow(folder.path));
  expect(await hub.requests()).toEqual([]);
});

test("it is published as a Space that a visitor without a token looks through", async () => {
  const { page } = app;
  await openRemote(page);
  await page.getByRole("tab", { name: "Settings" }).click();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = dialogOf(page);
  const publish = dialog.getByRole("button", { name: "Publish", exact: true });
  await dialog.getByLabel("Space", { exact: true }).fill("nets view");
  await expect.poll(() => publish.isDisabled()).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByLabel("Space", { exact: true }).fill("ada/nets-view");
  await hub.setFaults({
    path: "/api/repos/create",
    times: 0,
    action: { kind: "status", status: 403 },
  });
  await publish.click();
  await dialog.getByRole("alert").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await hub.clearFaults();
  await publish.click();
  await dialog.getByText("It is published.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const url = await dialog.locator(".publish-address a").getAttribute("href");
  await dialog.getByRole("button", { name: "Done" }).click();

  const visitor = await openApp();
  await hub.clearRequests();
  await visitor.page.goto(url ?? "");
  await visitor.page.getByRole("link", { name: /my-project/ }).click();
  await visitor.page.getByRole("link", { name: /^net/ }).click();
  await untilVersion(visitor.page, "net:v1");
  await visitor.page.getByText("weights.bin").click();
  await visitor.page.getByText("0.3 0.4").waitFor();
  await visitor.page.getByRole("tab", { name: "Lineage" }).click();
  expect(await visitor.page.getByRole("button", { name: /^(Edit|Add|Delete|Sync)/ }).count()).toBe(
    0,
  );
  expect(asked(await hub.requests()).filter(({ hasToken }) => hasToken)).toEqual([]);
  await visitor.close();
});

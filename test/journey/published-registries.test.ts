// A registry in a published Space: read by a visitor without a token, checked by its signatures, kept offline.
import "fake-indexeddb/auto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { ProjectName } from "../../src/core/names.ts";
import type { NewRegistry } from "../../src/protocol/registry-manage-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { faultsOf } from "../support/axe.ts";
import { untilVersion } from "../support/pages.ts";
import {
  changesOffered,
  openVisitor,
  publishBuild,
  type Visitor,
} from "../support/published-space.ts";
import { actAs, cardOf, makePerson } from "../support/registry-actors.ts";
import { v } from "../support/registry-links.ts";
import { log, refOf } from "../support/service-harness.ts";
import { goTo } from "../support/sync-pages.ts";
import { makeRepo, openDevice, type Device } from "../sync/devices.ts";

let hub: TestHub;
let device: Device;
let visitor: Visitor;
let page: Page;
let url = "";

beforeAll(async () => {
  hub = await startHub();
  device = await openDevice(await makeRepo(hub));
  await makeRegistry(device);
  await device.round();
  url = await publishBuild(device, "ada/nets-view");
  visitor = await openVisitor();
  page = await visitor.context.newPage();
  await page.goto(url);
});
afterAll(async () => {
  await visitor.close();
  device.close();
  await hub.stop();
});

/** `models/net` with three links to `digits/net`, of which v1 is in production and v2 is asked for; and one that was deleted. */
async function makeRegistry({ api, sync, change }: Device): Promise<void> {
  await logNets(api);
  await api.setProfile("Ada", null);
  const models = await api.createRegistry(registry("models"));
  const former = await api.createRegistry(registry("former"));
  await api.deleteRegistry("former");
  const card = "# Net\n\nReads digits.";
  await api.createCollection("models", { name: "net", type: "model", card, tags: ["vision"] });
  await api.createCollection("models", { name: "empty", type: "model", card: "", tags: [] });
  await api.addProtection("models", "production", "metadata.accuracy >= 0.9");
  for (const number of [0, 1, 2]) {
    const aliases = number === 1 ? ["production", "candidate"] : [];
    await api.linkVersion(`digits/net:v${number}`, null, "models/net", aliases);
  }
  const grace = await makePerson("Grace");
  await api.addMember("models", cardOf(grace), "member");
  await actAs({ ctx: sync, api }, grace);
  await api.requestPromotion("models", "net", v(2), "production", "It is better.");
  const projects = [{ name: "digits" as ProjectName, keepLocal: false, never: [] }];
  await change({ scope: { projects, registries: [models.uid, former.uid] } });
}

async function logNets(api: StoreApi): Promise<void> {
  const raw = await log(api, { "digits.csv": "x,y\n1,2\n" }, { name: "raw", type: "dataset" });
  for (const accuracy of [0.8, 0.9, 0.95]) {
    const run = `train-${accuracy}`;
    const metadata = JSON.stringify({ accuracy });
    const net = await log(api, { "config.json": metadata, "notes.md": "# Net" }, { run, metadata });
    await api.editVersion(refOf(net), { tags: ["small"] });
    await api.addDerivation(refOf(net), "digits/raw:v0");
    await api.addRunEdge(refOf(raw), run, "input");
  }
}

function registry(name: string): NewRegistry {
  return { name, description: "Nets that are used.", types: [], visibility: "open" };
}

/** Opens a page by its hash. Answers what is wrong with it in light, dark and narrow, and what could be changed there. */
async function faultsAt(hash: string, text: string): Promise<readonly string[]> {
  await goTo(page, hash);
  await page.locator("main").getByText(text).first().waitFor();
  return [...(await faultsOf(page)), ...(await changesOffered(page))];
}

test("the home of a visitor has the projects, and nothing of storage or syncing", async () => {
  await page.getByRole("link", { name: /digits/ }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await changesOffered(page)).toEqual([]);
  expect(await faultsAt("#/p/digits", "net")).toEqual([]);
});

test("[G2] a visitor reads registries, collections, requests and settings, and can change none", async () => {
  expect(await faultsAt("#/registries", "models")).toEqual([]);
  await page
    .getByRole("list", { name: "Registries" })
    .getByRole("link", { name: /models/ })
    .click();
  await page.getByRole("heading", { level: 1, name: "models" }).waitFor();
  expect(await faultsAt("#/r/models", "production")).toEqual([]);
  expect(await faultsAt("#/r/models?tab=requests", "It is better.")).toEqual([]);
  await page.getByText("Waits for somebody who may decide.").waitFor();
  expect(await faultsAt("#/r/models?tab=settings", "metadata.accuracy >= 0.9")).toEqual([]);
  expect(await faultsAt("#/r/former", "This registry is deleted.")).toEqual([]);
  expect(await faultsAt("#/r/models/empty", "empty")).toEqual([]);
});

test("[E3] a visitor verifies the log without trusting who published it", async () => {
  expect(await faultsAt("#/r/models?tab=audit", "made the registry models")).toEqual([]);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await page.getByText("The log: all is right.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test("[G4 A4] a collection has its versions, card and history, now and as of a time", async () => {
  expect(await faultsAt("#/r/models/net", "candidate")).toEqual([]);
  expect(await faultsAt("#/r/models/net?tab=card", "Reads digits.")).toEqual([]);
  expect(await faultsAt("#/r/models/net?tab=history", "production")).toEqual([]);
});

test("[G4 U1] a version of a collection leads to its files, which come when they are opened", async () => {
  expect(await faultsAt("#/r/models/net/production", "small")).toEqual([]);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open the source" }).click();
  await untilVersion(page, "net:v1");
  await page.getByRole("row").filter({ hasText: "config.json" }).click();
  await page.getByLabel("Preview of config.json").getByText("0.9").waitFor();
  expect(await faultsAt("#/p/digits/net/v1?tab=usage", "models/net")).toEqual([]);
});

test("[R5] lineage names the registry that links a version", async () => {
  expect(await faultsAt("#/p/digits/net/v1?tab=lineage", "Lineage")).toEqual([]);
  const graph = page.getByRole("application", { name: "Lineage graph" });
  await graph.getByRole("img", { name: /^Version net:v1, .*linked as models\/net:v1/ }).waitFor();
  expect(await page.locator(".lg-provisional").count()).toBe(0);
});

test("what is kept can be checked, and nothing on the way went wrong", async () => {
  expect(await faultsAt("#/care", "Verify everything")).toEqual([]);
  visitor.watch.expectNoErrors();
});

test("all of it is there without a network", async () => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await visitor.context.setOffline(true);
  await page.goto(`${url}#/r/models/net/production`);
  await page.reload();
  await page.getByText("small").first().waitFor();
  await goTo(page, "#/r/models?tab=audit");
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await page.getByText("The log: all is right.").waitFor();
  await goTo(page, "#/p/digits/net/v1");
  await page.getByRole("row").filter({ hasText: "config.json" }).click();
  await page.getByLabel("Preview of config.json").getByText("0.9").waitFor();
  expect(await changesOffered(page)).toEqual([]);
  await visitor.context.setOffline(false);
});

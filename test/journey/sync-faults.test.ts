// What goes wrong between a browser and a hub, as a person sees it, and the way out of it.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { talkTo } from "../hub/talk.ts";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { untilLoaded } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";
import {
  activityOf,
  dialogOf,
  openConnect,
  openRemote,
  pasteToken,
  syncNow,
  untilSynced,
} from "../support/sync-pages.ts";
import { viewRepo } from "../sync/repo-view.ts";

let hub: TestHub;
let app: App;
let page: Page;

beforeAll(async () => {
  hub = await startHub();
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
});
afterAll(async () => {
  await app.close();
  await hub.stop();
});

const target = (type: RemoteTarget["type"], name: string): RemoteTarget => ({
  hubUrl: hub.url,
  type,
  repo: `ada/${name}`,
});
let added = 0;
const addVersion = (): Promise<void> =>
  seedLineage(page, { versions: [{ artifact: "digits/cnn", content: `more ${added++}` }] });
const askForRound = async (): Promise<void> => {
  await openRemote(page);
  await page.getByRole("button", { name: "Sync now" }).click();
};
const blocked = (): ReturnType<Page["getByRole"]> => page.getByRole("alert");

test("of what is never to be uploaded, nothing gets there, not even its name", async () => {
  await seedLineage(page, {
    versions: [
      { artifact: "digits/cnn", run: "train-1" },
      { artifact: "digits/hush-hush", run: "train-2", aliases: ["secret-alias"] },
    ],
    uses: [["digits/hush-hush:v0", "train-1"]],
    derived: [["digits/cnn:v0", "digits/hush-hush:v0"]],
  });
  const dialog = await openConnect(page, hub);
  await pasteToken(dialog);
  await dialog.getByText("Signed in to").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("nets");
  await dialog.getByRole("button", { name: "Next: what syncs" }).click();
  await dialog.getByRole("checkbox", { name: /^digits/ }).check();
  await dialog.getByRole("button", { name: "Leave artifacts out…" }).click();
  await dialog.getByRole("checkbox", { name: "hush-hush" }).check();
  expect(await faultsOf(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await untilSynced(page);
  const said = await allTexts(target("space", "nets"));
  expect(said).toContain("digits/cnn");
  expect(said).not.toMatch(/hush|secret-alias/);
  const asked = (await hub.requests()).map(({ path }) => path).join("\n");
  expect(asked).toContain("/commit/main");
  expect(asked).not.toMatch(/hush|secret/);
});

test("a hub that is down is a calm state, and it goes on by itself", async () => {
  await hub.setFaults({ times: 0, action: { kind: "drop-before" } });
  await addVersion();
  await askForRound();
  await expect.poll(() => activityOf(page).innerText()).toBe("Offline. It goes on by itself.");
  expect(await blocked().count()).toBe(0);
  expect(await page.locator(".activity-line").innerText()).toContain("1 version");
  await hub.clearFaults();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await untilSynced(page);
});

test("when the sign-in is over, signing in again goes on", async () => {
  await hub.expireToken("hf_ada");
  await addVersion();
  await askForRound();
  await blocked().getByText("Sign in again.").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await hub.addToken({ token: "hf_next", user: "ada", role: "write" });
  await blocked().getByRole("button", { name: "Sign in again" }).click();
  await pasteToken(dialogOf(page), "hf_wrong");
  await dialogOf(page).getByText("doesn’t take this token").waitFor();
  await pasteToken(dialogOf(page), "hf_next");
  await untilSynced(page);
});

test("when the hour's commits are used up, it says until when it waits", async () => {
  await hub.setLimits({ commitsPerHour: 0 });
  await addVersion();
  await askForRound();
  await expect.poll(() => activityOf(page).innerText()).toMatch(/^Waiting until \d/);
  await page.getByText("takes no more commits this hour").waitFor();
  await page.reload();
  await expect.poll(() => activityOf(page).innerText()).toMatch(/^Waiting until \d/);
  await hub.setLimits({ commitsPerHour: null });
  await syncNow(page);
});

test("a full Space says so, and its projects move to a dataset", async () => {
  await hub.setLimits({ spaceBytes: 10 });
  await addVersion();
  await askForRound();
  await blocked()
    .getByText(/The Space ada\/nets is full/)
    .waitFor();
  expect(await blocked().innerText()).toContain("A dataset has no limit of 1 GB");
  await blocked().getByRole("link", { name: "Use a dataset" }).click();
  const dialog = dialogOf(page);
  await dialog.getByText("Signed in to").waitFor();
  expect(await dialog.getByRole("radio", { name: /^Dataset/ }).isChecked()).toBe(true);
  expect(await dialog.getByRole("textbox", { name: "Name" }).inputValue()).toBe("nets-data");
  await dialog.getByRole("button", { name: "Next: what syncs" }).click();
  await dialog.getByRole("checkbox", { name: /^digits/ }).check();
  await dialog.getByText("It moves here from the Space ada/nets").waitFor();
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  // The Space behind the dialog has nothing to send any more, and says so.
  await page.getByRole("heading", { level: 1, name: "ada/nets-data" }).waitFor();
  await untilSynced(page);
  // As this test's own, to look into the repository.
  await hub.addToken({ token: "hf_ada", user: "ada", role: "write" });
  const repo = viewRepo(target("dataset", "nets-data"));
  expect((await repo.paths("artifacts/digits/cnn/")).length).toBeGreaterThanOrEqual(5);
});

/** Every text in a repository and in its history. */
async function allTexts({ type, repo }: RemoteTarget): Promise<string> {
  const view = viewRepo(target(type, repo.slice("ada/".length)));
  const files = [...(await view.files()).keys()];
  const texts = await Promise.all(files.map((path) => view.text(path)));
  const history = await talkTo(hub).send("GET", `/api/${type}s/${repo}/commits/main`);
  return [...files, ...texts, await history.text()].join("\n");
}

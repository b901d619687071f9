// Several tabs of one browser: one of them syncs, the others know what it does, and take its place.
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { HUB_URL } from "../../src/core/sync/remote.ts";
import { failure, NOTHING_NEW, openBrowser, REMOTE, START_MS, TOKEN } from "./tabs.ts";

const MINUTE = 60_000;

test("only one tab syncs; when it is closed, another does", async () => {
  const { time, open } = await openBrowser();
  const [first, second] = [await open(), await open()];
  await time.asleep();
  await time.pass(START_MS);
  await time.pass(5 * MINUTE);
  expect([first.rounds(), second.rounds()]).toEqual([2, 0]);
  first.die();
  await expect.poll(second.rounds).toBe(1);
  await time.asleep();
  await time.pass(5 * MINUTE);
  expect([first.rounds(), second.rounds()]).toEqual([2, 2]);
});

test("a tab without a token leaves it to one that has it", async () => {
  const { time, open } = await openBrowser();
  const without = await open({ isSignedIn: false });
  await time.asleep();
  await time.pass(60 * MINUTE);
  expect(without.rounds()).toBe(0);
  expect(await without.activity()).toMatchObject({ kind: "blocked", failure: "signed_out" });
  const withToken = await open();
  await time.asleep(2);
  await time.pass(START_MS, 2);
  expect([withToken.rounds(), without.rounds()]).toEqual([1, 0]);
  expect(await without.activity()).toEqual({ kind: "idle" });
});

test("when the tab that syncs is closed, one without a token says that none can", async () => {
  const { time, open } = await openBrowser();
  const withToken = await open();
  await time.asleep();
  await time.pass(START_MS);
  const without = [await open({ isSignedIn: false }), await open({ isSignedIn: false })] as const;
  await time.asleep(3);
  for (const tab of without) await expect.poll(tab.activity).toEqual({ kind: "idle" });
  for (const { told } of without) told.length = 0;
  withToken.die();
  const blocked = { kind: "blocked", failure: "signed_out" };
  for (const tab of without) await expect.poll(tab.activity).toMatchObject(blocked);
  await time.pass(60 * MINUTE, 2);
  // None answers the other without end.
  for (const { told } of without) {
    const said = told.filter(({ kind }) => kind === "activity");
    expect(said.length).toBeLessThanOrEqual(1);
    expect(said).toMatchObject(said.map(() => ({ activity: blocked })));
  }
});

test("what is public needs no token where only pulled is", async () => {
  const { time, open } = await openBrowser({ pullOnly: true });
  const tab = await open({ isSignedIn: false });
  await time.asleep();
  await time.pass(START_MS);
  expect([tab.rounds(), (await tab.activity()).kind]).toEqual([1, "idle"]);
});

test("every tab can say what the one that syncs shall do", async () => {
  const { time, open, play } = await openBrowser();
  const [first, second] = [await open(), await open()];
  await time.asleep();
  await time.pass(START_MS);
  const begun = deferred();
  play(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("ended")));
        begun.resolve();
      }),
  );
  await second.service.api.syncNow(REMOTE);
  await begun.promise;
  expect((await second.activity()).kind).toBe("working");
  await second.service.api.pauseSync(REMOTE);
  await expect.poll(() => second.activity()).toEqual({ kind: "paused" });
  expect(await first.activity()).toEqual({ kind: "paused" });
  await second.service.api.resumeSync(REMOTE);
  await expect.poll(() => second.activity()).toEqual({ kind: "idle" });
  expect([first.rounds(), second.rounds()]).toEqual([3, 0]);
});

test("a tab that opens later learns what the other is at", async () => {
  const { time, open, play } = await openBrowser();
  const first = await open();
  const [begun, end] = [deferred(), deferred()];
  play(async ({ meter }) => {
    meter.step("uploading", { files: 2, bytes: 9 });
    begun.resolve();
    await end.promise;
    return NOTHING_NEW;
  });
  await time.asleep();
  time.advance(START_MS);
  await begun.promise;
  const later = await open();
  expect(await later.activity()).toMatchObject({
    kind: "working",
    progress: { step: "uploading", totalFiles: 2 },
  });
  end.resolve();
  await expect.poll(() => later.activity()).toEqual({ kind: "idle" });
  expect([first.rounds(), later.rounds()]).toEqual([1, 0]);
});

test("where the hub refuses a token, a tab with another one goes on", async () => {
  const { time, open, play } = await openBrowser();
  const first = await open();
  const second = await open({ isSignedIn: false });
  await second.service.api.holdToken(HUB_URL, { ...TOKEN, token: "hf_other" });
  play(failure("signed_out"));
  await time.asleep();
  await time.pass(START_MS, 2);
  expect([first.rounds(), second.rounds()]).toEqual([1, 1]);
  expect(await first.activity()).toEqual({ kind: "idle" });
});

test("a remote that one tab disconnects is over in all", async () => {
  const { time, open, play } = await openBrowser();
  const [first, second] = [await open(), await open()];
  await time.asleep();
  await time.pass(START_MS);
  const begun = deferred();
  let wasAborted = false;
  play(
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          wasAborted = true;
          reject(new Error("ended"));
        });
        begun.resolve();
      }),
  );
  await first.service.api.syncNow(REMOTE);
  await begun.promise;
  await second.service.api.disconnectRemote(REMOTE);
  await expect.poll(() => wasAborted).toBe(true);
  expect(await first.service.api.listRemotes()).toEqual([]);
});

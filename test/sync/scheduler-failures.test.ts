// A round that fails: when the next one is tried, and what a person is told meanwhile. Time and rounds are played.
import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { CairnError } from "../../src/core/errors.ts";
import { HUB_URL } from "../../src/core/sync/remote.ts";
import { readLog } from "../../src/sync/sync-log.ts";
import {
  changed,
  failure,
  logOf,
  MINUTE,
  NOTHING_NEW,
  openBrowser,
  openSynced,
  REMOTE,
  SECOND,
  START_MS,
  TOKEN,
  untilAborted,
} from "./tabs.ts";

describe("after a failure", () => {
  test("without a network it is calm, tries seldom, and goes on at once when there is one", async () => {
    const browser = await openBrowser();
    browser.goOnline(false);
    browser.play(failure("offline"), failure("offline"), failure("offline"));
    const tab = await browser.open();
    await browser.time.asleep();
    await browser.time.pass(START_MS);
    expect(await tab.activity()).toEqual({ kind: "offline" });
    await browser.time.pass(1 * MINUTE);
    await browser.time.pass(2 * MINUTE);
    expect(tab.rounds()).toBe(3);
    await browser.time.pass(3 * MINUTE);
    expect(tab.rounds()).toBe(3);
    expect(await logOf(tab)).toEqual([]);
    browser.goOnline(true);
    await expect.poll(tab.rounds).toBe(4);
    await browser.time.asleep();
    expect(await tab.activity()).toEqual({ kind: "idle" });
  });

  test("of the hub's it waits twice as long each time, and is well after the first good one", async () => {
    const browser = await openBrowser();
    browser.play(
      failure("server", "req-1"),
      failure("timeout"),
      async () => NOTHING_NEW,
      failure("busy"),
    );
    const tab = await browser.open();
    await browser.time.asleep();
    await browser.time.pass(START_MS);
    const until = new Date(Date.parse(browser.time.now()) + 30 * SECOND).toISOString();
    expect(await tab.activity()).toMatchObject({ kind: "waiting", until });
    await browser.time.pass(30 * SECOND);
    await browser.time.pass(59 * SECOND);
    expect(tab.rounds()).toBe(2);
    await browser.time.pass(1 * SECOND);
    expect([tab.rounds(), (await tab.activity()).kind]).toEqual([3, "idle"]);
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.rounds).toBe(4);
    await browser.time.asleep();
    await browser.time.pass(30 * SECOND);
    expect(tab.rounds()).toBe(5);
    const rows = await readLog(tab.sync.db, REMOTE, null, 10);
    expect(rows.filter(({ level }) => level === "error").at(-1)).toMatchObject({
      requestId: "req-1",
      text: expect.stringContaining("fault of its own") as string,
    });
  });

  test("with the hour's commits used up it waits an hour, a reload or not", async () => {
    const browser = await openBrowser();
    browser.play(failure("commit_rate"));
    const tab = await browser.open();
    await browser.time.asleep();
    await browser.time.pass(START_MS);
    tab.die();
    const again = await browser.open();
    await browser.time.asleep();
    await browser.time.pass(50 * MINUTE);
    expect([again.rounds(), (await again.activity()).kind]).toEqual([0, "waiting"]);
    await browser.time.pass(10 * MINUTE);
    expect([again.rounds(), (await again.activity()).kind]).toEqual([1, "idle"]);
    expect(await browser.row()).toMatchObject({ notBefore: null });
  });

  test("that a person has to mend, nothing runs until they do", async () => {
    const [browser, tab] = await openSynced();
    browser.play(failure("full"));
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.activity).toMatchObject({ kind: "blocked", failure: "full" });
    await changed(tab);
    await browser.time.pass(60 * MINUTE);
    expect(tab.rounds()).toBe(2);
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.activity).toEqual({ kind: "idle" });
    expect(tab.rounds()).toBe(3);
  });

  test("of the sign-in, another token goes on, and the same doesn't", async () => {
    const [browser, tab] = await openSynced();
    browser.play(failure("signed_out"));
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.activity).toMatchObject({ kind: "blocked", failure: "signed_out" });
    await tab.service.api.holdToken(HUB_URL, TOKEN);
    await browser.time.pass(60 * MINUTE);
    expect(tab.rounds()).toBe(2);
    await tab.service.api.holdToken(HUB_URL, { ...TOKEN, token: "hf_better" });
    await expect.poll(tab.rounds).toBe(3);
    await expect.poll(tab.activity).toEqual({ kind: "idle" });
  });

  test("of what is here, the next change tries again", async () => {
    const [browser, tab] = await openSynced();
    const data = { digest: "blake3:0", path: "a.bin", lastKnown: null };
    browser.play(new CairnError("blob_missing", data));
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.activity).toMatchObject({ kind: "blocked", failure: null });
    await browser.time.pass(10 * MINUTE);
    expect(tab.rounds()).toBe(2);
    await changed(tab);
    await browser.time.pass(45 * SECOND);
    expect(tab.rounds()).toBe(3);
  });
});

test("with the disk full the round ends, and the next change tries again", async () => {
  const [browser, tab] = await openSynced();
  const begun = deferred();
  browser.play(({ signal }) => {
    begun.resolve();
    return untilAborted(signal);
  });
  await tab.service.api.syncNow(REMOTE);
  await begun.promise;
  await tab.service.onChange({ kind: "storage-full" });
  await expect.poll(tab.activity).toMatchObject({ kind: "blocked", failure: null });
  await browser.time.pass(60 * MINUTE);
  expect(tab.rounds()).toBe(2);
  await changed(tab);
  await browser.time.pass(45 * SECOND);
  expect([tab.rounds(), (await tab.activity()).kind]).toEqual([3, "idle"]);
});

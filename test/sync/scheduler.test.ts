// One tab syncs one remote: which round runs when, and what is told of it. Time and rounds are played.
import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { CairnError } from "../../src/core/errors.ts";
import type { SyncProgress } from "../../src/protocol/sync-api.ts";
import {
  changed,
  logOf,
  MINUTE,
  NOTHING_NEW,
  openBrowser,
  openSynced,
  REMOTE,
  SECOND,
  START_MS,
  untilAborted,
} from "./tabs.ts";

describe("rounds", () => {
  test("begin soon after the start, and then every five minutes", async () => {
    const browser = await openBrowser();
    const tab = await browser.open();
    await browser.time.asleep();
    expect(tab.rounds()).toBe(0);
    await browser.time.pass(START_MS);
    expect(tab.rounds()).toBe(1);
    await browser.time.pass(5 * MINUTE - 1);
    expect(tab.rounds()).toBe(1);
    await browser.time.pass(1);
    expect(tab.rounds()).toBe(2);
  });

  test("follow a change once it is quiet, and other projects' changes never", async () => {
    const [{ time }, tab] = await openSynced();
    await changed(tab, "letters");
    await time.pass(60 * SECOND);
    await changed(tab);
    await time.pass(30 * SECOND);
    await changed(tab);
    await time.pass(44 * SECOND);
    expect(tab.rounds()).toBe(1);
    await time.pass(1 * SECOND);
    expect(tab.rounds()).toBe(2);
  });

  test("follow within three minutes, however many changes come", async () => {
    const [{ time }, tab] = await openSynced();
    for (let seconds = 0; seconds < 180; seconds += 30) {
      await changed(tab);
      expect(tab.rounds()).toBe(1);
      await time.pass(30 * SECOND);
    }
    expect(tab.rounds()).toBe(2);
  });

  test("follow a registry's change only where registries sync", async () => {
    const [{ time }, without] = await openSynced();
    await without.service.onChange({ kind: "registry-changed", registry: "models" });
    await time.pass(60 * SECOND);
    expect(without.rounds()).toBe(1);
    const scope = { projects: [], registries: ["r" as never] };
    const [{ time: later }, tab] = await openSynced({ scope });
    await tab.service.onChange({ kind: "registry-changed", registry: "" });
    await later.pass(60 * SECOND);
    expect(tab.rounds()).toBe(1);
    await tab.service.onChange({ kind: "registry-changed", registry: "models" });
    await later.pass(60 * SECOND);
    expect(tab.rounds()).toBe(2);
  });

  test("begin at once when asked for, and never two at once", async () => {
    const [browser, tab] = await openSynced();
    const first = deferred();
    const begun = deferred();
    let running = 0;
    const counted = async (): Promise<typeof NOTHING_NEW> => {
      expect((running += 1)).toBe(1);
      begun.resolve();
      await first.promise;
      running -= 1;
      return NOTHING_NEW;
    };
    browser.play(counted, counted);
    await tab.service.api.syncNow(REMOTE);
    await begun.promise;
    await tab.service.api.syncNow(REMOTE);
    first.resolve();
    await expect.poll(tab.rounds).toBe(3);
    await browser.time.asleep();
    expect(tab.rounds()).toBe(3);
  });

  test("are not begun for changes where only pulled is", async () => {
    const [{ time }, tab] = await openSynced({ pullOnly: true });
    await changed(tab);
    await time.pass(4 * MINUTE);
    expect(tab.rounds()).toBe(1);
  });
});

describe("a person", () => {
  test("pauses: the round ends, none begins, also after a reload, until they resume", async () => {
    const [browser, tab] = await openSynced();
    const begun = deferred();
    browser.play(({ signal }) => {
      begun.resolve();
      return untilAborted(signal);
    });
    await tab.service.api.syncNow(REMOTE);
    await begun.promise;
    await tab.service.api.pauseSync(REMOTE);
    await expect.poll(tab.activity).toEqual({ kind: "paused" });
    tab.die();
    const again = await browser.open();
    await browser.time.asleep();
    await browser.time.pass(60 * MINUTE);
    expect([again.rounds(), (await again.activity()).kind]).toEqual([0, "paused"]);
    await again.service.api.resumeSync(REMOTE);
    await expect.poll(again.rounds).toBe(1);
    await expect.poll(again.activity).toEqual({ kind: "idle" });
  });

  test("cancels: it is no failure, and the next change begins again", async () => {
    const [browser, tab] = await openSynced();
    const begun = deferred();
    browser.play(({ signal }) => {
      begun.resolve();
      return untilAborted(signal);
    });
    await tab.service.api.syncNow(REMOTE);
    await begun.promise;
    expect((await tab.activity()).kind).toBe("working");
    await tab.service.api.cancelRound(REMOTE);
    await expect.poll(tab.activity).toEqual({ kind: "idle" });
    await browser.time.pass(60 * MINUTE);
    expect(tab.rounds()).toBe(2);
    await changed(tab);
    await browser.time.pass(45 * SECOND);
    expect(tab.rounds()).toBe(3);
    expect((await logOf(tab)).filter((text) => /cancel/i.test(text))).toEqual([]);
  });

  test("changes what syncs: a round follows at once", async () => {
    const [, tab] = await openSynced();
    await tab.service.api.setScope(REMOTE, { projects: [], registries: [] });
    await expect.poll(tab.rounds).toBe(2);
  });

  test("changes what syncs while it is paused: it stays so", async () => {
    const [browser, tab] = await openSynced({ pausedAt: "2026-03-01T11:00:00.000Z" });
    await tab.service.api.setScope(REMOTE, { projects: [], registries: [] });
    await browser.time.pass(60 * MINUTE);
    expect([tab.rounds(), (await tab.activity()).kind]).toEqual([0, "paused"]);
  });

  test("disconnects: the round ends before anything is forgotten", async () => {
    const [browser, tab] = await openSynced();
    const begun = deferred();
    let wasThere: unknown;
    browser.play(async ({ signal }) => {
      begun.resolve();
      await untilAborted(signal).catch(() => undefined);
      wasThere = await browser.row();
      throw new CairnError("aborted", {});
    });
    await tab.service.api.syncNow(REMOTE);
    await begun.promise;
    await tab.service.api.disconnectRemote(REMOTE);
    expect(wasThere).toMatchObject({ uid: REMOTE });
    expect(await browser.row()).toBeUndefined();
    expect(await tab.service.api.listRemotes()).toEqual([]);
  });
});

describe("what is told", () => {
  test("progress at most ten times a second", async () => {
    const [browser, tab] = await openSynced();
    const told = (): readonly SyncProgress[] =>
      tab.told.flatMap((notice) =>
        notice.kind === "activity" && notice.activity.kind === "working"
          ? [notice.activity.progress]
          : [],
      );
    const before = told().length;
    browser.play(async ({ meter }) => {
      meter.step("uploading", { files: 1, bytes: 1_000 });
      for (let i = 0; i < 1_000; i += 1) {
        browser.time.advance(1);
        meter.addBytes(1);
      }
      return NOTHING_NEW;
    });
    await tab.service.api.syncNow(REMOTE);
    await expect.poll(tab.rounds).toBe(2);
    await browser.time.asleep();
    const news = told().slice(before);
    expect(news[0]).toMatchObject({ step: "checking" });
    expect(news.length).toBeGreaterThan(9);
    expect(news.length).toBeLessThan(14);
    expect(tab.lastTold()).toBe("idle");
  });

  test("a round that did something is a line of the log; one that did nothing is, when asked for", async () => {
    const [browser, tab] = await openSynced();
    await browser.time.pass(5 * MINUTE);
    expect(await logOf(tab)).toEqual([]);
    await tab.service.api.syncNow(REMOTE);
    await expect
      .poll(() => logOf(tab))
      .toEqual(["Synced in 0 s: everything is the same here and there."]);
    browser.play(async () => {
      browser.time.advance(1_234);
      const remarks = ["v2 of digits/net stays here."];
      return {
        ...NOTHING_NEW,
        pulledVersions: 1,
        pushedVersions: 2,
        sentObjects: 1,
        sentBytes: 1_500,
        remarks,
      };
    });
    await browser.time.asleep();
    await browser.time.pass(5 * MINUTE);
    expect((await logOf(tab)).slice(0, 2)).toEqual([
      "v2 of digits/net stays here.",
      "Synced in 1.2 s: 1 version came, 2 versions went, 1.5 kB in 1 file sent.",
    ]);
  });

  test("what stays as it was is said once in the log, not with every round", async () => {
    const [browser, tab] = await openSynced();
    for (let i = 0; i < 3; i += 1) {
      browser.play(async () => ({ ...NOTHING_NEW, remarks: ["v2 of digits/net stays here."] }));
      await browser.time.asleep();
      await browser.time.pass(5 * MINUTE);
    }
    const lines = await logOf(tab);
    expect(lines.filter((line) => line.includes("stays here"))).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });
});

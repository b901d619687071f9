import { describe, expect, it } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { HUB_URL, type RemoteUid } from "../../../src/core/sync/remote.ts";
import type { ConnectedRemote } from "../../../src/protocol/remote-api.ts";
import type { SyncActivity } from "../../../src/protocol/sync-api.ts";
import { Live } from "../../../src/ui/state/live.ts";
import { SignInState, tokenPage } from "../../../src/ui/state/sign-in-state.ts";
import { SyncLog } from "../../../src/ui/state/sync-log.ts";
import { SyncMark } from "../../../src/ui/state/sync-mark.ts";
import { fakeSync } from "../../support/fake-sync.ts";
import { logRow, progressOf } from "../../support/sync-views.ts";

describe("the bar's mark", () => {
  const uids = ["a", "b"] as unknown as readonly RemoteUid[];
  const [a, b] = uids as unknown as readonly [RemoteUid, RemoteUid];

  const start = async (connected: readonly RemoteUid[]) => {
    const sync = fakeSync({});
    const store = {
      fails: false,
      listed: connected,
      listConnected: () =>
        store.fails
          ? Promise.reject(new CairnError("worker_lost", { reason: "x" }))
          : Promise.resolve(store.listed.map((uid) => ({ uid }) as ConnectedRemote)),
    };
    const mark = new SyncMark({ sync, store });
    await mark.refresh();
    const hear = (remote: RemoteUid, activity: SyncActivity): void =>
      sync.tell({ kind: "activity", remote, activity });
    return { mark, sync, store, hear };
  };

  it("is plain with nothing connected, or nothing to say", async () => {
    expect((await start([])).mark.mood.value).toBe("none");
    expect((await start([a])).mark.mood.value).toBe("idle");
  });

  it("says what needs the person first", async () => {
    const { mark, hear } = await start(uids);
    hear(a, { kind: "paused" });
    expect(mark.mood.value).toBe("paused");
    hear(b, { kind: "offline" });
    expect(mark.mood.value).toBe("offline");
    hear(a, { kind: "working", progress: progressOf() });
    expect(mark.mood.value).toBe("working");
    hear(b, { kind: "blocked", failure: "signed_out", why: "" });
    expect(mark.mood.value).toBe("signed-out");
    hear(b, { kind: "blocked", failure: "full", why: "" });
    expect(mark.mood.value).toBe("blocked");
    hear(b, { kind: "idle" });
    hear(a, { kind: "idle" });
    expect(mark.mood.value).toBe("idle");
  });

  it("forgets what a remote did that is disconnected", async () => {
    const { mark, store, hear } = await start(uids);
    hear(b, { kind: "blocked", failure: null, why: "" });
    store.listed = [a];
    await mark.refresh();
    expect(mark.mood.value).toBe("idle");
  });

  it("leaves what it knew where asking fails", async () => {
    const { mark, store } = await start(uids);
    store.fails = true;
    await mark.refresh();
    expect(mark.remotes.value.map(({ uid }) => uid)).toEqual(uids);
  });
});

describe("what changes while it is looked at", () => {
  const start = () => {
    const answers: ReturnType<typeof deferred<string>>[] = [];
    const live = new Live(() => {
      const answer = deferred<string>();
      answers.push(answer);
      return answer.promise;
    });
    return { live, answers };
  };

  it("is asked for once more, however often it was told to meanwhile", async () => {
    const { live, answers } = start();
    const done = live.refresh();
    void live.refresh();
    void live.refresh();
    expect(answers).toHaveLength(1);
    answers[0]?.resolve("old");
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.resolve("new");
    await done;
    expect(live.state.value).toEqual({ phase: "ready", value: "new" });
    expect(answers).toHaveLength(2);
  });

  it("keeps a change that an answer under way doesn't know of", async () => {
    const { live, answers } = start();
    const done = live.refresh();
    live.patch((value) => `${value}, changed`);
    answers[0]?.resolve("asked before");
    await done;
    expect(live.state.value).toEqual({ phase: "ready", value: "asked before, changed" });
    live.patch((value) => `${value} twice`);
    expect(live.state.value).toMatchObject({ value: "asked before, changed twice" });
  });

  it("stays where asking again fails, unless it is gone", async () => {
    const { live, answers } = start();
    const answer = async (settle: (to: ReturnType<typeof deferred<string>>) => void) => {
      const done = live.refresh();
      const to = answers.at(-1);
      if (to !== undefined) settle(to);
      await done;
    };
    await answer((to) => to.reject(new CairnError("worker_lost", { reason: "x" })));
    expect(live.state.value.phase).toBe("failed");
    await answer((to) => to.resolve("here"));
    await answer((to) => to.reject(new CairnError("worker_lost", { reason: "x" })));
    expect(live.state.value.phase).toBe("ready");
    await answer((to) => to.reject(new CairnError("not_found", { what: "remote", name: "r" })));
    expect(live.state.value.phase).toBe("failed");
  });
});

describe("a remote's log", () => {
  const start = (lines: number) => {
    const asked: (number | null)[] = [];
    const rows = Array.from({ length: lines }, (_, i) => logRow(lines - i));
    const log = new SyncLog(
      {
        readSyncLog: (_uid, before, limit) => {
          asked.push(before);
          return Promise.resolve(
            rows.filter(({ key }) => before === null || key < before).slice(0, limit),
          );
        },
      },
      "r" as RemoteUid,
      10,
    );
    const keys = (): readonly number[] => (log.rows.value ?? []).map(({ key }) => key);
    return { log, asked, keys };
  };

  it("goes on to older lines until there are none", async () => {
    const { log, asked, keys } = start(15);
    await log.showOlder();
    expect(keys()).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
    await log.showOlder();
    await log.showOlder();
    expect(keys()).toHaveLength(15);
    expect(asked).toEqual([null, 6]);
  });

  it("takes new lines on top, each once, also before the first answer", async () => {
    const { log, keys } = start(5);
    log.add(logRow(6));
    await log.showOlder();
    log.add(logRow(7));
    log.add(logRow(7));
    expect(keys()).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it("says what went wrong, and can try again", async () => {
    const log = new SyncLog(
      { readSyncLog: () => Promise.reject(new CairnError("worker_lost", { reason: "x" })) },
      "r" as RemoteUid,
    );
    await log.showOlder();
    expect(log.problem.value?.code).toBe("worker_lost");
  });
});

describe("signing in with a token", () => {
  const identity = { name: "ada", fullName: null, orgs: [], role: null };

  it("keeps the token nowhere once it is good", async () => {
    const given: unknown[] = [];
    const state = new SignInState({
      giveToken: (...call) => {
        given.push(call);
        return Promise.resolve(identity);
      },
    });
    const names: string[] = [];
    const signIn = (): Promise<void> => state.signIn(HUB_URL, ({ name }) => names.push(name));
    await signIn();
    expect(given).toEqual([]);
    state.token.value = " hf_x ";
    state.keeps.value = true;
    await signIn();
    expect(given).toEqual([[HUB_URL, { token: "hf_x", expiresAt: null }, true]]);
    expect(names).toEqual(["ada"]);
    expect(state.token.value).toBe("");
  });

  it("says why it isn't taken", async () => {
    const data = { remote: "h", kind: "signed_out", detail: "", requestId: null } as const;
    const state = new SignInState({
      giveToken: () => Promise.reject(new CairnError("hub_failed", data)),
    });
    state.token.value = "bad";
    const names: string[] = [];
    await state.signIn(HUB_URL, ({ name }) => names.push(name));
    expect(state.task.problem.value?.code).toBe("hub_failed");
    expect(names).toEqual([]);
  });

  it("leads to where a token is made", () => {
    expect(tokenPage(HUB_URL)).toMatch(/^https:\/\/huggingface\.co\/settings\/tokens\/new\?/);
    expect(tokenPage("https://hub.example.org")).toBe("https://hub.example.org/settings/tokens");
  });
});

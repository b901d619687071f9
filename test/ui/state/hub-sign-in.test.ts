import { beforeEach, expect, test, vi } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import {
  beginSignIn,
  finishSignIn,
  hubClientId,
  setHubClientId,
  takeReturn,
} from "../../../src/ui/state/hub-sign-in.ts";
import { fakeSync } from "../../support/fake-sync.ts";

const HUB = "https://huggingface.co";
const OTHER = "https://hub.example";

/** A page at an address, with what it says of itself. */
class FakePage {
  /** What the tab keeps while the person is away. */
  readonly tab = new Map<string, string>();
  readonly kept = new Map<string, string>();
  /** Where it went. */
  went: string | null = null;
  meta: string | null = null;
  scripts: { textContent: string }[] = [];

  constructor(href: string) {
    this.open(href);
    vi.stubGlobal("sessionStorage", storageOf(this.tab));
    vi.stubGlobal("localStorage", storageOf(this.kept));
    vi.stubGlobal("document", {
      querySelector: () => (this.meta === null ? null : { content: this.meta }),
      scripts: this.scripts,
    });
  }

  open(href: string): void {
    const { origin, pathname, hash } = new URL(href);
    vi.stubGlobal("location", {
      href,
      origin,
      pathname,
      hash,
      assign: (url: string) => (this.went = url),
    });
    vi.stubGlobal("history", {
      replaceState: (_state: unknown, _title: string, path: string) =>
        this.open(new URL(path, origin).href),
    });
  }
}

function storageOf(map: Map<string, string>): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

const HOME = "https://cairn.example/app/";
const START = { url: `${HUB}/oauth/authorize?x=1`, verifier: "v", nonce: "n" };

let page: FakePage;
beforeEach(() => {
  page = new FakePage(`${HOME}#/sync?connect=ada/models`);
});

// --- the app that a hub knows ---

test("the app is the one the page names, then the Space's, then the one that was given; else none", () => {
  expect(hubClientId(HUB)).toBeNull();
  setHubClientId(HUB, "given");
  expect(hubClientId(HUB)).toBe("given");
  expect(hubClientId(OTHER)).toBeNull();
  page.scripts.push({
    textContent:
      'window.huggingface={"variables":{"OAUTH_SCOPES":"a b","OAUTH_CLIENT_ID":"0af1-b"}}',
  });
  expect(hubClientId(HUB)).toBe("0af1-b");
  expect(hubClientId(OTHER)).toBeNull();
  page.meta = JSON.stringify({ hubUrl: HUB, clientId: "named" });
  expect(hubClientId(HUB)).toBe("named");
  page.meta = JSON.stringify({ hubUrl: OTHER, clientId: "other" });
  expect([hubClientId(HUB), hubClientId(OTHER)]).toEqual(["0af1-b", "other"]);
});

test("an app that was given can be forgotten again, at its hub only", () => {
  setHubClientId(HUB, "one");
  setHubClientId(OTHER, "two");
  setHubClientId(HUB, "");
  expect([hubClientId(HUB), hubClientId(OTHER)]).toEqual([null, "two"]);
});

test.each(["{", "5", '{"hubUrl":5}', '["x"]'])("a page that says %s names no app", (text) => {
  page.meta = text;
  page.kept.set("cairn-oauth-clients", text);
  expect(hubClientId(HUB)).toBeNull();
});

// --- there and back ---

async function leave(keep = false): Promise<void> {
  setHubClientId(HUB, "app");
  const sync = fakeSync({
    beginSignIn: (request) => {
      expect(request).toEqual({ hubUrl: HUB, clientId: "app", redirectUrl: HOME });
      return Promise.resolve(START);
    },
  });
  await beginSignIn({ cairn: { sync } }, HUB, keep);
  expect(page.went).toBe(START.url);
}

test("who comes back is where they were, and the address holds no code any more", async () => {
  await leave();
  page.open(`${HOME}?code=secret&state=s`);
  const returned = takeReturn();
  expect(location.href).toBe(`${HOME}#/sync?connect=ada/models`);
  expect(returned).toMatchObject({ url: `${HOME}?code=secret&state=s`, error: null });
  // A reload is no second return.
  expect(takeReturn()).toBeNull();
});

test.each([true, false])(
  "the code becomes a token, kept on the device or not: %s",
  async (keep) => {
    await leave(keep);
    page.open(`${HOME}?code=secret&state=s`);
    const returned = takeReturn();
    if (returned === null) throw new Error("nobody came back");
    const token = { token: "hf_oauth_1", expiresAt: "2026-01-01T08:00:00Z" };
    const given: unknown[] = [];
    const sync = fakeSync({
      finishSignIn: (finish) => {
        expect(finish).toEqual({
          hubUrl: HUB,
          redirectedUrl: `${HOME}?code=secret&state=s`,
          verifier: "v",
          nonce: "n",
        });
        return Promise.resolve(token);
      },
      giveToken: (...args) => {
        given.push(args);
        return Promise.resolve({ name: "ada", fullName: null, orgs: [], role: null });
      },
    });
    expect(await finishSignIn({ sync }, returned)).toEqual({
      kind: "success",
      text: "Signed in as ada.",
    });
    expect(given).toEqual([[HUB, token, keep]]);
  },
);

test("who says no is told that nobody is signed in, and the hub isn't asked", async () => {
  await leave();
  page.open(`${HOME}?error=access_denied&state=s`);
  const returned = takeReturn();
  if (returned === null) throw new Error("nobody came back");
  expect(await finishSignIn({ sync: fakeSync({}) }, returned)).toEqual({
    text: "You didn't let Cairn in, so nobody is signed in.",
  });
  expect(location.href).toBe(`${HOME}#/sync?connect=ada/models`);
});

test("an answer to no question of this tab is not taken", async () => {
  page.open(`${HOME}?code=planted&state=s#/`);
  const returned = takeReturn();
  if (returned === null) throw new Error("nobody came back");
  expect(location.href).toBe(`${HOME}#/`);
  expect(await finishSignIn({ sync: fakeSync({}) }, returned)).toMatchObject({ kind: "error" });
});

test("what the hub refuses is said", async () => {
  await leave();
  page.open(`${HOME}?code=over&state=s`);
  const returned = takeReturn();
  if (returned === null) throw new Error("nobody came back");
  const failed = new CairnError("hub_failed", {
    remote: "huggingface.co",
    kind: "signed_out",
    detail: "",
    requestId: null,
  });
  const sync = fakeSync({ finishSignIn: () => Promise.reject(failed) });
  expect(await finishSignIn({ sync }, returned)).toEqual({ kind: "error", text: failed.message });
});

test("a visit without an answer is left alone", () => {
  page.open(`${HOME}?code=of-something-else#/`);
  expect(takeReturn()).toBeNull();
  expect(location.href).toBe(`${HOME}?code=of-something-else#/`);
});

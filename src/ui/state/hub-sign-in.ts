// Signing in at a hub by leaving for it and coming back: what is known on the way lies in the tab's storage.
import type { Cairn } from "../../client/cairn.ts";
import { describeError, problemOf, showHidden } from "../../core/errors.ts";
import { HUB_URL } from "../../core/sync/remote.ts";
import type { Toast } from "../parts/toasts.tsx";

/** `<meta name="cairn-oauth" content='{"hubUrl": …, "clientId": …}'>` in a page that was set up with an app of its own. */
const OAUTH_META = "cairn-oauth";
const CLIENTS_KEY = "cairn-oauth-clients";
const LEFT_KEY = "cairn-sign-in";

/** What was noted before the person left for the hub. */
interface Left {
  readonly hubUrl: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly keep: boolean;
  /** Where the person was. */
  readonly hash: string;
}

/** Somebody came back: with what, and from which sign-in; `null` for none that this tab began. */
export interface Returned {
  readonly url: string;
  readonly error: string | null;
  readonly left: Left | null;
}

/** The app a hub knows this page as, from the page itself or as the person gave it; `null` for none. */
export function hubClientId(hubUrl: string): string | null {
  return ownClientId(hubUrl) ?? givenClients()[hubUrl] ?? null;
}

/** Whether the app is one that the person gave, and can take back. */
export function isGivenClientId(hubUrl: string): boolean {
  return ownClientId(hubUrl) === null && givenClients()[hubUrl] !== undefined;
}

/** Remembers the app to sign in with at a hub; `""` forgets it. */
export function setHubClientId(hubUrl: string, clientId: string): void {
  const { [hubUrl]: _former, ...others } = givenClients();
  const clients = clientId === "" ? others : { ...others, [hubUrl]: clientId };
  localStorage.setItem(CLIENTS_KEY, JSON.stringify(clients));
}

/**
 * Leaves for the hub's page that asks the person.
 *
 * @param keep whether the token is to be kept on this device
 * @throws CairnError `hub_failed`
 */
export async function beginSignIn(
  { cairn }: { readonly cairn: Pick<Cairn, "sync"> },
  hubUrl: string,
  keep = false,
): Promise<void> {
  const { url, verifier, nonce } = await cairn.sync.api.beginSignIn({
    hubUrl,
    clientId: hubClientId(hubUrl) ?? "",
    redirectUrl: location.origin + location.pathname,
  });
  const left: Left = { hubUrl, verifier, nonce, keep, hash: location.hash };
  sessionStorage.setItem(LEFT_KEY, JSON.stringify(left));
  location.assign(url);
}

/**
 * What a hub sent back with the person, taken out of the address at once: neither the history nor
 * a copied link shall hold it. The person lands where they were. `null` for any other visit.
 */
export function takeReturn(): Returned | null {
  const { searchParams, href } = new URL(location.href);
  const hasAnswer = searchParams.has("code") || searchParams.has("error");
  if (!hasAnswer || !searchParams.has("state")) return null;
  const left = readLeft();
  history.replaceState(null, "", location.pathname + (left?.hash ?? location.hash));
  return { url: href, error: searchParams.get("error"), left };
}

/** Ends a sign-in, and says how it went. Never rejects. */
export async function finishSignIn(cairn: Pick<Cairn, "sync">, returned: Returned): Promise<Toast> {
  const { url, error, left } = returned;
  if (left === null)
    return { kind: "error", text: "That sign-in wasn't begun in this tab. Sign in again." };
  if (error === "access_denied")
    return { text: "You didn't let Cairn in, so nobody is signed in." };
  const { hubUrl, verifier, nonce, keep } = left;
  try {
    const { api } = cairn.sync;
    const token = await api.finishSignIn({ hubUrl, redirectedUrl: url, verifier, nonce });
    const { name } = await api.giveToken(hubUrl, token, keep);
    return { kind: "success", text: `Signed in as ${showHidden(name)}.` };
  } catch (thrown) {
    return { kind: "error", text: describeError(problemOf(thrown)) };
  }
}

function readLeft(): Left | null {
  const text = sessionStorage.getItem(LEFT_KEY);
  sessionStorage.removeItem(LEFT_KEY);
  return text === null ? null : (JSON.parse(text) as Left);
}

function ownClientId(hubUrl: string): string | null {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${OAUTH_META}"]`);
  const named = meta === null ? {} : readObject(meta.content);
  if (named["hubUrl"] === hubUrl && named["clientId"] !== undefined) return named["clientId"];
  return hubUrl === HUB_URL ? spaceClientId() : null;
}

/**
 * The app that the hub made for the Space this page is served from. The hub tells it in a script of
 * its own, which our policy doesn't let run, so it is read instead.
 */
function spaceClientId(): string | null {
  for (const { textContent } of document.scripts) {
    if (!textContent?.includes("window.huggingface")) continue;
    const [, clientId] = /["']?OAUTH_CLIENT_ID["']?\s*:\s*["']([\w-]+)["']/.exec(textContent) ?? [];
    if (clientId !== undefined) return clientId;
  }
  return null;
}

function givenClients(): Readonly<Record<string, string>> {
  try {
    return readObject(localStorage.getItem(CLIENTS_KEY) ?? "{}");
  } catch {
    // The browser forbids storage.
    return {};
  }
}

/** An object's texts; none for anything else. */
function readObject(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      ),
    );
  } catch {
    return {};
  }
}

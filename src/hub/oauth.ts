// Signing in at a hub with a code and its proof, by the library. Nothing is kept here.
import type { HubToken, SignInFinish, SignInRequest, SignInStart } from "../protocol/sync-api.ts";
import { failuresOf, type Failures } from "./failures.ts";
import { USUAL_PACE } from "./pace.ts";
import { Watch } from "./watch.ts";
import { translateLibrary } from "./with-library.ts";

/** May make repositories, and write to those it made and to no others. */
export const USUAL_SCOPES = "openid profile contribute-repos";

const NEVER = new AbortController().signal;

export interface SignedIn extends HubToken {
  readonly userName: string;
  /** What was granted, separated by spaces. */
  readonly scopes: string;
}

/**
 * Asks a hub where to sign in.
 *
 * @throws CairnError `hub_failed`, `aborted`
 */
export async function beginSignIn(
  request: SignInRequest & { readonly scopes?: string },
  signal: AbortSignal = NEVER,
): Promise<SignInStart> {
  const { hubUrl, clientId, redirectUrl, scopes = USUAL_SCOPES } = request;
  const failures = failuresOf(hostOf(hubUrl));
  const kept: { codeVerifier?: string; nonce?: string } = {};
  const url = await inTime(failures, signal, async () => {
    const { oauthLoginUrl } = await import("./library.ts");
    return oauthLoginUrl({ hubUrl, clientId, redirectUrl, scopes, localStorage: kept });
  });
  const { codeVerifier: verifier, nonce } = kept;
  // The page goes where this says: no hub may make it run a script instead.
  if (!/^https?:\/\//.test(url) || verifier === undefined || nonce === undefined)
    throw failures.failure("odd_answer", { detail: "The address to sign in at is none." });
  return { url, verifier, nonce };
}

/**
 * Turns the address that the person came back to into a token.
 *
 * @throws CairnError `hub_failed` of kind `signed_out` when they said no, or the address isn't of this
 *   sign-in; `aborted`
 */
export async function finishSignIn(
  finish: SignInFinish,
  signal: AbortSignal = NEVER,
): Promise<SignedIn> {
  const { hubUrl, redirectedUrl, nonce, verifier } = finish;
  const failures = failuresOf(hostOf(hubUrl));
  const refused = refusalIn(redirectedUrl, nonce);
  if (refused !== null) throw failures.failure("signed_out", { detail: refused });
  const result = await inTime(failures, signal, async () => {
    const { oauthHandleRedirect } = await import("./library.ts");
    return oauthHandleRedirect({ hubUrl, redirectedUrl, nonce, codeVerifier: verifier });
  });
  const { accessToken, accessTokenExpiresAt, userInfo, scope } = result;
  if (typeof accessToken !== "string") throw failures.failure("odd_answer");
  return {
    token: accessToken,
    expiresAt: Number.isNaN(accessTokenExpiresAt.getTime())
      ? null
      : accessTokenExpiresAt.toISOString(),
    userName: userInfo.preferred_username,
    scopes: scope,
  };
}

/** Why an address is none to go on with; `null` when it is one. */
function refusalIn(redirectedUrl: string, nonce: string): string | null {
  const query = new URL(redirectedUrl).searchParams;
  const error = query.get("error");
  if (error !== null) return query.get("error_description") ?? error;
  if (!query.has("code")) return "The address has no code.";
  return nonceOf(query.get("state")) === nonce
    ? null
    : "This is not the sign-in that was begun here.";
}

function nonceOf(state: string | null): unknown {
  try {
    return (JSON.parse(state ?? "null") as { readonly nonce?: unknown } | null)?.nonce;
  } catch {
    return undefined;
  }
}

/** The library can't be stopped here, so it is left alone when its time is over. */
async function inTime<T>(
  failures: Failures,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  const watch = new Watch(signal);
  watch.expect(2 * USUAL_PACE.firstByteMs);
  try {
    return await Promise.race([run(), endOf(watch.signal)]);
  } catch (error) {
    throw translateLibrary(error, failures, signal);
  } finally {
    watch.end();
  }
}

/** Rejects when the signal is aborted. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });
}

function hostOf(hubUrl: string): string {
  return new URL(hubUrl).host;
}

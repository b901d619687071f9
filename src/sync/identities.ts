// Who is signed in at hubs: asked once for each token, since the Hub counts that question, too.
import { CairnError, isCairnError } from "../core/errors.ts";
import type { HubIdentity, HubToken } from "../protocol/sync-api.ts";
import type { SyncCtx } from "./context.ts";
import { dropKeptToken, keepToken, tokenOf } from "./tokens.ts";

export interface Identities {
  /** Takes a token, on wish for later visits too, once the hub says whose it is. Throws `hub_failed`. */
  take(hubUrl: string, token: HubToken, keep: boolean): Promise<HubIdentity>;
  /** Forgets the token, kept or not. */
  forget(hubUrl: string): Promise<void>;
  /** `null` for nobody, also where the token is none any more. Throws `hub_failed`. */
  whoIs(hubUrl: string): Promise<HubIdentity | null>;
}

export function createIdentities(sync: SyncCtx): Identities {
  const known = new Map<string, HubIdentity>();

  async function ask(hubUrl: string, token: string): Promise<HubIdentity> {
    const key = `${hubUrl} ${token}`;
    const asked = known.get(key) ?? (await askHub(sync, hubUrl, token));
    known.set(key, asked);
    return asked;
  }

  return {
    async take(hubUrl, token, keep) {
      const identity = await ask(hubUrl, token.token);
      // In one place only, so that forgetting it in any tab is enough.
      if (keep) await keepToken(sync, hubUrl, token);
      else await dropKeptToken(sync, hubUrl);
      sync.hubTokens.set(hubUrl, keep ? null : token.token, token.expiresAt);
      return identity;
    },
    async forget(hubUrl) {
      sync.hubTokens.set(hubUrl, null);
      await dropKeptToken(sync, hubUrl);
    },
    async whoIs(hubUrl) {
      const token = await tokenOf(sync, hubUrl);
      if (token === null) return null;
      try {
        return await ask(hubUrl, token);
      } catch (error) {
        if (isCairnError(error, "hub_failed") && error.data.kind === "signed_out") return null;
        throw error;
      }
    },
  };
}

/** The hub is asked, and no repository: errors name it. */
async function askHub(sync: SyncCtx, hubUrl: string, token: string): Promise<HubIdentity> {
  const hub = sync.openHub({ hubUrl, type: "model", repo: "" }, undefined, token);
  try {
    const { name, fullName, orgs, role } = await hub.whoAmI(new AbortController().signal);
    return { name, fullName, orgs, role };
  } catch (error) {
    if (!isCairnError(error, "hub_failed")) throw error;
    const data = { ...error.data, remote: new URL(hubUrl).host };
    throw new CairnError("hub_failed", data, { cause: error });
  }
}

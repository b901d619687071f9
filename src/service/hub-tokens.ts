// Tokens of hubs, held in memory: by the page that signed in, or out of what this device keeps.

export interface HubTokens {
  /**
   * Takes a hub's token; `null` forgets it.
   *
   * @param expiresAt ISO time from which on it is none; `null` where it doesn't say
   */
  set(hubUrl: string, token: string | null, expiresAt?: string | null): void;
  /** `null` for none, and for one that is over. */
  get(hubUrl: string): string | null;
}

/** @param now the time as ISO text */
export function createHubTokens(now: () => string = () => new Date().toISOString()): HubTokens {
  const tokens = new Map<string, { readonly token: string; readonly expiresAt: string | null }>();
  return {
    set(hubUrl, token, expiresAt = null) {
      if (token === null) tokens.delete(hubUrl);
      else tokens.set(hubUrl, { token, expiresAt });
    },
    get(hubUrl) {
      const held = tokens.get(hubUrl);
      if (held === undefined) return null;
      return held.expiresAt === null || held.expiresAt > now() ? held.token : null;
    },
  };
}

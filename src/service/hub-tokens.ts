// Tokens of hubs, held in memory: by the page that signed in, or out of what this device keeps.

export interface HubTokens {
  /** Takes a hub's token; `null` forgets it. */
  set(hubUrl: string, token: string | null): void;
  get(hubUrl: string): string | null;
}

export function createHubTokens(): HubTokens {
  const tokens = new Map<string, string>();
  return {
    set(hubUrl, token) {
      if (token === null) tokens.delete(hubUrl);
      else tokens.set(hubUrl, token);
    },
    get: (hubUrl) => tokens.get(hubUrl) ?? null,
  };
}

// The tab's own storage, which outlasts a reload and nothing more.

/** Where the tokens of this visit lie; see hub-tokens.ts. */
export const TOKENS_KEY = "cairn-hub-tokens";

/** What of the browser's storage is used. */
export type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The tab's storage; one that forgets, where the browser forbids it. */
export function tabStorage(): TabStorage {
  try {
    return sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

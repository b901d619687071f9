// Tokens of hubs for this visit: in the tab's own storage, so that a reload doesn't sign anybody out.
// Those kept for the next visit are encrypted, in the sync worker's care.
import type { HubToken } from "../protocol/sync-api.ts";
import { TOKENS_KEY, type TabStorage } from "./tab-storage.ts";

export interface TabTokens {
  /** Those that are still good, by hub. */
  all(): ReadonlyMap<string, HubToken>;
  set(hubUrl: string, token: HubToken): void;
  delete(hubUrl: string): void;
}

/** Where nothing can be stored, tokens last until the page is left. */
export function tabTokens(storage: TabStorage, now: () => number = Date.now): TabTokens {
  let tokens = readTokens(storage);
  const write = (changed: ReadonlyMap<string, HubToken>): void => {
    tokens = changed;
    try {
      if (changed.size === 0) storage.removeItem(TOKENS_KEY);
      else storage.setItem(TOKENS_KEY, JSON.stringify([...changed]));
    } catch {
      // Forbidden, or full.
    }
  };
  const isGood = ({ expiresAt }: HubToken): boolean =>
    expiresAt === null || Date.parse(expiresAt) > now();
  return {
    all: () => new Map([...tokens].filter(([, token]) => isGood(token))),
    set: (hubUrl, token) => write(new Map(tokens).set(hubUrl, token)),
    delete(hubUrl) {
      const rest = new Map(tokens);
      if (rest.delete(hubUrl)) write(rest);
    },
  };
}

function readTokens(storage: TabStorage): ReadonlyMap<string, HubToken> {
  try {
    const rows: unknown = JSON.parse(storage.getItem(TOKENS_KEY) ?? "[]");
    return new Map(Array.isArray(rows) ? rows.filter(isRow) : []);
  } catch {
    return new Map();
  }
}

/** Other scripts of this origin may have written anything there. */
function isRow(row: unknown): row is [string, HubToken] {
  if (!Array.isArray(row)) return false;
  const [hubUrl, value] = row as unknown[];
  return (
    typeof hubUrl === "string" &&
    typeof value === "object" &&
    value !== null &&
    "token" in value &&
    typeof value.token === "string" &&
    "expiresAt" in value &&
    (value.expiresAt === null || typeof value.expiresAt === "string")
  );
}

// How many requests in five minutes, and how many commits in an hour.
import { HubError } from "./hub-error.ts";
import type { HubLimits } from "./settings.ts";

const WINDOW_MS = 300_000;
const HOUR_MS = 3_600_000;

/** What is counted: the API with LFS, reading files, or neither. */
export type RateFamily = "api" | "resolvers" | "pages";

export class Rates {
  readonly #windows = new Map<string, { startedAt: number; used: number }>();
  readonly #commits = new Map<string, { startedAt: number; used: number }>();

  /** Counts a request. Gives the headers that say what is left, which no page of another origin can read. */
  count(
    limits: HubLimits,
    { user, family, now }: { user: string | undefined; family: RateFamily; now: number },
  ): { headers: Readonly<Record<string, string>>; refused: HubError | undefined } {
    if (family === "pages") return { headers: {}, refused: undefined };
    const quota = quotaOf(limits, user, family);
    const window = current(this.#windows, `${user ?? "anonymous"} ${family}`, WINDOW_MS, now);
    window.used += 1;
    const left = Math.max(0, (quota ?? Number.MAX_SAFE_INTEGER) - window.used);
    const seconds = Math.ceil((window.startedAt + WINDOW_MS - now) / 1000);
    const headers = {
      RateLimit: `"${family}";r=${left};t=${seconds}`,
      "RateLimit-Policy": `"fixed window";"${family}";q=${quota ?? Number.MAX_SAFE_INTEGER};w=${WINDOW_MS / 1000}`,
    };
    if (quota === null || window.used <= quota) return { headers, refused: undefined };
    const refused = new HubError(
      429,
      `We had to rate limit you: you hit the quota of ${quota} ${family} requests per 5 minutes period.`,
      { headers: { "Retry-After": String(seconds) } },
    );
    return { headers, refused };
  }

  /** Counts a commit; 429 over the quota, with the words by which it is told from the other 429. */
  countCommit(quota: number | null, user: string, now: number): void {
    if (quota === null) return;
    const window = current(this.#commits, user, HOUR_MS, now);
    if (window.used >= quota)
      throw new HubError(
        429,
        `You have exceeded the rate limit for repository commits (${quota} per hour). ` +
          "You can retry this action in about 1 hour.",
      );
    window.used += 1;
  }
}

function quotaOf(
  limits: HubLimits,
  user: string | undefined,
  family: "api" | "resolvers",
): number | null {
  if (family === "api")
    return user === undefined ? limits.anonymousApiRequests : limits.apiRequests;
  return user === undefined ? limits.anonymousResolverRequests : limits.resolverRequests;
}

function current(
  windows: Map<string, { startedAt: number; used: number }>,
  key: string,
  lengthMs: number,
  now: number,
): { startedAt: number; used: number } {
  const known = windows.get(key);
  if (known !== undefined && now < known.startedAt + lengthMs) return known;
  const begun = { startedAt: now, used: 0 };
  windows.set(key, begun);
  return begun;
}

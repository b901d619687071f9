// How patient the client is, and how it tries again.
import { isCairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { HubPace } from "./hub.ts";

export const USUAL_PACE: HubPace = {
  firstByteMs: 30_000,
  commitMs: 90_000,
  stallMs: 60_000,
  retryMs: 500,
};

export const MOST_TRIES = 4;
// What a slow line still moves, where nothing tells how far a body is.
const SLOWEST_BYTES_PER_MS = 64;

/** How long a body of this size may take to be sent, where no progress can be seen. */
export function sendingMs(bytes: number): number {
  return Math.ceil(bytes / SLOWEST_BYTES_PER_MS);
}

/** What passes by itself within seconds, so that the same is worth asking again at once. */
const WORTH_A_RETRY: ReadonlySet<HubFailure> = new Set(["offline", "timeout", "server"]);

export function isWorthARetry(error: unknown): boolean {
  return isCairnError(error, "hub_failed") && WORTH_A_RETRY.has(error.data.kind);
}

/** Does what may be done twice up to four times, with longer and longer pauses that no two clients share. */
export async function retrying<T>(
  run: () => Promise<T>,
  { retryMs }: Pick<HubPace, "retryMs">,
  signal: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await run();
    } catch (error) {
      if (tries === MOST_TRIES || !isWorthARetry(error)) throw error;
      await pause(tries, retryMs, signal);
    }
}

/** Waits before the next try, which then sees that it was stopped meanwhile. */
export async function pause(tries: number, retryMs: number, signal: AbortSignal): Promise<void> {
  const ms = retryMs * 2 ** (tries - 1) * (0.5 + Math.random());
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}

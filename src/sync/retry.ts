// Trying again what a hub or the network failed to do, for as long as that is likely to help.
import { isCairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { SyncCtx } from "./context.ts";

/** What passes within seconds. A hub that asks for patience gets more of it: that is for whoever runs rounds. */
const SOON_OVER: ReadonlySet<HubFailure> = new Set(["offline", "timeout", "server", "busy"]);
/** Tries after the first one. */
const MOST_RETRIES = 5;
const FIRST_PAUSE_MS = 1_000;
/** A pause is this much shorter or longer, so that devices don't come back all at once. */
const JITTER = 0.5;

/** The way in which a hub failed; `null` for another error. */
export function failureOf(error: unknown): HubFailure | null {
  return isCairnError(error, "hub_failed") ? error.data.kind : null;
}

/**
 * Does something until it succeeds, six times at most, with longer and longer pauses.
 *
 * @param run is told how the former try failed; `null` for the first one
 * @throws what the last try threw; anything but a passing failure at once; CairnError `aborted`
 */
export async function retrying<T>(
  { sleep, random }: Pick<SyncCtx, "sleep" | "random">,
  signal: AbortSignal,
  run: (former: HubFailure | null) => Promise<T>,
): Promise<T> {
  let former: HubFailure | null = null;
  for (let retries = 0; ; retries++)
    try {
      return await run(former);
    } catch (error) {
      former = failureOf(error);
      if (former === null || !SOON_OVER.has(former) || retries === MOST_RETRIES) throw error;
      const share = 1 + JITTER * (2 * random() - 1);
      await sleep(FIRST_PAUSE_MS * 2 ** retries * share, signal);
    }
}

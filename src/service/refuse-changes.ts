// A page that only shows a repository: whatever would change what is kept is refused, by each worker it asks.
import { CairnError } from "../core/errors.ts";
import { labelOf, type RemoteTarget } from "../core/sync/remote.ts";

/** Whether a method changes what is kept. All are named, so that none is forgotten. */
export type Changes<Api> = { readonly [Method in keyof Api]: boolean };

/** Has every method of an API that changes something reject with `read_only` from now on. */
export function refuseChanges<Api extends object>(
  api: Api,
  changes: Changes<Api>,
  shown: RemoteTarget,
): void {
  const refuse = (): Promise<never> => Promise.reject(readOnlyError(shown));
  for (const method of Object.keys(changes) as (keyof Api)[])
    if (changes[method]) Object.assign(api, { [method]: refuse });
}

/** Why a page that shows this repository changes nothing. */
export function readOnlyError(shown: RemoteTarget): CairnError<"read_only"> {
  return new CairnError("read_only", { remote: labelOf(shown) });
}

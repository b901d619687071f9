import type { JSX } from "preact";
import type { SyncRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";

export function SyncScreen({
  route,
}: {
  readonly app: AppState;
  readonly route: SyncRoute;
}): JSX.Element {
  return <p>{route.kind}</p>;
}

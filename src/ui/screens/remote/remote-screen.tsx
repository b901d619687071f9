import type { JSX } from "preact";
import type { RemoteRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";

export function RemoteScreen({
  route,
}: {
  readonly app: AppState;
  readonly route: RemoteRoute;
}): JSX.Element {
  return <p>{route.kind}</p>;
}

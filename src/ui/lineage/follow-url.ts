// Keeps the URL and a lineage graph in step: each change of one is followed by the other.
import { effect, untracked } from "@preact/signals";
import { formatRoute, type VersionRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import type { LineagePlace, LineageState } from "../state/lineage-state.ts";

/** Follows the URL, and writes into it what a person does. Returns the way to stop. */
export function followUrl(app: AppState, state: LineageState): () => void {
  const stopReading = effect(() => {
    const route = shownRoute(app);
    if (route !== null && !isSame(route.lineage, state.place.peek()))
      untracked(() => void state.goToPlace(route.lineage));
  });
  let isFirst = true;
  const stopWriting = effect(() => {
    const place = state.place.value;
    untracked(() => write(app, place, isFirst));
    isFirst = false;
  });
  return () => {
    stopReading();
    stopWriting();
  };
}

function write(app: AppState, place: LineagePlace, isFirst: boolean): void {
  const route = shownRoute(app);
  if (route === null || isSame(route.lineage, place)) return;
  const next = { ...route, lineage: { ...route.lineage, ...place } };
  // Only going to another node makes a step in the history, so that Back leads to the one before.
  if (isFirst || route.lineage.around === place.around) app.replaceRoute(next);
  else location.hash = formatRoute(next);
}

/** Where the person is, as long as a graph is shown there. */
function shownRoute(app: AppState): VersionRoute | null {
  const route = app.route.value;
  const isShown =
    route.kind === "version" && route.tab === "lineage" && route.lineage.form === "graph";
  return isShown ? route : null;
}

function isSame(a: LineagePlace, b: LineagePlace): boolean {
  return (
    a.direction === b.direction &&
    a.hops === b.hops &&
    a.around === b.around &&
    a.node === b.node &&
    a.find === b.find
  );
}

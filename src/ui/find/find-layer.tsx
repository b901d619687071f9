// The search and the identifying, over every page. Their code comes when they are first opened.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { IngestState } from "../ingest/ingest-state.ts";
import { lazy } from "../parts/lazy.tsx";
import type { AppState } from "../state/app-state.ts";
import { rememberPlace } from "../state/recent-places.ts";

const Palette = lazy(() => import("./palette.tsx").then((module) => module.Palette));
const IdentifyDialog = lazy(() =>
  import("./identify-dialog.tsx").then((module) => module.IdentifyDialog),
);

/** Render it once, behind the page. */
export function FindLayer({
  app,
  ingest,
}: {
  readonly app: AppState;
  readonly ingest: IngestState;
}): JSX.Element {
  const route = app.route.value;
  useEffect(() => rememberPlace(route), [route]);
  const purpose = app.find.purpose.value;
  const picked = app.find.identifying.value;
  return (
    <>
      {picked !== null && (
        <IdentifyDialog
          // Other files are another question.
          key={keyOf(picked)}
          app={app}
          ingest={ingest}
          picked={picked}
        />
      )}
      {purpose !== null && <Palette app={app} ingest={ingest} purpose={purpose} />}
    </>
  );
}

const keys = new WeakMap<object, number>();
let lastKey = 0;

function keyOf(picked: object): number {
  const key = keys.get(picked) ?? ++lastKey;
  keys.set(picked, key);
  return key;
}

// Starts the page.
import { render } from "preact";
import { openCairn } from "../client/open-cairn.ts";
import { problemOf } from "../core/errors.ts";
import { App } from "./app.tsx";
import { listenForFind } from "./find/find-keys.ts";
import { catchEarlyDrops } from "./ingest/early-drops.ts";
import { IngestState } from "./ingest/ingest-state.ts";
import { listenToPage } from "./ingest/page-drop.ts";
import { Button } from "./parts/button.tsx";
import { ErrorNote } from "./parts/error-note.tsx";
import { createPwaState } from "./pwa/pwa-state.ts";
import { AppState } from "./state/app-state.ts";
import { isReadOnly, showOnly } from "./state/read-only.ts";
import { listenForUndo } from "./state/undo-keys.ts";
import { startTheme } from "./theme.ts";
import "./styles/tokens.css";
import "./styles/base.css";

async function start(root: HTMLElement): Promise<void> {
  startTheme();
  const pwa = createPwaState();
  const handOver = catchEarlyDrops();
  // Back from signing in at a hub.
  const signIn = /[?&]state=/.test(location.search) ? await import("./state/hub-sign-in.ts") : null;
  const returned = signIn?.takeReturn() ?? null;
  try {
    const cairn = await openCairn();
    if (cairn.shows !== null) showOnly();
    const app = new AppState(cairn);
    const ingest = new IngestState(cairn, app);
    const { place } = listenToPage(ingest, app.find);
    listenForFind(app.find);
    handOver(isReadOnly() ? null : ingest);
    listenForUndo(app.undo);
    if (returned !== null)
      void signIn?.finishSignIn(cairn, returned).then((toast) => app.toasts.show(toast));
    render(<App app={app} ingest={ingest} dragPlace={place} pwa={pwa} />, root);
  } catch (error) {
    render(
      <main>
        <h1>Cairn can't start</h1>
        <ErrorNote problem={problemOf(error)}>
          <Button onClick={() => location.reload()}>Try again</Button>
        </ErrorNote>
      </main>,
      root,
    );
  }
}

const root = document.getElementById("app");
if (root !== null) void start(root);

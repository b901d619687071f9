// Starts the page.
import { render } from "preact";
import { openCairn } from "../client/open-cairn.ts";
import { problemOf } from "../core/errors.ts";
import { App } from "./app.tsx";
import { IngestState } from "./ingest/ingest-state.ts";
import { Button } from "./parts/button.tsx";
import { ErrorNote } from "./parts/error-note.tsx";
import { createPwaState } from "./pwa/pwa-state.ts";
import { AppState } from "./state/app-state.ts";
import "./styles/tokens.css";
import "./styles/base.css";

async function start(root: HTMLElement): Promise<void> {
  const pwa = createPwaState();
  try {
    const cairn = await openCairn();
    const app = new AppState(cairn);
    render(<App app={app} ingest={new IngestState(cairn, app)} pwa={pwa} />, root);
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

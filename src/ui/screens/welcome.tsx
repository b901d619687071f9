// The first visit: what to do, and something to look at for who has no files at hand.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { FilePlus2, FlaskConical, FolderPlus } from "lucide";
import { Button } from "../parts/button.tsx";
import { Logo } from "../parts/logo.tsx";
import { attempt } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import type { IngestState } from "../ingest/ingest-state.ts";
import { CareLinks } from "./care-links.tsx";
import "./welcome.css";

interface WelcomeProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  /** Entries of the trash. */
  readonly inTrash: number;
}

export function Welcome({ app, ingest, inTrash }: WelcomeProps): JSX.Element {
  return (
    <div class="welcome">
      <div class="welcome-drop">
        <Logo size={56} />
        <h1>Drop a model, a dataset or any folder here</h1>
        <p>
          It becomes an artifact with an immutable v0. Drop it again changed, and you have v1.
          Nothing leaves this device until you connect a repository.
        </p>
        <div class="welcome-actions">
          <Button variant="primary" icon={FolderPlus} onClick={() => ingest.chooseFolder()}>
            Choose folder
          </Button>
          <Button icon={FilePlus2} onClick={() => ingest.chooseFiles()}>
            Choose files
          </Button>
        </div>
      </div>
      <SampleOffer app={app} />
      {inTrash > 0 && <CareLinks inTrash={inTrash} />}
    </div>
  );
}

function SampleOffer({ app }: { readonly app: AppState }): JSX.Element {
  const isBusy = useSignal(false);
  const add = async (): Promise<void> => {
    isBusy.value = true;
    await attempt(app.toasts, async () => {
      const { addSampleProject } = await import("../sample/sample-actions.ts");
      await addSampleProject(app);
    });
    isBusy.value = false;
  };
  return (
    <div class="welcome-sample">
      <p>
        No files at hand? Look around in a sample: a dataset, three versions of a model trained on
        it, and a report.
      </p>
      <Button icon={FlaskConical} busy={isBusy.value} onClick={() => void add()}>
        {isBusy.value ? "Adding the sample…" : "Add the sample project"}
      </Button>
    </div>
  );
}

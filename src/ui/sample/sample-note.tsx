// Says that a project is the sample, what there is to see in it, and takes it away again.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { FlaskConical } from "lucide";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { lazy } from "../parts/lazy.tsx";
import { formatRoute, versionHash } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { removeSampleProject } from "./sample-actions.ts";
import "./sample-note.css";

const DeleteDialog = lazy(() =>
  import("../screens/delete/delete-dialog.tsx").then((module) => module.DeleteDialog),
);

interface SampleNoteProps {
  readonly app: AppState;
  readonly project: string;
}

export function SampleNote({ app, project }: SampleNoteProps): JSX.Element {
  const isBusy = useSignal(false);
  const isAsking = useSignal(false);
  const remove = async (): Promise<void> => {
    isBusy.value = true;
    await removeSampleProject(app, project, () => (isAsking.value = true));
    isBusy.value = false;
  };
  return (
    <div class="sample-note">
      <Icon icon={FlaskConical} />
      <p>
        This is a sample to look around in: a dataset, three versions of a{" "}
        <a href={versionHash(project, "reader", "latest")}>model</a> trained on it, and a report.
      </p>
      <Button small busy={isBusy.value} onClick={() => void remove()}>
        Remove sample
      </Button>
      {isAsking.value && (
        <DeleteDialog
          app={app}
          target={{ kind: "project", project }}
          next={formatRoute({ kind: "home" })}
          onClose={() => (isAsking.value = false)}
        />
      )}
    </div>
  );
}

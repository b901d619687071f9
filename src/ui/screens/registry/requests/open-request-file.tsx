// A request that came as a file: chosen or dropped, checked, then decided.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { FileCheck, FileInput } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { RegistryDetail, RequestFile } from "../../../../protocol/registry-link-api.ts";
import { Button } from "../../../parts/button.tsx";
import { ErrorNote } from "../../../parts/error-note.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Task } from "../../../state/actions.ts";
import type { AppState } from "../../../state/app-state.ts";
import { RequestCard } from "./request-card.tsx";

interface OpenRequestFileProps {
  readonly app: AppState;
  readonly detail: RegistryDetail;
}

interface Opened {
  readonly text: string;
  readonly request: RequestFile;
}

/** Longer is no request; this much is enough for the store to say so. */
const MAX_BYTES = 1_000_000;

export function OpenRequestFile({ app, detail }: OpenRequestFileProps): JSX.Element {
  const opened = useSignal<Opened | null>(null);
  const isAimed = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const [task] = useState(() => new Task());
  const open = (file: File | undefined): void => {
    if (file === undefined) return;
    opened.value = null;
    void task.run(async () => {
      const text = await file.slice(0, MAX_BYTES).text();
      opened.value = { text, request: await app.cairn.store.readRequestFile(text) };
    });
  };
  const problem = task.problem.value;
  const found = opened.value;
  return (
    <section
      class={`request-drop${isAimed.value ? " is-aimed" : ""}`}
      aria-label="A request as a file"
      // The page would make an artifact of it.
      onDragEnter={(event) => event.stopPropagation()}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        isAimed.value = true;
      }}
      onDragLeave={() => (isAimed.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        isAimed.value = false;
        open(event.dataTransfer?.files[0]);
      }}
    >
      <p>
        <Button
          small
          icon={FileInput}
          busy={task.isBusy.value}
          onClick={() => input.current?.click()}
        >
          Open a request file…
        </Button>
        <span class="muted">or drop it here</span>
      </p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ currentTarget }) => {
          open(currentTarget.files?.[0]);
          currentTarget.value = "";
        }}
      />
      {problem !== null && <ErrorNote problem={problem} />}
      {found !== null && (
        <>
          <p class="request-checked" role="status">
            <Icon icon={FileCheck} /> The file is as {showHidden(found.request.view.askedByName)}{" "}
            signed it, for the registry {showHidden(found.request.registry)}.
          </p>
          <ul class="request-list">
            <RequestCard
              app={app}
              registry={found.request.registry}
              detail={detail}
              view={found.request.view}
              file={found.text}
              isPast={detail.asOf !== null}
              onDone={() => (opened.value = null)}
            />
          </ul>
        </>
      )}
    </section>
  );
}

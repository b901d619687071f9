// Says which versions hold the bytes of given files. Nothing of them is stored.
import type { JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { FileSearch, PackagePlus, X } from "lucide";
import { pickAgain } from "../../client/pick/pick-again.ts";
import type { Picked } from "../../client/pick/found.ts";
import type { IngestState } from "../ingest/ingest-state.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { formatCount } from "../parts/format.ts";
import { RunningNote } from "../parts/running-note.tsx";
import type { AppState } from "../state/app-state.ts";
import { describeTotals, linesOf, type IdentifyFilter } from "./identify-lines.ts";
import { IdentifyList } from "./identify-list.tsx";
import { IdentifyState } from "./identify-state.ts";
import "../parts/choices.css";
import "../parts/dialog.css";
import "./identify.css";

interface IdentifyDialogProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly picked: Picked;
}

export function IdentifyDialog({ app, ingest, picked }: IdentifyDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const state = useMemo(() => new IdentifyState(app.cairn, picked), [app, picked]);
  useLayoutEffect(() => () => state.cancel(), [state]);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const close = (): void => app.find.stopIdentifying();
  const isRunning = state.phase.value === "running";
  const missing = state.notHere();
  const logMissing = (): void => {
    close();
    ingest.take(pickAgain(missing));
  };
  return (
    <dialog
      ref={dialog}
      class="dialog identify"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="dialog-frame">
        <div class="dialog-header">
          <h2 id={id}>{titleOf(picked)}</h2>
          <IconButton icon={X} label="Close (Esc)" onClick={close} />
        </div>
        <div class="dialog-body identify-body">
          <Outcome state={state} onLeave={close} />
        </div>
        <div class="dialog-buttons">
          {!isRunning && (
            <Button icon={FileSearch} onClick={() => app.find.chooseToIdentify("files")}>
              Identify others…
            </Button>
          )}
          {!isRunning && missing.length > 0 && (
            <Button variant="primary" icon={PackagePlus} onClick={logMissing}>
              {missing.length === 1
                ? "Log it as a new version…"
                : `Log the ${formatCount(missing.length, "file")} not here…`}
            </Button>
          )}
          <Button variant={missing.length > 0 || isRunning ? "plain" : "primary"} onClick={close}>
            {isRunning ? "Close" : "Done"}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

function Outcome({
  state,
  onLeave,
}: {
  readonly state: IdentifyState;
  readonly onLeave: () => void;
}): JSX.Element {
  const [filter, setFilter] = useState<IdentifyFilter>("all");
  const totals = state.totals();
  const isRunning = state.phase.value === "running";
  const progress = state.progress.value;
  const problem = state.problem.value;
  const choices = [
    { filter: "all", label: "All", count: totals.files },
    { filter: "known", label: "Found", count: totals.known },
    { filter: "notHere", label: "Not here", count: totals.notHere },
    { filter: "failed", label: "Couldn't be read", count: totals.failed },
  ] as const;
  const lines = linesOf(state.files, filter);
  return (
    <>
      {isRunning ? (
        <RunningNote
          title={runningTitle(progress)}
          progress={progress}
          startedMs={state.startedMs}
          countsFiles
          onCancel={() => state.cancel()}
        />
      ) : (
        <p role="status" class="identify-summary">
          {state.phase.value === "cancelled" && "Cancelled. "}
          {describeTotals(totals)} <span class="muted">Nothing was stored.</span>
        </p>
      )}
      {problem !== null && <ErrorNote problem={problem} />}
      {totals.files > 1 && (
        <div class="choices" role="group" aria-label="Show">
          {choices.map(({ filter: name, label, count }) => (
            <button
              key={name}
              type="button"
              aria-pressed={filter === name}
              disabled={count === 0 && name !== "all"}
              onClick={() => setFilter(name)}
            >
              {label} <span class="muted">{count.toLocaleString("en")}</span>
            </button>
          ))}
        </div>
      )}
      {lines.length > 0 && <IdentifyList lines={lines} isRunning={isRunning} onLeave={onLeave} />}
    </>
  );
}

function runningTitle(progress: IdentifyState["progress"]["value"]): string {
  const reading = progress?.reading ?? null;
  if (reading === null || progress === null || progress.filesDone < progress.filesTotal)
    return "Hashing";
  return `Reading what your versions hold (${Math.round(100 * reading)} %)`;
}

function titleOf({ tops }: Picked): string {
  const [only] = tops;
  const what = tops.every(({ isFolder }) => !isFolder)
    ? formatCount(tops.length, "file")
    : tops.length === 1 && only !== undefined
      ? "a folder"
      : `${tops.length.toLocaleString("en")} files and folders`;
  return `Identify ${what}`;
}

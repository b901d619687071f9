// A registry's file: what it is and what it would do, before anything is done [E3].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CircleCheck, TriangleAlert } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { AuditRow, Imported, ImportPlan } from "../../../protocol/registry-log-api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { Loading } from "../../parts/loading.tsx";
import { NameField, nameProblem } from "../../parts/name-field.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import { registryHash } from "../../router.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { Loader } from "../../state/resource.ts";
import { bringsSomething, describePlan, verdictFacts } from "./import-text.ts";

/** Faults listed by themselves; the audit has all of them. */
const LISTED = 20;

interface ImportDialogProps {
  readonly app: AppState;
  readonly file: File;
  /** Names of registries here. */
  readonly existing: readonly string[];
  readonly onClose: () => void;
}

export function ImportDialog({ app, file, existing, onClose }: ImportDialogProps): JSX.Element {
  const { store } = app.cairn;
  const [loader] = useState(() => new Loader<ImportPlan>());
  const [task] = useState(() => new Task());
  const typed = useSignal<string | null>(null);
  /** What was done, where not all of it held. */
  const partly = useSignal<Imported | null>(null);
  useEffect(() => void loader.load(() => store.planImport(file)), [loader, store, file]);
  const loaded = loader.state.value;
  const plan = loaded.phase === "ready" ? loaded.value : null;
  const isNew = plan?.kind === "new";
  const name = typed.value ?? plan?.name ?? "";
  const isReady =
    plan !== null &&
    bringsSomething(plan) &&
    (!isNew || nameProblem("registry", name, existing) === null);
  const openIt = ({ name: made }: Imported): void => {
    onClose();
    location.hash = registryHash(made);
  };
  const bringIn = async (): Promise<void> => {
    const imported = await store.importRegistry(file, isNew ? name : null);
    if (imported.dropped.length > 0) {
      partly.value = imported;
      return;
    }
    openIt(imported);
    app.toasts.show({
      kind: "success",
      text: `“${showHidden(imported.name)}” has ${formatCount(imported.incoming, "new event")}.`,
    });
  };
  const done = partly.value;
  if (done !== null) return <Dropped texts={done.dropped} onClose={() => openIt(done)} />;
  const problem = loaded.phase === "failed" ? loaded.problem : task.problem.value;
  return (
    <Dialog
      title={`Bring in ${showHidden(file.name)}`}
      onClose={onClose}
      onSubmit={() => {
        if (isReady) void task.run(bringIn);
      }}
      buttons={
        <>
          <Button onClick={onClose}>{isReady ? "Cancel" : "Close"}</Button>
          {(plan === null || bringsSomething(plan)) && (
            <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isReady}>
              Bring in
            </Button>
          )}
        </>
      }
    >
      {problem !== null && <RegistryProblem problem={problem} />}
      {loaded.phase === "loading" && <Loading what="what the file holds" />}
      {plan !== null && <Plan plan={plan} />}
      {isNew && (
        <NameField
          kind="registry"
          label="Name here"
          hint="What this browser calls it. Others may call it otherwise."
          value={name}
          existing={existing}
          onInput={(text) => (typed.value = text)}
        />
      )}
    </Dialog>
  );
}

function Plan({ plan }: { readonly plan: ImportPlan }): JSX.Element {
  const { faults } = plan.verdict;
  return (
    <>
      <p>{describePlan(plan)}</p>
      <ul class="import-facts">
        {verdictFacts(plan.verdict).map(({ text, isGood }) => (
          <li key={text} class={isGood ? "" : "is-bad"}>
            <Icon icon={isGood ? CircleCheck : TriangleAlert} /> {text}
          </li>
        ))}
      </ul>
      {faults.length > 0 && (
        <ul class="import-faults" aria-label="Events without effect" tabIndex={0}>
          {faults.slice(0, LISTED).map((row) => (
            <li key={row.event.seq}>{describeFault(row)}</li>
          ))}
          {faults.length > LISTED && (
            <li>and {formatCount(faults.length - LISTED, "other")}; the audit lists them all.</li>
          )}
        </ul>
      )}
    </>
  );
}

function describeFault({ event, actorName, faultText }: AuditRow): string {
  return `Event ${event.seq.toLocaleString("en")} by ${showHidden(actorName)}: ${showHidden(faultText ?? "")}`;
}

function Dropped({
  texts,
  onClose,
}: {
  readonly texts: readonly string[];
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Dialog
      title="Brought in, but not all of yours holds"
      onClose={onClose}
      onSubmit={onClose}
      buttons={
        <Button variant="primary" type="submit">
          Close
        </Button>
      }
    >
      <p>What came allows these things of yours no more. Do them again if they still should be:</p>
      <ul class="import-faults" tabIndex={0} aria-label="Dropped">
        {texts.map((text) => (
          <li key={text}>{showHidden(text)}</li>
        ))}
      </ul>
    </Dialog>
  );
}

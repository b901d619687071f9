// Checks the log from its start, takes it along as a file, checks such a file without taking it in [E3].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Download, FileSearch, ShieldCheck } from "lucide";
import type { LogVerdict } from "../../../../protocol/registry-log-api.ts";
import { Button } from "../../../parts/button.tsx";
import { ErrorNote } from "../../../parts/error-note.tsx";
import { Task } from "../../../state/actions.ts";
import type { AppState } from "../../../state/app-state.ts";
import { saveLog } from "../save-log.ts";
import { VerdictNote } from "./verdict-note.tsx";

interface Checked {
  readonly verdict: LogVerdict;
  readonly fileName: string | null;
}

export function LogChecks({
  app,
  registry,
}: {
  readonly app: AppState;
  readonly registry: string;
}): JSX.Element {
  const { store } = app.cairn;
  const checked = useSignal<Checked | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const [task] = useState(() => new Task());
  const verify = async (): Promise<void> => {
    checked.value = { verdict: await store.verifyRegistry(registry), fileName: null };
  };
  const verifyFile = async (file: File): Promise<void> => {
    checked.value = null;
    checked.value = { verdict: await store.verifyExport(file), fileName: file.name };
  };
  const problem = task.problem.value;
  const isBusy = task.isBusy.value;
  return (
    <>
      <div class="audit-ways">
        <Button icon={ShieldCheck} busy={isBusy} onClick={() => void task.run(verify)}>
          Verify
        </Button>
        <Button
          icon={Download}
          disabled={isBusy}
          onClick={() => void task.run(() => saveLog(app, registry))}
        >
          Export (JSON lines)
        </Button>
        <Button icon={FileSearch} disabled={isBusy} onClick={() => input.current?.click()}>
          Check a file…
        </Button>
        <input
          ref={input}
          type="file"
          accept=".jsonl,.ndjson,.json"
          hidden
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = "";
            if (file !== undefined) void task.run(() => verifyFile(file));
          }}
        />
      </div>
      {problem !== null && <ErrorNote problem={problem} />}
      {checked.value !== null && (
        <VerdictNote
          verdict={checked.value.verdict}
          fileName={checked.value.fileName}
          onClose={() => (checked.value = null)}
        />
      )}
    </>
  );
}

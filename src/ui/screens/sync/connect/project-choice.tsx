// Whether a project syncs, whether its bytes all come here, and what of it never leaves.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { EyeOff } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { SyncedProject } from "../../../../core/sync/remote.ts";
import { Button } from "../../../parts/button.tsx";
import { formatBytes, formatCount } from "../../../parts/format.ts";
import type { AppState } from "../../../state/app-state.ts";
import type { ConnectDraft } from "../../../state/sync-connect.ts";
import { WHERE_TEXT, type OfferedProject } from "../../../state/sync-offer.ts";
import { choiceOf, firstChoice, neverOf } from "../../../state/sync-scope.ts";
import { NeverField } from "../../../syncing/never-field.tsx";

interface ProjectChoiceProps {
  readonly app: AppState;
  readonly draft: ConnectDraft;
  readonly project: OfferedProject;
}

export function ProjectChoice({ app, draft, project }: ProjectChoiceProps): JSX.Element {
  const { name, where, size, elsewhere } = project;
  const choice = choiceOf(draft.scope.value, name);
  return (
    <div class="scope-project">
      <label class="sync-check">
        <input
          type="checkbox"
          checked={choice !== undefined}
          onChange={({ currentTarget }) =>
            draft.choose(name, currentTarget.checked ? firstChoice(name) : null)
          }
        />
        <span>
          {showHidden(name)}{" "}
          <span class="muted number">
            {WHERE_TEXT[where]}
            {size !== null &&
              ` · ${formatCount(size.versions, "version")}, ${formatBytes(size.bytes)}`}
          </span>
        </span>
      </label>
      {choice !== undefined && (
        <div class="scope-details">
          {elsewhere !== null && (
            <p>
              It moves here from {showHidden(elsewhere.label)}, which keeps what it has: a project
              syncs with one repository.
            </p>
          )}
          {where === "both" && elsewhere === null && (
            <p>It is here and there: the two are put together.</p>
          )}
          <label class="sync-check">
            <input
              type="checkbox"
              checked={choice.keepLocal}
              onChange={({ currentTarget }) =>
                draft.choose(name, { ...choice, keepLocal: currentTarget.checked })
              }
            />
            <span>
              Keep all here{" "}
              <span class="muted">Else files come from there when they are opened.</span>
            </span>
          </label>
          {where !== "there" && (
            <Never
              app={app}
              choice={choice}
              onChange={(never) => draft.choose(name, { ...choice, never: neverOf(never) })}
            />
          )}
        </div>
      )}
    </div>
  );
}

interface NeverProps {
  readonly app: AppState;
  readonly choice: SyncedProject;
  readonly onChange: (never: Iterable<string>) => void;
}

function Never({ app, choice, onChange }: NeverProps): JSX.Element {
  const { name, never } = choice;
  const isOpen = useSignal(never.length > 0);
  if (!isOpen.value)
    return (
      <Button small icon={EyeOff} onClick={() => (isOpen.value = true)}>
        Leave artifacts out…
      </Button>
    );
  return <NeverField app={app} project={name} never={new Set<string>(never)} onChange={onChange} />;
}

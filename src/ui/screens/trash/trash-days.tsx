// How long the trash keeps what was deleted [D1].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { describeError } from "../../../core/errors.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { formatCount } from "../../parts/format.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";

interface TrashDaysProps {
  readonly app: AppState;
  readonly days: number;
}

export function TrashDays({ app, days }: TrashDaysProps): JSX.Element {
  const { store } = app.cairn;
  const typed = useSignal(String(days));
  const [task] = useState(() => new Task());
  const isChanged = typed.value.trim() !== String(days);
  const save = async (): Promise<void> => {
    const next = typed.value.trim() === "" ? Number.NaN : Number(typed.value);
    await store.setTrashDays(next, days);
    app.undo.offer(`The trash keeps for ${formatCount(next, "day")}.`, async () => {
      await store.setTrashDays(days, next);
      return `The trash keeps for ${formatCount(days, "day")} again.`;
    });
  };
  const problem = task.problem.value;
  return (
    <form
      class="trash-days"
      onSubmit={(event) => {
        event.preventDefault();
        void task.run(save);
      }}
    >
      <Field
        label="Days the trash keeps"
        hint="Afterwards things go for good by themselves."
        problem={problem === null ? "" : describeError(problem)}
      >
        {(control) => (
          <span class="trash-days-line">
            <input
              {...control}
              class="input"
              inputMode="numeric"
              autocomplete="off"
              value={typed.value}
              onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            />
            <Button type="submit" busy={task.isBusy.value} disabled={!isChanged}>
              Save
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}

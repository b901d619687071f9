// A form in place of what it edits.
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Task } from "../state/actions.ts";
import { Button } from "./button.tsx";
import { ErrorNote } from "./error-note.tsx";
import "./panel.css";

interface EditFormProps {
  /** What the button that saves says; `Save` if left out. */
  readonly action?: string;
  readonly isValid: boolean;
  /** Answers whether it was saved. */
  readonly save: () => Promise<boolean>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** More buttons, between saving and leaving. */
  readonly buttons?: ComponentChildren;
}

/** Saves with Ctrl+Enter, is left with Escape; the keyboard starts in its field. */
export function EditForm(props: EditFormProps): JSX.Element {
  const { action = "Save", isValid, save, onClose, children, buttons } = props;
  const form = useRef<HTMLFormElement>(null);
  const [task] = useState(() => new Task());
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("textarea, input")?.focus(), []);
  /** The form goes, so the keyboard goes to what comes in its place. */
  const close = (): void => {
    const section = form.current?.closest("section");
    onClose();
    requestAnimationFrame(() => section?.querySelector<HTMLElement>("header button")?.focus());
  };
  const submit = (): void => {
    if (!isValid) return;
    void task.run(async () => {
      if (await save()) close();
    });
  };
  const problem = task.problem.value;
  return (
    <form
      ref={form}
      class="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      {problem !== null && <ErrorNote problem={problem} />}
      {children}
      <div class="edit-form-buttons">
        <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isValid}>
          {action}
        </Button>
        {buttons}
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}

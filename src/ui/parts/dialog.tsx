// A modal question over the page: the browser's own dialog keeps the keyboard in and gives it back.
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { X } from "lucide";
import { IconButton } from "./button.tsx";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Enter in a field, or the button of type `submit`. */
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
  /** Which of several steps is shown: each begins at its top. */
  readonly step?: string;
  /** The buttons, the one that does it last. */
  readonly buttons: ComponentChildren;
}

export function Dialog(props: DialogProps): JSX.Element {
  const { title, onClose, onSubmit, children, step, buttons } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        // The frame covers the dialog, so only its backdrop is the dialog itself.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <form
        class="dialog-frame"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div class="dialog-header">
          <h2 id={id}>{title}</h2>
          <IconButton icon={X} label="Close (Esc)" onClick={onClose} />
        </div>
        <div key={step} class="dialog-body">
          {children}
        </div>
        <div class="dialog-buttons">{buttons}</div>
      </form>
    </dialog>
  );
}

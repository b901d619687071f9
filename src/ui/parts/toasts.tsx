// Short messages about what just happened, with at most one thing to do about it.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { X } from "lucide";
import { Button, IconButton } from "./button.tsx";
import "./toasts.css";

/** How long a message stays when nobody points at it. */
const SHOWN_MS = 7000;

export interface Toast {
  readonly text: string;
  readonly kind?: "info" | "success" | "error";
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Where what the message is about can be seen. */
  readonly link?: { readonly label: string; readonly hash: string };
}

interface ShownToast extends Toast {
  readonly id: number;
}

/** The messages on screen. */
export class Toasts {
  readonly #shown = signal<readonly ShownToast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #lastId = 0;

  get shown(): ReadonlySignal<readonly ShownToast[]> {
    return this.#shown;
  }

  /** Shows a message, and answers its id. An error stays until it is closed. */
  show(toast: Toast): number {
    const id = ++this.#lastId;
    this.#shown.value = [...this.#shown.value.slice(-3), { ...toast, id }];
    this.resume(id);
    return id;
  }

  close(id: number): void {
    this.pause(id);
    this.#shown.value = this.#shown.value.filter((toast) => toast.id !== id);
  }

  /** Keeps a message while it is pointed at or focused. */
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  resume(id: number): void {
    const toast = this.#shown.value.find((shown) => shown.id === id);
    if (toast === undefined || toast.kind === "error" || this.#timers.has(id)) return;
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), SHOWN_MS),
    );
  }
}

export function ToastStack({ toasts }: { readonly toasts: Toasts }): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.shown.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast is-${toast.kind ?? "info"}`}
          onMouseEnter={() => toasts.pause(toast.id)}
          onMouseLeave={() => toasts.resume(toast.id)}
          onFocusCapture={() => toasts.pause(toast.id)}
          onBlurCapture={() => toasts.resume(toast.id)}
        >
          <p>
            {toast.text}
            {toast.link !== undefined && (
              <>
                {" "}
                <a href={toast.link.hash}>{toast.link.label}</a>
              </>
            )}
          </p>
          {toast.action !== undefined && (
            <Button
              small
              variant="ghost"
              onClick={() => {
                toasts.close(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon={X} label="Close message" onClick={() => toasts.close(toast.id)} />
        </div>
      ))}
    </div>
  );
}

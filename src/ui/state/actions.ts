// What a person does: one way to say that it failed, and to wait for it in a form.
import { signal, type ReadonlySignal } from "@preact/signals";
import { describeError, isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { Toasts } from "../parts/toasts.tsx";

/** Runs an action; what goes wrong is said. Answers whether it went well. */
export async function attempt(toasts: Toasts, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (!isCairnError(error, "aborted"))
      toasts.show({ kind: "error", text: describeError(problemOf(error)) });
    return false;
  }
}

/** One action of a form or dialog: whether it is under way, and what went wrong, to be shown there. */
export class Task {
  readonly #isBusy = signal(false);
  readonly #problem = signal<Problem | null>(null);

  get isBusy(): ReadonlySignal<boolean> {
    return this.#isBusy;
  }

  get problem(): ReadonlySignal<Problem | null> {
    return this.#problem;
  }

  /** Runs the action, unless one is under way. */
  async run(action: () => Promise<void>): Promise<void> {
    if (this.#isBusy.value) return;
    this.#isBusy.value = true;
    this.#problem.value = null;
    try {
      await action();
    } catch (error) {
      if (!isCairnError(error, "aborted")) this.#problem.value = problemOf(error);
    } finally {
      this.#isBusy.value = false;
    }
  }
}

// What was done in this tab and can be taken back: by the message that says so, or with Ctrl+Z, newest first.
import type { Toast, Toasts } from "../parts/toasts.tsx";
import { attempt } from "./actions.ts";

/** Takes an action back, and answers what is said then. Throws when somebody changed it since. */
export type Undo = () => Promise<string>;

interface Done {
  readonly undo: Undo;
  /** The message that offers it. */
  readonly toast: number;
}

/** Older ones are forgotten; History still has them. */
const KEPT = 50;

export class UndoState {
  readonly #toasts: Toasts;
  #done: readonly Done[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  /** Says that something was done and where it is seen, and offers to take it back. */
  offer(text: string, undo: Undo, link?: Toast["link"]): void {
    const toast = this.#toasts.show({
      kind: "success",
      text,
      ...(link !== undefined && { link }),
      action: { label: "Undo", run: () => void this.#takeBack(toast) },
    });
    this.#done = [...this.#done.slice(1 - KEPT), { undo, toast }];
  }

  /** Takes back what was done last; again, what was done before that. */
  undoLast(): Promise<void> {
    const last = this.#done.at(-1);
    if (last !== undefined) return this.#takeBack(last.toast);
    this.#toasts.show({ text: "Nothing was done in this tab that can be undone." });
    return Promise.resolve();
  }

  /** Each only once, and one after the other: the next may build on this one. */
  async #takeBack(toast: number): Promise<void> {
    const found = this.#done.find((done) => done.toast === toast);
    if (found === undefined) return;
    this.#done = this.#done.filter((done) => done !== found);
    this.#toasts.close(toast);
    const before = this.#last;
    const run = async (): Promise<void> => {
      await before;
      await attempt(this.#toasts, async () => {
        const text = await found.undo();
        this.#toasts.show({ text });
      });
    };
    this.#last = run();
    await this.#last;
  }
}

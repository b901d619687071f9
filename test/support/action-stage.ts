// What the actions of a page need, with a store that answers as told: what it is asked, what is said.
import type { Cairn } from "../../src/client/cairn.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { Toasts } from "../../src/ui/parts/toasts.tsx";
import { UndoState } from "../../src/ui/state/undo-state.ts";
import { fakeStore } from "./fake-store.ts";

export class ActionStage {
  readonly toasts = new Toasts();
  readonly undo = new UndoState(this.toasts);
  /** The calls noted so far, each with its name first. */
  readonly calls: unknown[][] = [];

  appOf(given: Partial<StoreApi>) {
    const { toasts, undo } = this;
    return { cairn: { store: fakeStore(given) } as Cairn, toasts, undo };
  }

  /** A method that notes each call, and answers. */
  noted<T>(name: string, answer: T) {
    return (...args: unknown[]): Promise<T> => {
      this.calls.push([name, ...args]);
      return Promise.resolve(answer);
    };
  }

  /** What was said so far. */
  texts(): readonly string[] {
    return this.toasts.shown.value.map(({ text }) => text);
  }
}

// What can be done at this place: screens offer it, and the search finds it.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { IconNode } from "lucide";
import { useEffect } from "preact/hooks";

/** Something that can be done now. */
export interface FindAction {
  readonly label: string;
  readonly icon: IconNode;
  readonly run: () => void;
  /** Other words that people look for it by. */
  readonly words?: string;
  /** What it is about, such as the version it is done to. */
  readonly detail?: string;
}

const offers = signal<readonly (readonly FindAction[])[]>([]);

/** What the screens now shown offer, the one shown last first. */
export const offeredActions: ReadonlySignal<readonly (readonly FindAction[])[]> = offers;

/** Offers actions while the component is shown. */
export function useFindActions(actions: readonly FindAction[]): void {
  useEffect(() => {
    offers.value = [actions, ...offers.peek()];
    return () => {
      offers.value = offers.peek().filter((other) => other !== actions);
    };
  });
}

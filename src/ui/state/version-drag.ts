// A version on its way to a collection by pointer; nothing is linked until it is let go there.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { VersionNumber } from "../../core/version.ts";

/** `registry/collection`, or `""` for the dialog, which has all the others. */
export type LinkTarget = string;

export class VersionDrag {
  readonly #held = signal<VersionNumber | null>(null);
  readonly #target = signal<LinkTarget | null>(null);
  /** Where the pointer is, in the window. */
  readonly place = signal({ x: 0, y: 0 });

  get held(): ReadonlySignal<VersionNumber | null> {
    return this.#held;
  }

  /** Where it would be linked. */
  get target(): ReadonlySignal<LinkTarget | null> {
    return this.#target;
  }

  pickUp(number: VersionNumber): void {
    this.#held.value = number;
    this.#target.value = null;
  }

  aim(target: LinkTarget | null): void {
    if (this.#held.value !== null) this.#target.value = target;
  }

  /** Puts it where it is aimed at; beside the shelf that is a cancel. */
  putDown(onto: (number: VersionNumber, target: LinkTarget) => void): void {
    const [held, target] = [this.#held.value, this.#target.value];
    this.cancel();
    if (held !== null && target !== null) onto(held, target);
  }

  cancel(): void {
    this.#held.value = null;
    this.#target.value = null;
  }
}

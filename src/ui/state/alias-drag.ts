// An alias on its way along the timeline, by pointer or by keys; nothing moves until it is put down.
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Alias } from "../../core/names.ts";
import type { VersionNumber } from "../../core/version.ts";

export interface HeldAlias {
  readonly alias: Alias;
  readonly from: VersionNumber;
  readonly by: "pointer" | "keys";
}

type PutDown = (alias: Alias, to: VersionNumber) => void;

export class AliasDrag {
  readonly #held = signal<HeldAlias | null>(null);
  readonly #target = signal<VersionNumber | null>(null);
  /** Where the pointer is, in the window. */
  readonly place = signal({ x: 0, y: 0 });

  get held(): ReadonlySignal<HeldAlias | null> {
    return this.#held;
  }

  /** The version it would go to. */
  get target(): ReadonlySignal<VersionNumber | null> {
    return this.#target;
  }

  pickUp(held: HeldAlias): void {
    this.#held.value = held;
    this.#target.value = held.by === "keys" ? held.from : null;
  }

  aim(target: VersionNumber | null): void {
    if (this.#held.value !== null) this.#target.value = target;
  }

  /**
   * Aims at another version with a key.
   *
   * @param numbers the timeline, newest first
   * @returns false for a key that means nothing here
   */
  aimByKey(key: string, numbers: readonly VersionNumber[]): boolean {
    const step = STEPS[key];
    if (step === undefined) return false;
    const at = numbers.findIndex((number) => number === this.#target.value);
    const to = Math.min(numbers.length - 1, Math.max(0, at + step));
    this.aim(numbers[to] ?? null);
    return true;
  }

  /** Puts it where it is aimed at; where it came from, or nowhere, that is a cancel. */
  putDown(onto: PutDown): void {
    const [held, target] = [this.#held.value, this.#target.value];
    this.cancel();
    if (held !== null && target !== null && target !== held.from) onto(held.alias, target);
  }

  cancel(): void {
    this.#held.value = null;
    this.#target.value = null;
  }
}

/** Down the list is older. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

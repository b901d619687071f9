// Whether there is anything to say of bytes on their way: known to every page, without the code that moves them.
import { signal } from "@preact/signals";

interface Told {
  readonly isShown: boolean;
}

const job = signal<Told | null>(null);

/** Makes the job known that the pages tell of. */
export function tellOf(moving: Told): void {
  job.value = moving;
}

/** Whether bytes are on their way, or failed to be. */
export function hasBytesToTell(): boolean {
  return job.value?.isShown === true;
}

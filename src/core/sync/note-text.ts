// What was settled between devices, in a sentence.
import type { SyncNote } from "./ops.ts";
import type { DeviceId } from "./shared.ts";

/** @param nameOf a device's name for people */
export function describeNote(note: SyncNote, nameOf: (device: DeviceId) => string): string {
  throw new Error(`not yet ${note.kind} ${nameOf.length}`);
}

// What was settled between devices, in a sentence.
import { assertNever } from "../brand.ts";
import { formatVersion, type VersionNumber } from "../version.ts";
import type { RunField, SyncNote } from "./ops.ts";
import type { DeviceId } from "./shared.ts";

/** @param nameOf a device's name for people */
export function describeNote(note: SyncNote, nameOf: (device: DeviceId) => string): string {
  const { name } = note;
  switch (note.kind) {
    case "renumbered": {
      const taker = note.by === null ? "another device" : nameOf(note.by);
      return `${spec(name, note.from)} is ${formatVersion(note.to)} now: ${taker} used that number first.`;
    }
    case "became-one":
      return note.was === note.number
        ? `${spec(name, note.number)} has the same content here and on another device, and is one version now.`
        : `${spec(name, note.was)} has the same content as ${formatVersion(note.number)}, so the two are one version: ${formatVersion(note.number)}.`;
    case "alias-moved-twice":
      return `${nameOf(note.by)} moved the alias “${note.alias}” of “${name}” ${to(note.other)}, and you moved it, too. The later move stands: it is ${on(note.stands)}.`;
    case "edited-twice": {
      const what = note.number === null ? `“${name}”` : spec(name, note.number);
      return `The ${note.field} of ${what} ${note.field === "tags" ? "were" : "was"} edited on two devices. The later edit stands.`;
    }
    case "run-edited-twice": {
      const fields = note.fields.map((field) => RUN_WORDS[field]);
      return `The ${fields.join(" and the ")} of the run “${name}” ${fields.length === 1 ? "was" : "were"} edited on two devices. The later edit stands.`;
    }
    case "delete-refused":
      return `${nameOf(note.by)} deleted ${spec(name, note.number)}, but it has ${note.why} now, so it stays.`;
    case "deleted":
      return `${nameOf(note.by)} deleted ${spec(name, note.number)}. It is in the trash until that is emptied.`;
    case "project-deleted": {
      const who = note.by === null ? "Another device" : nameOf(note.by);
      const what = note.versions === 1 ? "one version" : `${note.versions} versions`;
      return note.versions === 0
        ? `${who} deleted the project “${name}”.`
        : `${who} deleted the project “${name}” with ${what}. What was in it is in the trash until that is emptied.`;
    }
    case "restored":
      return `${spec(name, note.number)} was deleted on one device and is needed on another, so it is back.`;
    case "alias-lost":
      return `The alias “${note.alias}” of “${name}” was put on a version that is gone for good, so it was not moved.`;
    case "type-differs":
      return `“${name}” was made with two types on two devices. It stays “${note.stands}”, not “${note.other}”.`;
    default:
      return assertNever(note);
  }
}

const RUN_WORDS: Readonly<Record<RunField, string>> = {
  name: "name",
  config: "config",
  state: "state",
  startedAt: "beginning",
  endedAt: "end",
  deletedAt: "delete",
};

function spec(name: string, number: VersionNumber): string {
  return `“${name}:${formatVersion(number)}”`;
}

function to(number: VersionNumber | null): string {
  return number === null ? "off its version" : `to ${formatVersion(number)}`;
}

function on(number: VersionNumber | null): string {
  return number === null ? "on no version" : `on ${formatVersion(number)}`;
}

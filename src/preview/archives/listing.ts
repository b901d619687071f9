// The list of an archive's entries while it is read: keeps as many as a page can show, and counts all.
import type { ArchiveEntry } from "../../protocol/preview-api.ts";
import { formatCount, Notes, type Fault } from "../heads/notes.ts";

/** What `ArchivePreview` promises to hold. */
export const MAX_ENTRIES = 100_000;
/** Characters of a path that are kept: longer than any system allows. */
export const MAX_PATH = 4096;

const UNSAFE: Fault = {
  one: "has a path that leads out of the archive",
  many: "have paths that lead out of the archive",
};

export class Listing {
  readonly entries: ArchiveEntry[] = [];
  readonly notes = new Notes("entries");
  count = 0;
  sizeBytes = 0;

  add(entry: ArchiveEntry): void {
    this.count++;
    this.sizeBytes += entry.sizeBytes;
    if (this.entries.length < MAX_ENTRIES) this.entries.push(entry);
    if (leadsOut(entry.path)) this.notes.add(UNSAFE, entry.path);
  }

  /** All that is to be said, with a note where not all entries are listed. */
  finish(): readonly string[] {
    if (this.count > this.entries.length)
      this.notes.say(
        `Only the first ${formatCount(MAX_ENTRIES)} of ${formatCount(this.count)} entries are listed.`,
      );
    return this.notes.all();
  }
}

/** Whether careless unpacking would write the path outside of its folder. */
function leadsOut(path: string): boolean {
  return /^[/\\]|^[A-Za-z]:[/\\]/.test(path) || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path);
}

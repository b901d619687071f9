// The whole page as a drop target, and paste.
import { signal, type ReadonlySignal } from "@preact/signals";
import { hasFiles } from "../../client/pick/read-transfer.ts";
import type { FindState } from "../state/find-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import type { IngestState } from "./ingest-state.ts";

/**
 * Where a drag of files is now: nowhere, over the open sheet, over the rest of the page; or anywhere,
 * with the key held that has them identified instead of kept.
 */
export type DragPlace = "none" | "sheet" | "page" | "identify";

/** A drag that leaves one element enters the next within this time; else it has left the page. */
const LEAVE_MS = 120;

/** Listens to drags and pastes on the whole page. Returns where a drag is, and the way to stop. */
export function listenToPage(
  ingest: IngestState,
  find: FindState,
): {
  readonly place: ReadonlySignal<DragPlace>;
  readonly stop: () => void;
} {
  const place = signal<DragPlace>("none");
  const stop = new AbortController();
  let leaving: ReturnType<typeof setTimeout> | undefined;
  /** A drag that began in this page, of a link or a piece of text, is nobody's drop. */
  let isOwnDrag = false;

  function end(): void {
    clearTimeout(leaving);
    place.value = "none";
  }

  // Enter and leave can't be counted: Safari and removed elements drop some. Drags repeat "over"
  // all the time, so a leave with nothing after it is a real one. Esc ends with a leave too.
  function over(event: DragEvent): void {
    if (isOwnDrag || event.dataTransfer === null) return;
    const isFiles = hasFiles(event.dataTransfer);
    if (!isFiles && isEditable(event.target)) return;
    event.preventDefault();
    if (!isFiles) return;
    event.dataTransfer.dropEffect = effectOf(event.dataTransfer);
    clearTimeout(leaving);
    const where = isInSheet(event.target) ? "sheet" : "page";
    place.value = isToIdentify(event) ? "identify" : where;
  }

  function leave(): void {
    clearTimeout(leaving);
    leaving = setTimeout(end, LEAVE_MS);
  }

  function drop(event: DragEvent): void {
    end();
    if (isOwnDrag || event.dataTransfer === null) return;
    if (!hasFiles(event.dataTransfer) && isEditable(event.target)) return;
    event.preventDefault();
    if (isToIdentify(event)) find.dropToIdentify(event.dataTransfer);
    else if (!isReadOnly())
      ingest.drop(event.dataTransfer, isInSheet(event.target) ? ingest.open.value : null);
  }

  function paste(event: ClipboardEvent): void {
    const clipboard = event.clipboardData;
    if (clipboard === null || event.defaultPrevented) return;
    // A spreadsheet copies text and a picture of it: into a field goes the text.
    if (
      isEditable(event.target) &&
      (!hasFiles(clipboard) || clipboard.types.includes("text/plain"))
    )
      return;
    event.preventDefault();
    if (!isReadOnly()) ingest.drop(clipboard, ingest.open.value);
  }

  const options = { signal: stop.signal };
  addEventListener("dragstart", () => (isOwnDrag = true), options);
  addEventListener("dragend", () => (isOwnDrag = false), options);
  addEventListener("dragenter", over, options);
  addEventListener("dragover", over, options);
  addEventListener("dragleave", leave, options);
  addEventListener("drop", drop, options);
  addEventListener("paste", paste, options);
  return { place, stop: () => (end(), stop.abort()) };
}

/**
 * Browsers tell of both keys during a drag; where a system gives Shift a meaning of its own, Alt is
 * left. Where nothing can be kept, identifying is all there is.
 */
function isToIdentify({ shiftKey, altKey, dataTransfer }: DragEvent): boolean {
  return (shiftKey || altKey || isReadOnly()) && hasFiles(dataTransfer);
}

/** A held key may leave only links. A move is never accepted: it would delete the files. */
function effectOf({ effectAllowed }: DataTransfer): "copy" | "link" {
  return effectAllowed === "link" || effectAllowed === "linkMove" ? "link" : "copy";
}

/** Marks the sheet for {@link listenToPage}. */
export const SHEET_CLASS = "ingest-sheet";

function isInSheet(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`.${SHEET_CLASS}`) !== null;
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null
  );
}

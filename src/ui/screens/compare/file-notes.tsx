// What a person should know of a comparison: cut off, damaged, only its layout differs.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import "./file-detail.css";

export function FileNotes({ notes }: { readonly notes: readonly string[] }): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <div class="file-notes">
      {notes.map((note) => (
        <span key={note}>{showHidden(note)}</span>
      ))}
    </div>
  );
}

// Shown while files are dragged over the page.
import type { JSX } from "preact";
import { FileSearch, PackageOpen } from "lucide";
import { Icon } from "../parts/icon.tsx";
import type { DragPlace } from "./page-drop.ts";

export function DropOverlay({
  place,
  hasSheet,
}: {
  readonly place: DragPlace;
  readonly hasSheet: boolean;
}): JSX.Element {
  const isIdentify = place === "identify";
  return (
    <div
      class={`ingest-overlay${hasSheet && !isIdentify ? " beside-sheet" : ""}${place === "sheet" ? " is-faint" : ""}`}
      aria-hidden="true"
    >
      <div class="ingest-overlay-card">
        <Icon icon={isIdentify ? FileSearch : PackageOpen} size={32} />
        {isIdentify ? (
          <>
            <strong>Drop to identify</strong>
            <span>Says which versions hold these bytes. Nothing is stored.</span>
          </>
        ) : (
          <>
            <strong>
              {hasSheet ? "Drop to make another artifact" : "Drop to make an artifact"}
            </strong>
            <span>
              {hasSheet
                ? "It waits its turn. Drop on the sheet to add to the open draft."
                : "Files and folders, of any size."}
            </span>
            <span>
              Hold <kbd>Shift</kbd> to identify
            </span>
          </>
        )}
      </div>
    </div>
  );
}

// What lies over the page while something is dragged, staged or queued.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { h, type ComponentType, type JSX } from "preact";
import { DropOverlay } from "./drop-overlay.tsx";
import type { DragPlace } from "./page-drop.ts";
import { Tray } from "./tray.tsx";
import type { IngestState } from "./ingest-state.ts";
import type { SheetProps } from "./sheet.tsx";
import "./ingest.css";

interface IngestLayerProps {
  readonly ingest: IngestState;
  /** Where files are being dragged now. */
  readonly place: DragPlace;
}

/** The drop overlay, the open draft's sheet, and the tray of the others. Render it once, last in the page. */
export function IngestLayer({ ingest, place }: IngestLayerProps): JSX.Element {
  useSignalEffect(() => {
    if (ingest.drafts.value.length === 0) return undefined;
    // Drafts live in this page only.
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  });
  const open = ingest.open.value;
  return (
    <>
      <Tray ingest={ingest} />
      {open !== null && (
        <LazySheet key={open.id} ingest={ingest} draft={open} isDropTarget={place === "sheet"} />
      )}
      {place !== "none" && <DropOverlay place={place} hasSheet={open !== null} />}
    </>
  );
}

/** The sheet's code comes with the first draft: a page that is only read never loads it. */
function LazySheet(props: SheetProps): JSX.Element | null {
  const [loaded, setLoaded] = useState<{ readonly component: ComponentType<SheetProps> } | null>(
    null,
  );
  useEffect(() => {
    import("./sheet.tsx").then(
      ({ Sheet }) => setLoaded({ component: Sheet }),
      (error: unknown) => console.error("the staging sheet could not be loaded", error),
    );
  }, []);
  return loaded === null ? null : h(loaded.component, props);
}

// The staging sheet: what a draft will log, and what that would change. Nothing is committed without it.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { Minimize2, X } from "lucide";
import { formatVersion } from "../../core/version.ts";
import { formatBytes } from "../parts/format.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { draftTitle } from "./draft-label.ts";
import { DraftFileList } from "./draft-file-list.tsx";
import { DraftForm } from "./draft-form.tsx";
import { DraftSummary } from "./draft-summary.tsx";
import { SHEET_CLASS } from "./page-drop.ts";
import type { DraftState } from "./draft-state.ts";
import type { IngestState } from "./ingest-state.ts";
import "./sheet.css";

export interface SheetProps {
  readonly ingest: IngestState;
  readonly draft: DraftState;
  /** Files are being dragged over it now. */
  readonly isDropTarget: boolean;
}

export function Sheet({ ingest, draft, isDropTarget }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLElement>(null);
  useFocusInside(sheet);
  const title = draftTitle(draft);
  const commit = (): void => {
    draft.commit();
    requestAnimationFrame(() => focusProblem(sheet.current));
  };
  const queued = ingest.drafts.value.length - 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) ingest.minimise();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) commit();
    else return;
    event.preventDefault();
  };
  // In place before the sheet is seen: a key pressed at once must not be lost.
  // A button that is gone once pressed, such as "Remove", leaves the focus to the page's body.
  useLayoutEffect(() => {
    const onOrphanKey = (event: KeyboardEvent): void => {
      if (event.target === document.body) onKeyDown(event);
    };
    document.addEventListener("keydown", onOrphanKey);
    return () => document.removeEventListener("keydown", onOrphanKey);
  });
  return (
    <section
      ref={sheet}
      class={`${SHEET_CLASS}${isDropTarget ? " is-drop-target" : ""}`}
      role="dialog"
      aria-label={`Draft ${title}`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {/* No header and footer elements: below a dialog role they would be the page's own. */}
      <div class="sheet-header">
        <div>
          <h2>{title}</h2>
          <p class="muted">
            {draft.start === null
              ? "A draft. Nothing is committed yet"
              : `A draft that starts from ${formatVersion(draft.start.version.number)}: its files are kept, not copied. Nothing is committed yet`}
            {queued > 0 && ` · ${queued} more waiting`}
          </p>
        </div>
        <IconButton
          icon={Minimize2}
          label="Put aside; it goes on in the tray (Esc)"
          onClick={() => ingest.minimise()}
        />
        <IconButton
          icon={X}
          label="Cancel draft; nothing of it is kept"
          onClick={() => ingest.cancel(draft)}
        />
      </div>
      <div class="sheet-body" inert={draft.phase.value === "committing"}>
        <Problems ingest={ingest} draft={draft} />
        <DraftForm draft={draft} />
        <DraftFileList ingest={ingest} draft={draft} />
      </div>
      <div class="sheet-footer">
        <DraftSummary draft={draft} />
        <CommitButton draft={draft} onCommit={commit} />
      </div>
    </section>
  );
}

/** Goes to the first field that stands in the way of a commit, wherever it is folded up. */
function focusProblem(sheet: HTMLElement | null): void {
  const field = sheet?.querySelector<HTMLElement>("[aria-invalid=true]");
  for (let at = field?.closest("details"); at; at = at.parentElement?.closest("details"))
    at.open = true;
  field?.focus();
}

function CommitButton({
  draft,
  onCommit,
}: {
  readonly draft: DraftState;
  readonly onCommit: () => void;
}): JSX.Element {
  if (draft.isCommitWanted.value && draft.phase.value !== "committing")
    return (
      <Button
        onClick={() => draft.takeBackCommit()}
        title="Commits by itself once everything is staged. Press to take it back."
      >
        Committing when ready · undo
      </Button>
    );
  return (
    <Button
      variant="primary"
      busy={draft.phase.value === "committing"}
      disabled={draft.phase.value === "halted"}
      title="Ctrl+Enter"
      onClick={onCommit}
    >
      Commit
    </Button>
  );
}

/** What stands in the way of the whole draft, with the way out of each. */
function Problems({
  ingest,
  draft,
}: {
  readonly ingest: IngestState;
  readonly draft: DraftState;
}): JSX.Element {
  const halted = draft.halted.value;
  const commit = draft.commitProblem.value;
  const comparison = draft.comparison.value;
  const free = freeBytes(ingest);
  const needed = draft.files.totals.value.sizeBytes;
  return (
    <>
      {halted !== null && (
        <ErrorNote problem={halted}>
          <Button small onClick={() => void draft.resume()}>
            Try again
          </Button>
        </ErrorNote>
      )}
      {commit !== null && <ErrorNote problem={commit} />}
      {comparison.kind === "failed" && <ErrorNote problem={comparison.problem} />}
      {halted === null && free !== null && needed > free && (
        <p class="sheet-warning" role="status">
          These files take {formatBytes(needed)}, and the browser has {formatBytes(free)} left for
          Cairn. Files it holds already take nothing; the rest may not fit.
        </p>
      )}
    </>
  );
}

function freeBytes(ingest: IngestState): number | null {
  const storage = ingest.storage.value;
  if (storage === null || storage.quotaBytes === null || storage.usageBytes === null) return null;
  return storage.quotaBytes - storage.usageBytes;
}

/** The keyboard moves into the sheet when it opens, and back to where it was when it closes. */
function useFocusInside(sheet: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [sheet]);
}

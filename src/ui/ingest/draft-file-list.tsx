// The files of a draft: filtered, searched, removed and put back.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { FilePlus2, FolderPlus, Undo2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { Button } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { formatCount } from "../parts/format.ts";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { olderTwins, type PathReport } from "./draft-paths.ts";
import { DraftFileRow } from "./draft-file-row.tsx";
import type { DraftState } from "./draft-state.ts";
import { countLines, linesOf, type FileFilter } from "./file-view.ts";
import { IgnorePanel } from "./ignore-panel.tsx";
import type { IngestState } from "./ingest-state.ts";
import { RootField } from "./root-field.tsx";

const FILTERS: readonly { readonly filter: FileFilter; readonly label: string }[] = [
  { filter: "all", label: "All" },
  { filter: "failed", label: "In the way" },
  { filter: "added", label: "Added" },
  { filter: "changed", label: "Changed" },
  { filter: "removed", label: "Removed" },
  { filter: "left_out", label: "Left out" },
];
const ROW_HEIGHT = 40;

interface DraftFileListProps {
  readonly ingest: IngestState;
  readonly draft: DraftState;
}

export function DraftFileList({ ingest, draft }: DraftFileListProps): JSX.Element {
  const filter = useSignal<FileFilter>("all");
  const search = useSignal("");
  const counts = countLines(draft);
  const shown = FILTERS.filter((choice) => choice.filter === "all" || counts[choice.filter] > 0);
  const current = shown.some((choice) => choice.filter === filter.value) ? filter.value : "all";
  const lines = linesOf(draft, current, search.value);
  const removable = lines.filter(
    (line) => typeof line !== "string" && !line.isRemoved && line.ignoredBy === null,
  );
  const isNarrowed = current !== "all" || search.value !== "";
  const undoable = draft.files.undoableCount;
  return (
    <section class="draft-files" aria-label="Files of the draft">
      <div class="draft-files-head">
        <h3>Files</h3>
        <Button small icon={FilePlus2} onClick={() => ingest.chooseFiles(draft)}>
          Add files
        </Button>
        <Button small icon={FolderPlus} onClick={() => ingest.chooseFolder(draft)}>
          Add folder
        </Button>
      </div>
      <RootField draft={draft} />
      <IgnorePanel ingest={ingest} draft={draft} />
      <PathNotes draft={draft} report={draft.paths.value} />
      <div class="draft-files-tools">
        <div class="draft-filters" role="group" aria-label="Show">
          {shown.map((choice) => (
            <button
              key={choice.filter}
              type="button"
              aria-pressed={current === choice.filter}
              class={`filter-${choice.filter}`}
              onClick={() => (filter.value = choice.filter)}
            >
              {choice.label} <span>{counts[choice.filter].toLocaleString("en")}</span>
            </button>
          ))}
        </div>
        <SearchInput
          label="Search in paths"
          value={search.value}
          onInput={(text) => (search.value = text)}
        />
      </div>
      {(undoable > 0 || (isNarrowed && removable.length > 0 && current !== "left_out")) && (
        <div class="draft-files-acts">
          {isNarrowed && removable.length > 0 && (
            <Button
              small
              onClick={() =>
                draft.files.remove(removable.filter((line) => typeof line !== "string"))
              }
            >
              Remove the {formatCount(removable.length, "file")} shown
            </Button>
          )}
          {undoable > 0 && (
            <Button small variant="ghost" icon={Undo2} onClick={() => draft.files.undoRemoval()}>
              Put back {formatCount(undoable, "file")}
            </Button>
          )}
        </div>
      )}
      <VirtualList
        class="draft-lines"
        count={lines.length}
        rowHeight={ROW_HEIGHT}
        attributes={{ role: "list", "aria-label": "Files", tabIndex: 0 }}
        renderRow={(i) => {
          const line = lines[i];
          return line === undefined ? null : <DraftFileRow draft={draft} line={line} />;
        }}
      />
      {draft.emptyFolders.value > 0 && (
        <p class="muted draft-small">
          {formatCount(draft.emptyFolders.value, "empty folder")} not kept
        </p>
      )}
    </section>
  );
}

function PathNotes({
  draft,
  report,
}: {
  readonly draft: DraftState;
  readonly report: PathReport | null;
}): JSX.Element | null {
  if (report === null) return null;
  const [twin] = report.twins;
  const { conflict } = report;
  const older =
    conflict?.code === "path_conflict" && conflict.data.reason === "duplicate"
      ? olderTwins(report)
      : [];
  return (
    <>
      {conflict !== null && (
        <ErrorNote problem={conflict}>
          {older.length > 0 && (
            <Button small onClick={() => draft.files.remove(older)}>
              Keep the newer {older.length === 1 ? "one" : "ones"}
            </Button>
          )}
        </ErrorNote>
      )}
      {twin !== undefined && (
        <p class="sheet-warning">
          “{showHidden(twin.first)}” and “{showHidden(twin.second)}” differ only in letter case or
          accents
          {report.twins.length > 1 && `, and ${report.twins.length - 1} more pairs do`}. Both are
          kept; a disk of macOS or Windows can't hold both, so a download renames one.
        </p>
      )}
    </>
  );
}

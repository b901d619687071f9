// What is in a zip or tar: only its list is read.
import { useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { File, Folder } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { ArchiveEntry, ArchivePreview } from "../../protocol/preview-api.ts";
import { formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./archive-viewer.css";

const ROW_HEIGHT = 30;

export function ArchiveViewer({ preview }: ViewerProps<ArchivePreview>): JSX.Element {
  const [query, setQuery] = useState("");
  const { entries, entryCount, sizeBytes, format } = preview;
  const shown = useMemo(() => {
    const text = query.trim().toLowerCase();
    return text === "" ? entries : entries.filter(({ path }) => path.toLowerCase().includes(text));
  }, [entries, query]);
  return (
    <div class="viewer">
      <ViewerBar>
        <SearchInput label="Search in the archive" value={query} onInput={setQuery} />
        <span aria-live="polite">
          {query === ""
            ? `${format}, ${formatCount(entryCount, "entry", "entries")}, ${formatBytes(sizeBytes)} unpacked`
            : `${shown.length.toLocaleString("en")} of ${formatCount(entries.length, "entry", "entries")}`}
        </span>
      </ViewerBar>
      {shown.length === 0 ? (
        <p class="viewer-empty">
          {query === "" ? "This archive is empty." : "No path contains this text."}
        </p>
      ) : (
        <VirtualList
          count={shown.length}
          rowHeight={ROW_HEIGHT}
          attributes={{ role: "list", tabIndex: 0, "aria-label": "Files in the archive" }}
          renderRow={(i) => {
            const entry = shown[i];
            return entry === undefined ? null : <Line entry={entry} />;
          }}
        />
      )}
    </div>
  );
}

function Line({ entry }: { readonly entry: ArchiveEntry }): JSX.Element {
  const { path, isFolder, sizeBytes, packedBytes, modifiedAt } = entry;
  const time = modifiedAt === null || Number.isNaN(Date.parse(modifiedAt)) ? null : modifiedAt;
  return (
    <div class="archive-line" role="listitem">
      <Icon icon={isFolder ? Folder : File} />
      <span class="archive-path" title={showHidden(path)}>
        {showHidden(path)}
      </span>
      <span class="archive-number">{!isFolder && formatBytes(sizeBytes)}</span>
      <span class="archive-number muted" title="Packed">
        {!isFolder && packedBytes !== null && formatBytes(packedBytes)}
      </span>
      <span class="archive-number muted">{time !== null && formatTime(time)}</span>
    </div>
  );
}

// A virtual tree of the files of two versions: folders say what happened in them.
import { useEffect, useId, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronRight, Folder, FolderOpen } from "lucide";
import { FILE_MARKS, type ComparedFile } from "../../../core/compare-manifests.ts";
import { showHidden } from "../../../core/errors.ts";
import { formatBytes } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { VirtualList } from "../../parts/virtual-list.tsx";
import {
  byteChangeOf,
  type CompareLine,
  type CompareTreeState,
  type MarkCounts,
} from "../../state/compare-state.ts";
import { ByteChange } from "./byte-change.tsx";
import { onCompareKey } from "./compare-keys.ts";
import { MarkIcon, wordOf } from "./mark.tsx";
import "./compare-tree.css";

interface CompareTreeProps {
  readonly tree: CompareTreeState;
  readonly chosen: ComparedFile | null;
  readonly onOpen: (path: string) => void;
}

const ROW_HEIGHT = 34;

export function CompareTree({ tree, chosen, onOpen }: CompareTreeProps): JSX.Element {
  const id = useId();
  const lines = tree.lines.value;
  const active = Math.min(tree.active.value, lines.length - 1);
  // Only the keyboard brings its line into view; scrolling by hand is left alone.
  const reveal = useRef<number | null>(null);
  useEffect(() => {
    reveal.current = null;
  });
  if (lines.length === 0)
    return (
      <p class="card compare-tree-empty muted">
        {tree.comparison.files.length === 0
          ? "Neither version has files."
          : "No file of this kind has such a path."}
      </p>
    );
  return (
    <div class="card compare-tree">
      <VirtualList
        class="compare-lines"
        count={lines.length}
        rowHeight={ROW_HEIGHT}
        reveal={reveal.current}
        keyOf={(i) => keyOf(lines[i])}
        attributes={{
          role: "tree",
          tabIndex: 0,
          "aria-label": "Changed files. Arrows move and unfold, Enter shows what changed.",
          "aria-activedescendant": `${id}-${active}`,
          onKeyDown: (event) => {
            if (onCompareKey(event, tree, onOpen)) reveal.current = tree.active.value;
          },
        }}
        renderRow={(i) => {
          const line = lines[i];
          return line === undefined ? null : (
            <Line
              id={`${id}-${i}`}
              tree={tree}
              line={line}
              isActive={i === active}
              isChosen={line.kind === "file" && line.file === chosen}
              onPress={() => {
                tree.active.value = i;
                if (line.kind === "file") onOpen(line.path);
                else tree.setOpen(line.prefix, !tree.isOpen(line.prefix));
              }}
            />
          );
        }}
      />
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly tree: CompareTreeState;
  readonly line: CompareLine;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}

function Line({ id, tree, line, isActive, isChosen, onPress }: LineProps): JSX.Element {
  const isOpen = line.kind === "folder" && tree.isOpen(line.prefix);
  const expanded = line.kind === "folder" ? { "aria-expanded": isOpen } : {};
  return (
    <div
      id={id}
      class={`compare-line${isActive ? " is-active" : ""}${isChosen ? " is-chosen" : ""}`}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-selected={isChosen}
      title={showHidden(line.label)}
      {...expanded}
      onClick={onPress}
    >
      <span class="compare-indent" style={{ width: `${line.depth * 0.9}rem` }} />
      {line.kind === "folder" ? (
        <>
          <span class={`compare-fold${isOpen ? " is-open" : ""}`}>
            <Icon icon={ChevronRight} size={14} />
          </span>
          <Icon icon={isOpen ? FolderOpen : Folder} />
        </>
      ) : (
        <MarkIcon mark={line.file.mark} isAlone />
      )}
      <span class={`compare-label${line.kind === "file" ? ` is-${line.file.mark}` : ""}`}>
        {showHidden(line.label)}
        {line.kind === "file" && <Origin tree={tree} file={line.file} />}
      </span>
      {line.kind === "folder" && !isOpen && <FolderCounts counts={line.counts} />}
      <Bytes tree={tree} line={line} />
    </div>
  );
}

/** What came and went; of what moved or stayed its size. */
function Bytes({
  tree: { comparison },
  line,
}: {
  readonly tree: CompareTreeState;
  readonly line: CompareLine;
}): JSX.Element {
  if (line.kind === "folder") return <ByteChange {...line.bytes} />;
  const { mark, after } = line.file;
  return mark === "same" || mark === "renamed" ? (
    <span class="byte-change muted">{formatBytes(comparison.after.sizes[after] ?? 0)}</span>
  ) : (
    <ByteChange {...byteChangeOf(comparison, line.file)} />
  );
}

/** Where a renamed or copied file comes from. */
function Origin({
  tree,
  file,
}: {
  readonly tree: CompareTreeState;
  readonly file: ComparedFile;
}): JSX.Element | null {
  if (file.mark !== "renamed" && file.mark !== "copied") return null;
  const from = tree.comparison.before.paths[file.before] ?? "";
  return <span class="muted compare-origin"> from {showHidden(from)}</span>;
}

function FolderCounts({ counts }: { readonly counts: MarkCounts }): JSX.Element {
  return (
    <span class="compare-counts">
      {FILE_MARKS.map(
        (mark) =>
          counts[mark] > 0 && (
            <span
              key={mark}
              title={`${counts[mark].toLocaleString("en")} ${wordOf(mark).toLowerCase()}`}
            >
              <MarkIcon mark={mark} isAlone />
              {counts[mark].toLocaleString("en")}
            </span>
          ),
      )}
    </span>
  );
}

function keyOf(line: CompareLine | undefined): string {
  if (line === undefined) return "";
  return line.kind === "folder" ? line.prefix : `${line.file.before} ${line.file.after}`;
}

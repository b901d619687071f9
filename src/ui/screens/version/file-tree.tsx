// A virtual tree of files: folders unfold, boxes choose, keys do all of it.
import { useComputed } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronRight, Cloud, File, Folder, FolderOpen, Link2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { referenceAt } from "../../../core/manifest.ts";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { VirtualList } from "../../parts/virtual-list.tsx";
import type { Away } from "../../state/copies-state.ts";
import type { FileLine, FileTreeState } from "../../state/file-tree-state.ts";
import { Checkbox } from "./checkbox.tsx";
import { FileActions } from "./file-actions.tsx";
import { onTreeKey, type TreeActions } from "./tree-keys.ts";
import "./file-tree.css";

interface FileTreeProps extends TreeActions {
  readonly tree: FileTreeState;
  /** Which files are elsewhere. */
  readonly away: Away;
  /** The file in the preview pane; `""` for none. */
  readonly openPath: string;
  /** The keyboard moved onto another line. */
  readonly onMove: () => void;
}

const ROW_HEIGHT = 36;

export function FileTree({
  tree,
  away,
  openPath,
  onOpen,
  onMove,
  onDownload,
}: FileTreeProps): JSX.Element {
  const id = useId();
  const lines = tree.lines.value;
  const active = Math.min(tree.active.value, lines.length - 1);
  // Only the keyboard and a file that is opened bring a line into view; scrolling by hand is left alone.
  const reveal = useRef<number | null>(null);
  const revealed = useRef("");
  if (openPath === "") revealed.current = "";
  else if (openPath !== revealed.current && openPath === tree.activePath) {
    revealed.current = openPath;
    reveal.current = active;
  }
  useEffect(() => {
    reveal.current = null;
  });
  const shownChoice = useComputed(() =>
    tree.chosenCount === 0
      ? "none"
      : tree.lines.value.every(({ node }) => tree.choiceOf(node) === "all")
        ? "all"
        : "some",
  );
  return (
    <div class="card file-tree">
      <div class="file-tree-head">
        <Checkbox
          choice={shownChoice.value}
          label="Choose all shown"
          onToggle={() => tree.toggleShown()}
        />
        <span>Name</span>
        <span class="file-size">Size</span>
        <span class="file-digest">BLAKE3</span>
      </div>
      {lines.length === 0 ? (
        <p class="file-tree-empty muted">No path contains this text.</p>
      ) : (
        <VirtualList
          class="file-tree-lines"
          count={lines.length}
          rowHeight={ROW_HEIGHT}
          reveal={reveal.current}
          keyOf={(i) => keyOf(lines[i])}
          attributes={{
            role: "treegrid",
            tabIndex: 0,
            "aria-label":
              "Files. Arrows move and unfold, space chooses, Enter previews or unfolds, D downloads.",
            "aria-rowcount": lines.length,
            "aria-activedescendant": `${id}-${active}`,
            onKeyDown: (event) => {
              const before = tree.active.value;
              if (!onTreeKey(event, tree, { onOpen, onDownload })) return;
              reveal.current = tree.active.value;
              if (tree.active.value !== before) onMove();
            },
          }}
          renderRow={(i) => {
            const line = lines[i];
            return line === undefined ? null : (
              <Line
                id={`${id}-${i}`}
                tree={tree}
                away={away}
                line={line}
                index={i}
                isActive={i === active}
                isShown={pathOf(tree, line) === openPath}
                onOpen={onOpen}
                onDownload={onDownload}
              />
            );
          }}
        />
      )}
    </div>
  );
}

interface LineProps extends TreeActions {
  readonly id: string;
  readonly tree: FileTreeState;
  readonly away: Away;
  readonly line: FileLine;
  readonly index: number;
  readonly isActive: boolean;
  /** Its file is in the preview pane. */
  readonly isShown: boolean;
}

function Line(props: LineProps): JSX.Element {
  const { id, tree, away, line, index, isActive, isShown, onOpen, onDownload } = props;
  const { node, depth, label } = line;
  const isOpen = node.kind === "folder" && tree.isOpen(node.prefix);
  const choice = tree.choiceOf(node);
  const reference = node.kind === "file" ? referenceAt(tree.manifest, node.row) : undefined;
  const place = node.kind === "file" ? away.say(node.row) : null;
  const expanded = node.kind === "folder" ? { "aria-expanded": isOpen } : {};
  const looks = `${isActive ? " is-active" : ""}${isShown ? " is-shown" : ""}`;
  return (
    <div
      id={id}
      class={`file-line${looks}`}
      role="row"
      aria-rowindex={index + 1}
      aria-level={depth + 1}
      aria-selected={choice === "all"}
      {...expanded}
      {...(isShown && { "aria-current": true })}
      onClick={() => {
        tree.active.value = index;
        if (node.kind === "folder") tree.setOpen(node.prefix, !isOpen);
        else onOpen(pathOf(tree, line) ?? "");
      }}
    >
      <span role="gridcell" class="file-choice" onClick={(event) => event.stopPropagation()}>
        <Checkbox
          choice={choice}
          label={`Choose ${showHidden(label)}`}
          isInList
          onToggle={() => tree.toggle(node)}
        />
      </span>
      <span
        role="gridcell"
        class="file-name"
        style={{ paddingLeft: `${depth * 1.1}rem` }}
        title={showHidden(label)}
      >
        {node.kind === "folder" ? (
          <>
            <span class={`file-fold${isOpen ? " is-open" : ""}`}>
              <Icon icon={ChevronRight} size={14} />
            </span>
            <Icon icon={isOpen ? FolderOpen : Folder} />
          </>
        ) : (
          <>
            <span class="file-fold" />
            <Icon
              {...(reference !== undefined
                ? { icon: Link2, label: "Reference" }
                : place === null
                  ? { icon: File }
                  : { icon: Cloud, label: "Elsewhere" })}
            />
          </>
        )}
        <span class="file-label">{showHidden(label)}</span>
        {reference !== undefined && <span class="muted file-uri">{showHidden(reference.uri)}</span>}
        {place !== null && (
          <span class="muted file-place" title={`Its bytes are ${place}`}>
            {place}
          </span>
        )}
        {node.kind === "folder" && (
          <span class="muted file-count">{formatCount(node.fileCount, "file")}</span>
        )}
      </span>
      <span role="gridcell" class="file-size">
        {formatBytes(node.sizeBytes)}
      </span>
      <span role="gridcell" class="file-digest" onClick={(event) => event.stopPropagation()}>
        {node.kind === "file" && <FileActions tree={tree} row={node.row} onDownload={onDownload} />}
      </span>
    </div>
  );
}

/** The path of a file's line; `undefined` for a folder. */
function pathOf(tree: FileTreeState, { node }: FileLine): string | undefined {
  return node.kind === "file" ? tree.manifest.paths[node.row] : undefined;
}

function keyOf(line: FileLine | undefined): string {
  return line === undefined
    ? ""
    : line.node.kind === "folder"
      ? line.node.prefix
      : `file ${line.node.row}`;
}

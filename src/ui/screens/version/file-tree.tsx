// A virtual tree of files: folders unfold, boxes choose, keys do all of it.
import { useComputed } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronRight, File, Folder, FolderOpen, Link2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { referenceAt } from "../../../core/manifest.ts";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { VirtualList } from "../../parts/virtual-list.tsx";
import type { FileLine, FileTreeState } from "../../state/file-tree-state.ts";
import { Checkbox } from "./checkbox.tsx";
import { FileActions } from "./file-actions.tsx";
import { onTreeKey } from "./tree-keys.ts";
import "./file-tree.css";

interface FileTreeProps {
  readonly tree: FileTreeState;
  readonly onDownload: (path: string) => void;
}

const ROW_HEIGHT = 36;

export function FileTree({ tree, onDownload }: FileTreeProps): JSX.Element {
  const id = useId();
  const lines = tree.lines.value;
  const active = Math.min(tree.active.value, lines.length - 1);
  // Only the keyboard brings its line into view; scrolling by hand is left alone.
  const reveal = useRef<number | null>(null);
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
              "Files. Arrows move and unfold, space chooses, Enter downloads or unfolds.",
            "aria-rowcount": lines.length,
            "aria-activedescendant": `${id}-${active}`,
            onKeyDown: (event) => {
              if (onTreeKey(event, tree, onDownload)) reveal.current = tree.active.value;
            },
          }}
          renderRow={(i) => {
            const line = lines[i];
            return line === undefined ? null : (
              <Line
                id={`${id}-${i}`}
                tree={tree}
                line={line}
                index={i}
                isActive={i === active}
                onDownload={onDownload}
              />
            );
          }}
        />
      )}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly tree: FileTreeState;
  readonly line: FileLine;
  readonly index: number;
  readonly isActive: boolean;
  readonly onDownload: (path: string) => void;
}

function Line({ id, tree, line, index, isActive, onDownload }: LineProps): JSX.Element {
  const { node, depth, label } = line;
  const isOpen = node.kind === "folder" && tree.isOpen(node.prefix);
  const choice = tree.choiceOf(node);
  const reference = node.kind === "file" ? referenceAt(tree.manifest, node.row) : undefined;
  const expanded = node.kind === "folder" ? { "aria-expanded": isOpen } : {};
  return (
    <div
      id={id}
      class={`file-line${isActive ? " is-active" : ""}`}
      role="row"
      aria-rowindex={index + 1}
      aria-level={depth + 1}
      aria-selected={choice === "all"}
      {...expanded}
      onClick={() => {
        tree.active.value = index;
        if (node.kind === "folder") tree.setOpen(node.prefix, !isOpen);
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
              {...(reference === undefined ? { icon: File } : { icon: Link2, label: "Reference" })}
            />
          </>
        )}
        <span class="file-label">{showHidden(label)}</span>
        {reference !== undefined && <span class="muted file-uri">{showHidden(reference.uri)}</span>}
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

function keyOf(line: FileLine | undefined): string {
  return line === undefined
    ? ""
    : line.node.kind === "folder"
      ? line.node.prefix
      : `file ${line.node.row}`;
}

// A JSON file as a tree: arrows move and unfold.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronRight } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { JsonNode, JsonPreview } from "../../protocol/preview-api.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { canOpen, formatJsonPath, JsonTreeState, type JsonLine } from "./json-tree-state.ts";
import { onJsonKey } from "./json-keys.ts";
import { BarProblem, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./json-viewer.css";
import "./tokens.css";

const ROW_HEIGHT = 28;

export function JsonViewer({ preview, state }: ViewerProps<JsonPreview>): JSX.Element {
  const id = useId();
  const [tree] = useState(
    () =>
      new JsonTreeState(preview, (path, start, count) =>
        state.ask((api, file) => api.readMembers(file, path, start, count)),
      ),
  );
  const lines = tree.lines.value;
  const active = Math.min(tree.active.value, lines.length - 1);
  const line = lines[active];
  const failure = tree.failure.value;
  // Only the keyboard brings its line into view; scrolling by hand is left alone.
  const reveal = useRef<number | null>(null);
  useEffect(() => {
    reveal.current = null;
  });
  return (
    <div class="viewer">
      <ViewerBar>
        {line !== undefined && (
          <>
            <code class="json-path" title={showHidden(formatJsonPath(line.path))}>
              {showHidden(formatJsonPath(line.path))}
            </code>
            {failure !== null && (
              <BarProblem error={failure.error} onRetry={() => void tree.more(failure.path)} />
            )}
            <CopyButton text={formatJsonPath(line.path)}>Path</CopyButton>
            {line.kind === "value" && line.node.text !== "" && (
              <CopyButton text={line.node.text}>Value</CopyButton>
            )}
          </>
        )}
      </ViewerBar>
      <VirtualList
        count={lines.length}
        rowHeight={ROW_HEIGHT}
        reveal={reveal.current}
        attributes={{
          role: "tree",
          tabIndex: 0,
          "aria-label": "JSON. Arrows move and unfold.",
          "aria-activedescendant": `${id}-${active}`,
          onKeyDown: (event) => {
            if (onJsonKey(event, tree)) reveal.current = tree.active.value;
          },
        }}
        renderRow={(i) => {
          const shown = lines[i];
          return shown === undefined ? null : (
            <Line
              id={`${id}-${i}`}
              tree={tree}
              line={shown}
              isActive={i === active}
              onPress={() => (tree.active.value = i)}
            />
          );
        }}
      />
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly tree: JsonTreeState;
  readonly line: JsonLine;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

function Line({ id, tree, line, isActive, onPress }: LineProps): JSX.Element {
  const isOpen = tree.isOpen(line.path);
  const folds = line.kind === "value" && canOpen(line.node);
  return (
    <div
      id={id}
      class={`json-line${isActive ? " is-active" : ""}`}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-selected={isActive}
      {...(folds && { "aria-expanded": isOpen })}
      style={{ paddingLeft: `${0.75 + line.depth * 1.1}rem` }}
      onClick={() => {
        onPress();
        if (line.kind === "more") void tree.more(line.path);
        else if (folds) void tree.setOpen(line.path, !isOpen);
      }}
    >
      <span class={`json-fold${isOpen ? " is-open" : ""}`}>
        {folds && <Icon icon={ChevronRight} size={14} />}
      </span>
      {line.kind === "more" ? (
        <span class="json-more">
          Show more: {line.shown.toLocaleString("en")} of {line.count.toLocaleString("en")}
        </span>
      ) : (
        <Value node={line.node} />
      )}
    </div>
  );
}

function Value({ node }: { readonly node: JsonNode }): JSX.Element {
  const { key, type, text, count } = node;
  const size =
    type === "array" ? `[${formatCount(count, "item")}]` : `{${formatCount(count, "member")}}`;
  return (
    <>
      {key !== null && (
        <span class={typeof key === "number" ? "muted" : "json-key"}>
          {typeof key === "number" ? key : showHidden(key)}
          <span class="muted">:</span>
        </span>
      )}
      {type === "object" || type === "array" ? (
        <span class="muted">{size}</span>
      ) : (
        <span class={`json-value ${TONES[type]}`}>{showHidden(text)}</span>
      )}
    </>
  );
}

const TONES = {
  string: "token-text",
  number: "token-number",
  boolean: "token-keyword",
  null: "token-keyword",
} as const;

// The tensors of a model: searched, sorted, in groups that unfold.
import { useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ArrowDown, ArrowUp, ChevronRight } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { TensorInfo } from "../../protocol/preview-api.ts";
import { formatBytes, formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { formatParameters } from "./format-parameters.ts";
import {
  groupTensors,
  pickTensors,
  TENSOR_COLUMNS,
  type TensorColumn,
  type TensorLine,
  type TensorSort,
} from "./tensor-rows.ts";
import { BarSpace, BarSwitch, ViewerBar } from "./viewer-bar.tsx";

const ROW_HEIGHT = 30;
/** More tensors than this start in groups. */
const UNGROUPED = 60;

const HEADS: Readonly<Record<TensorColumn, string>> = {
  name: "Name",
  dtype: "Type",
  shape: "Shape",
  parameters: "Parameters",
  size: "Size",
};

export function TensorList({ tensors }: { readonly tensors: readonly TensorInfo[] }): JSX.Element {
  const [query, setQuery] = useState("");
  const [sort, setSort] = useState<TensorSort | null>(null);
  const [isGrouped, setGrouped] = useState(tensors.length > UNGROUPED);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const picked = useMemo(() => pickTensors(tensors, query, sort), [tensors, query, sort]);
  // What was searched or sorted for must not hide in a group.
  const isPlain = !isGrouped || query.trim() !== "" || sort !== null;
  const lines = useMemo<readonly TensorLine[]>(
    () =>
      isPlain
        ? picked.map((tensor) => ({ kind: "tensor", tensor, isInGroup: false }))
        : groupTensors(picked, open),
    [picked, isPlain, open],
  );
  const toggle = (prefix: string): void => {
    const next = new Set(open);
    if (!next.delete(prefix)) next.add(prefix);
    setOpen(next);
  };
  return (
    <>
      <ViewerBar>
        <SearchInput label="Search in names" value={query} onInput={setQuery} />
        <span aria-live="polite">
          {query.trim() === ""
            ? ""
            : `${picked.length.toLocaleString("en")} of ${formatCount(tensors.length, "tensor")}`}
        </span>
        <BarSpace />
        <BarSwitch
          isOn={!isPlain}
          onToggle={(isOn) => {
            setGrouped(isOn);
            if (isOn) setSort(null);
          }}
        >
          Group
        </BarSwitch>
      </ViewerBar>
      <div class="tensor-table" role="table" aria-label="Tensors">
        <div class="tensor-line is-head" role="row">
          {TENSOR_COLUMNS.map((column) => (
            <Head key={column} column={column} sort={sort} onSort={setSort} />
          ))}
        </div>
        {lines.length === 0 ? (
          <p class="viewer-empty">No tensor has this in its name.</p>
        ) : (
          <VirtualList
            count={lines.length}
            rowHeight={ROW_HEIGHT}
            attributes={{ role: "rowgroup", tabIndex: 0, "aria-label": "Tensors" }}
            renderRow={(i) => {
              const line = lines[i];
              return line === undefined ? null : <Line line={line} onToggle={toggle} />;
            }}
          />
        )}
      </div>
    </>
  );
}

function Head({
  column,
  sort,
  onSort,
}: {
  readonly column: TensorColumn;
  readonly sort: TensorSort | null;
  readonly onSort: (sort: TensorSort | null) => void;
}): JSX.Element {
  const isSorted = sort?.column === column;
  const isDescending = isSorted && sort.isDescending;
  // Up, down, the file's own order again.
  const next = !isSorted
    ? { column, isDescending: false }
    : isDescending
      ? null
      : { column, isDescending: true };
  return (
    <span
      role="columnheader"
      aria-sort={!isSorted ? "none" : isDescending ? "descending" : "ascending"}
    >
      <button type="button" onClick={() => onSort(next)}>
        {HEADS[column]}
        {isSorted && <Icon icon={isDescending ? ArrowDown : ArrowUp} size={12} />}
      </button>
    </span>
  );
}

function Line({
  line,
  onToggle,
}: {
  readonly line: TensorLine;
  readonly onToggle: (prefix: string) => void;
}): JSX.Element {
  if (line.kind === "group")
    return (
      <div class="tensor-line" role="row">
        <span class="tensor-name" role="cell">
          <button
            type="button"
            class="tensor-group"
            aria-expanded={line.isOpen}
            onClick={() => onToggle(line.prefix)}
          >
            <Icon icon={ChevronRight} size={14} />
            <span>{showHidden(line.prefix)}</span>
          </button>
        </span>
        <span role="cell" />
        <span class="muted" role="cell">
          {formatCount(line.tensors, "tensor")}
        </span>
        <Numbers parameters={line.parameters} sizeBytes={line.sizeBytes} />
      </div>
    );
  const { name, dtype, shape, parameters, sizeBytes } = line.tensor;
  return (
    <div class="tensor-line" role="row">
      <span
        class={`tensor-name${line.isInGroup ? " is-in-group" : ""}`}
        role="cell"
        title={showHidden(name)}
      >
        {showHidden(name)}
      </span>
      <span role="cell">{showHidden(dtype)}</span>
      <span class="tensor-shape" role="cell" title={formatShape(shape)}>
        {formatShape(shape)}
      </span>
      <Numbers parameters={parameters} sizeBytes={sizeBytes} />
    </div>
  );
}

function Numbers({
  parameters,
  sizeBytes,
}: Pick<TensorInfo, "parameters" | "sizeBytes">): JSX.Element {
  return (
    <>
      <span class="tensor-number" role="cell" title={parameters.toLocaleString("en")}>
        {formatParameters(parameters)}
      </span>
      <span class="tensor-number muted" role="cell">
        {sizeBytes === null ? "" : formatBytes(sizeBytes)}
      </span>
    </>
  );
}

function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.join(" × ");
}

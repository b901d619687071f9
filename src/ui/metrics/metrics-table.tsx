// Versions as rows, metrics as columns: sorted by any, the best of each marked.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import {
  ArrowDown,
  ArrowDownNarrowWide,
  ArrowUp,
  ArrowUpNarrowWide,
  Minus,
  Star,
  type IconNode,
} from "lucide";
import { showHidden } from "../../core/errors.ts";
import { bestOf, sortedBy, type Direction, type Metric } from "../../core/metrics.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import type { VersionSummary } from "../../protocol/browse-api.ts";
import { IconButton } from "../parts/button.tsx";
import { AliasChip, Chip } from "../parts/chip.tsx";
import { formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { columnFormat, formatMetric, type Sort } from "./metrics-view.ts";
import "./metrics-table.css";

/** The alias that a person gives here. */
export const BEST = "best";

const ROW_HEIGHT = 44;
const HEADER_HEIGHT = 52;

interface MetricsTableProps {
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly metrics: readonly Metric[];
  readonly directionOf: (name: string) => Direction;
  readonly sort: Sort;
  readonly current: VersionNumber;
  readonly hrefOf: (number: VersionNumber) => string;
  readonly onSort: (sort: Sort) => void;
  readonly onTurn: (name: string) => void;
  readonly onBest: (number: VersionNumber) => void;
}

export function MetricsTable(props: MetricsTableProps): JSX.Element {
  const { versions, metrics, directionOf, sort, current, hrefOf, onBest } = props;
  const { by, isDescending } = sort;
  const order = useMemo(
    () => orderOf(versions, metrics, { by, isDescending }),
    [versions, metrics, by, isDescending],
  );
  const formats = useMemo(() => metrics.map(({ values }) => columnFormat(values)), [metrics]);
  const best = metrics.map(({ name, values }) => bestOf(values, directionOf(name)));
  return (
    <VirtualList
      class="metrics-table card"
      count={order.length}
      rowHeight={ROW_HEIGHT}
      keyOf={(i) => versions[order[i] ?? -1]?.version.uid ?? i}
      // Sorted by a metric, what counts is at the top.
      reveal={
        sort.by === "" ? order.findIndex((at) => versions[at]?.version.number === current) : null
      }
      attributes={{
        role: "table",
        "aria-label": "Metrics by version",
        "aria-rowcount": order.length + 1,
        tabIndex: 0,
        style: { "--metrics-columns": String(metrics.length) },
      }}
      header={{ height: HEADER_HEIGHT, content: <Header {...props} /> }}
      renderRow={(i) => {
        const at = order[i] ?? -1;
        const summary = versions[at];
        if (summary === undefined) return null;
        const { number } = summary.version;
        return (
          <div
            role="row"
            aria-rowindex={i + 2}
            class={`metrics-row${number === current ? " is-current" : ""}`}
          >
            <VersionCell summary={summary} href={hrefOf(number)} onBest={onBest} />
            {metrics.map(({ name, values }, column) => (
              <Value
                key={name}
                value={values[at]}
                format={formats[column] ?? formatMetric}
                isBest={best[column]?.has(at) === true}
              />
            ))}
          </div>
        );
      }}
    />
  );
}

function orderOf(
  versions: readonly VersionSummary[],
  metrics: readonly Metric[],
  { by, isDescending }: Sort,
): readonly number[] {
  const sorted = metrics.find(({ name }) => name === by);
  const values = sorted?.values ?? versions.map(({ version }) => version.number);
  return sortedBy(values, sorted === undefined && by !== "" ? true : isDescending);
}

function Header({ metrics, directionOf, sort, onSort, onTurn }: MetricsTableProps): JSX.Element {
  return (
    <div role="row" aria-rowindex={1} class="metrics-row metrics-head">
      <SortHead name="" text="Version" first="higher" sort={sort} onSort={onSort} />
      {metrics.map(({ name }) => {
        const direction = directionOf(name);
        return (
          <SortHead
            key={name}
            name={name}
            text={showHidden(name)}
            first={direction}
            sort={sort}
            onSort={onSort}
          >
            <IconButton
              icon={TURNS[direction].icon}
              label={`${showHidden(name)}: ${TURNS[direction].text}. Change`}
              onClick={() => onTurn(name)}
            />
          </SortHead>
        );
      })}
    </div>
  );
}

const TURNS: Readonly<Record<Direction, { readonly icon: IconNode; readonly text: string }>> = {
  lower: { icon: ArrowDownNarrowWide, text: "lower is better" },
  higher: { icon: ArrowUpNarrowWide, text: "higher is better" },
  none: { icon: Minus, text: "no best value" },
};

interface SortHeadProps {
  readonly name: string;
  readonly text: string;
  /** What is best comes first at the first press. */
  readonly first: Direction;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly children?: JSX.Element;
}

function SortHead({ name, text, first, sort, onSort, children }: SortHeadProps): JSX.Element {
  const isSorted = sort.by === name;
  const isDescending = isSorted ? !sort.isDescending : first !== "lower";
  return (
    <div
      role="columnheader"
      class="metrics-cell"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        class="metrics-sort"
        title={`Sort by ${text}`}
        onClick={({ currentTarget }) => {
          currentTarget.closest(".metrics-table")?.scrollTo(0, 0);
          onSort({ by: name, isDescending });
        }}
      >
        <span>{text}</span>
        {isSorted && <Icon icon={sort.isDescending ? ArrowDown : ArrowUp} size={14} />}
      </button>
      {children}
    </div>
  );
}

function VersionCell({
  summary: { version, aliases },
  href,
  onBest,
}: {
  readonly summary: VersionSummary;
  readonly href: string;
  readonly onBest: (number: VersionNumber) => void;
}): JSX.Element {
  const number = formatVersion(version.number);
  const isBest = aliases.some((alias) => alias === BEST);
  const others = aliases.filter((alias) => alias !== BEST);
  return (
    <div role="rowheader" class="metrics-cell metrics-version">
      <a href={href} title={`Logged ${formatTime(version.createdAt)}`}>
        {number}
      </a>
      <span class="chips">
        {isBest && <AliasChip alias={BEST} />}
        {others.slice(0, 1).map((alias) => (
          <AliasChip key={alias} alias={alias} />
        ))}
        {others.length > 1 && <Chip>+{others.length - 1}</Chip>}
      </span>
      {!isBest && (
        <IconButton
          icon={Star}
          label={`Set ${BEST} on ${number}`}
          onClick={() => onBest(version.number)}
        />
      )}
    </div>
  );
}

function Value({
  value,
  format,
  isBest,
}: {
  readonly value: number | undefined;
  readonly format: (value: number) => string;
  readonly isBest: boolean;
}): JSX.Element {
  if (value === undefined)
    return (
      <div role="cell" class="metrics-cell is-none">
        <span aria-hidden>–</span>
        <span class="visually-hidden">none</span>
      </div>
    );
  return (
    <div role="cell" class={`metrics-cell${isBest ? " is-best" : ""}`} title={String(value)}>
      {isBest && <span class="visually-hidden">best: </span>}
      {format(value)}
    </div>
  );
}

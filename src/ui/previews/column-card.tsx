// What a column of a table holds, in short.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { X } from "lucide";
import { problemOf, showHidden } from "../../core/errors.ts";
import type { ColumnSummary, TableColumn } from "../../protocol/preview-api.ts";
import { IconButton } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { Loading } from "../parts/loading.tsx";
import "./column-card.css";

const MARGIN = 8;
const WIDTH = 288;
const LEAST_HEIGHT = 160;
/** A head that moved no further is still the one that the card hangs on. */
const SLACK = 4;
/** Shown of a long value. */
const VALUE_CHARS = 80;

interface ColumnCardProps {
  readonly column: TableColumn;
  /** The head it opens below. */
  readonly anchor: HTMLElement;
  readonly summary: Promise<ColumnSummary>;
  readonly onClose: () => void;
}

type Shown =
  | { readonly phase: "loading" }
  | { readonly phase: "ready"; readonly summary: ColumnSummary }
  | { readonly phase: "failed"; readonly error: unknown };

export function ColumnCard({ column, anchor, summary, onClose }: ColumnCardProps): JSX.Element {
  const card = useRef<HTMLElement>(null);
  /** Where the head was when it opened. */
  const place = useRef(anchor.getBoundingClientRect());
  const [shown, setShown] = useState<Shown>({ phase: "loading" });
  useLayoutEffect(() => card.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    let isOpen = true;
    const show = (next: Shown): void => {
      if (isOpen) setShown(next);
    };
    summary.then(
      (found) => show({ phase: "ready", summary: found }),
      (error: unknown) => show({ phase: "failed", error }),
    );
    return () => {
      isOpen = false;
    };
  }, [summary]);
  useEffect(() => {
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Node && card.current?.contains(target) !== true) onClose();
    };
    // The head that it hangs on moves away below it; what is scrolled in the card itself moves nothing.
    const onScroll = ({ target }: Event): void => {
      if (target instanceof Node && card.current?.contains(target) === true) return;
      if (hasMoved(anchor, place.current)) onClose();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("scroll", onScroll, { capture: true });
    };
  }, [anchor, onClose]);
  const { left, bottom } = anchor.getBoundingClientRect();
  const room = document.documentElement.clientWidth - WIDTH - MARGIN;
  return (
    <section
      ref={card}
      class="column-card"
      role="dialog"
      aria-label={`Summary of ${showHidden(column.name)}`}
      tabIndex={-1}
      style={{
        left: `${Math.max(MARGIN, Math.min(left, room))}px`,
        top: `${bottom + 4}px`,
        maxHeight: `${Math.max(LEAST_HEIGHT, innerHeight - bottom - 2 * MARGIN)}px`,
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h3>{showHidden(column.name)}</h3>
        <IconButton icon={X} label="Close summary" onClick={onClose} />
      </header>
      {shown.phase === "loading" && <Loading what="the summary" />}
      {shown.phase === "failed" && <ErrorNote problem={problemOf(shown.error)} />}
      {shown.phase === "ready" && <Summary column={column} summary={shown.summary} />}
    </section>
  );
}

function hasMoved(anchor: HTMLElement, { left, top }: DOMRect): boolean {
  const now = anchor.getBoundingClientRect();
  return Math.abs(now.left - left) > SLACK || Math.abs(now.top - top) > SLACK;
}

function Summary({
  column,
  summary,
}: {
  readonly column: TableColumn;
  readonly summary: ColumnSummary;
}): JSX.Element {
  const { rowsRead, isWhole, missing, distinct, distinctIsMore, min, max, mean } = summary;
  return (
    <>
      <p class="muted">
        {showHidden(column.type)}, {isWhole ? "all" : "the first"} {rowsRead.toLocaleString("en")}{" "}
        rows
      </p>
      {summary.histogram.length > 0 && <Histogram summary={summary} />}
      <dl>
        <dt>Missing</dt>
        <dd>
          {missing.toLocaleString("en")}
          {rowsRead > 0 && missing > 0 && ` (${((missing / rowsRead) * 100).toPrecision(2)} %)`}
        </dd>
        <dt>Different</dt>
        <dd>
          {distinctIsMore ? "more than " : ""}
          {distinct.toLocaleString("en")}
        </dd>
        {summary.histogram.length === 0 && min !== null && (
          <>
            <dt>First</dt>
            <dd>{cut(min)}</dd>
          </>
        )}
        {summary.histogram.length === 0 && max !== null && (
          <>
            <dt>Last</dt>
            <dd>{cut(max)}</dd>
          </>
        )}
        {mean !== null && (
          <>
            <dt>Mean</dt>
            <dd>{mean.toLocaleString("en", { maximumSignificantDigits: 6 })}</dd>
          </>
        )}
      </dl>
      {summary.top.length > 0 && <Top summary={summary} />}
    </>
  );
}

function Histogram({ summary }: { readonly summary: ColumnSummary }): JSX.Element {
  const { histogram, min, max } = summary;
  const most = Math.max(1, ...histogram);
  return (
    <div>
      <div class="column-bars" role="img" aria-label={`From ${min ?? ""} to ${max ?? ""}`}>
        {histogram.map((count, i) => (
          <span
            key={i}
            title={count.toLocaleString("en")}
            style={{ height: `${(count / most) * 100}%` }}
          />
        ))}
      </div>
      <div class="column-ends">
        <span>{cut(min ?? "")}</span>
        <span>{cut(max ?? "")}</span>
      </div>
    </div>
  );
}

function Top({ summary: { top, rowsRead } }: { readonly summary: ColumnSummary }): JSX.Element {
  return (
    <ul class="column-top" aria-label="Most frequent">
      {top.map(({ text, count }, i) => (
        <li key={i}>
          <span
            class="column-share"
            style={{ transform: `scaleX(${count / Math.max(1, rowsRead)})` }}
          />
          <span>{text === "" ? "(empty)" : cut(text)}</span>
          <span class="muted">{count.toLocaleString("en")}</span>
        </li>
      ))}
    </ul>
  );
}

function cut(text: string): string {
  return showHidden(text.length > VALUE_CHARS ? `${text.slice(0, VALUE_CHARS)}…` : text);
}

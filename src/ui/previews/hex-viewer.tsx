// Any file as bytes: sixteen a line, read as they come into view.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { ChevronLeft, ChevronRight } from "lucide";
import type { HexPreview } from "../../protocol/preview-api.ts";
import { IconButton } from "../parts/button.tsx";
import { formatBytes } from "../parts/format.ts";
import { VirtualList } from "../parts/virtual-list.tsx";
import { asciiOf, formatOffset, hexOf, LINE_BYTES, linesOf, parseOffset } from "./hex.ts";
import { JumpField } from "./jump-field.tsx";
import { PagedRows } from "./paged-rows.ts";
import { BarProblem, BarSpace, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./hex-viewer.css";

const LINE_HEIGHT = 20;
const PAGE_LINES = 256;
/** Lines that can be scrolled through at once: a browser can't draw a taller element. */
const SPAN_LINES = 400_000;

export function HexViewer({ file, state }: ViewerProps<HexPreview>): JSX.Element {
  const [lines] = useState(
    () =>
      new PagedRows<Uint8Array>({
        pageRows: PAGE_LINES,
        first: [],
        read: async (start, count) =>
          linesOf(
            await state.ask((api, id) => api.readBytes(id, start * LINE_BYTES, count * LINE_BYTES)),
          ),
        // Its length is known.
        onPastEnd: () => undefined,
      }),
  );
  const [target, setTarget] = useState<number | null>(null);
  const [base, setBase] = useState(0);
  void lines.arrivals.value;
  const total = Math.ceil(file.size / LINE_BYTES);
  const count = Math.min(SPAN_LINES, total - base);
  const digits = Math.max(8, (file.size - 1).toString(16).length);
  const failure = lines.failure.value;
  const jump = (line: number): void => {
    setBase(Math.floor(line / SPAN_LINES) * SPAN_LINES);
    setTarget(line);
  };
  if (file.size === 0) return <p class="viewer-empty">This file is empty.</p>;
  return (
    <div class="viewer">
      <ViewerBar>
        <span>{formatBytes(file.size)}</span>
        {failure !== null && <BarProblem error={failure.error} onRetry={() => lines.retry()} />}
        <BarSpace />
        {total > SPAN_LINES && (
          <span>
            <IconButton
              icon={ChevronLeft}
              label="Bytes before these"
              disabled={base === 0}
              onClick={() => jump(base - SPAN_LINES)}
            />
            <IconButton
              icon={ChevronRight}
              label="Bytes after these"
              disabled={base + SPAN_LINES >= total}
              onClick={() => jump(base + SPAN_LINES)}
            />
          </span>
        )}
        <JumpField
          label="Go to offset"
          parse={(text) => parseOffset(text, file.size)}
          onJump={(offset) => jump(Math.floor(offset / LINE_BYTES))}
        />
      </ViewerBar>
      <VirtualList
        key={base}
        count={count}
        rowHeight={LINE_HEIGHT}
        reveal={target === null ? null : target - base}
        attributes={{ role: "region", tabIndex: 0, "aria-label": "Bytes" }}
        renderRow={(i) => {
          const line = base + i;
          const bytes = lines.get(line);
          return (
            <div class={`hex-line${line === target ? " is-target" : ""}`}>
              <span class="hex-offset">{formatOffset(line * LINE_BYTES, digits)}</span>
              <span>{bytes === undefined ? "…" : hexOf(bytes)}</span>
              <span class="token-text">{bytes === undefined ? "" : asciiOf(bytes)}</span>
            </div>
          );
        }}
      />
    </div>
  );
}

// One row of a text diff. What changed is said by a sign and a word for screen readers, not by colour alone.
import type { JSX } from "preact";
import { ChevronsDown, ChevronsUp, ChevronsUpDown } from "lucide";
import type { DiffLine } from "../../../protocol/compare-api.ts";
import { formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { TokenText } from "../../previews/token-lines.tsx";
import { partOf, type DiffRow, type Gap } from "./diff-rows.ts";
import { markTokens } from "./mark-tokens.ts";

/** Lines that one press unfolds at a gap's end. */
const STEP = 20;
/** Longer gaps are unfolded from their ends only. */
const MOST = 5_000;

interface DiffRowProps {
  readonly row: DiffRow;
  readonly onUnfold: (part: Gap) => void;
}

export function DiffRowView({ row, onUnfold }: DiffRowProps): JSX.Element {
  switch (row.kind) {
    case "gap":
      return <GapRow gap={row.gap} onUnfold={onUnfold} />;
    case "line":
      return (
        <div class={`diff-line is-${row.line.change}`}>
          <span class="diff-number">{row.line.before}</span>
          <span class="diff-number">{row.line.after}</span>
          <LineText line={row.line} />
        </div>
      );
    case "pair":
      return (
        <div class="diff-pair">
          <Half line={row.left} number={row.left?.before ?? null} />
          <Half line={row.right} number={row.right?.after ?? null} />
        </div>
      );
  }
}

function Half({
  line,
  number,
}: {
  readonly line: DiffLine | null;
  readonly number: number | null;
}): JSX.Element {
  return line === null ? (
    <div class="diff-line is-nothing" />
  ) : (
    <div class={`diff-line is-${line.change}`}>
      <span class="diff-number">{number}</span>
      <LineText line={line} />
    </div>
  );
}

const SIGNS = {
  added: { sign: "+", word: "added: " },
  removed: { sign: "−", word: "removed: " },
  same: { sign: "", word: "" },
} as const;

function LineText({ line }: { readonly line: DiffLine }): JSX.Element {
  const { sign, word } = SIGNS[line.change];
  return (
    <>
      <span class="diff-sign" aria-hidden="true">
        {sign}
      </span>
      <code>
        {word !== "" && <span class="visually-hidden">{word}</span>}
        {markTokens(line.tokens, line.marks).map(({ isMarked, tokens }, i) =>
          isMarked ? (
            <mark key={i}>
              <TokenText line={tokens} />
            </mark>
          ) : (
            <TokenText key={i} line={tokens} />
          ),
        )}
      </code>
    </>
  );
}

function GapRow({
  gap,
  onUnfold,
}: {
  readonly gap: Gap;
  readonly onUnfold: (part: Gap) => void;
}): JSX.Element {
  const { count } = gap;
  const isShort = count <= 2 * STEP;
  return (
    <div class="diff-gap">
      {!isShort && (
        <button type="button" onClick={() => onUnfold(partOf(gap, "start", STEP))}>
          <Icon icon={ChevronsDown} size={14} /> {STEP} more
        </button>
      )}
      {count <= MOST ? (
        <button type="button" onClick={() => onUnfold(gap)}>
          <Icon icon={ChevronsUpDown} size={14} /> {formatCount(count, "same line")}
        </button>
      ) : (
        <span>{formatCount(count, "same line")}</span>
      )}
      {!isShort && (
        <button type="button" onClick={() => onUnfold(partOf(gap, "end", STEP))}>
          <Icon icon={ChevronsUp} size={14} /> {STEP} more
        </button>
      )}
    </div>
  );
}

// A line's tokens, cut where a marked part begins or ends.
import type { TextRange } from "../../../protocol/compare-api.ts";
import type { Token, TokenLine } from "../../../protocol/preview-api.ts";

export interface MarkedPiece {
  readonly isMarked: boolean;
  readonly tokens: TokenLine;
}

/** Groups of tokens, marked and not in turn; the ranges are in order and don't overlap. */
export function markTokens(tokens: TokenLine, marks: readonly TextRange[]): readonly MarkedPiece[] {
  const pieces: { isMarked: boolean; tokens: Token[] }[] = [];
  const push = (token: Token, isMarked: boolean): void => {
    const last = pieces.at(-1);
    if (last?.isMarked === isMarked) last.tokens.push(token);
    else pieces.push({ isMarked, tokens: [token] });
  };
  let at = 0;
  for (const { scope, text } of tokens) {
    const end = at + text.length;
    while (at < end) {
      const mark = marks.find(([, markEnd]) => markEnd > at);
      const isMarked = mark !== undefined && mark[0] <= at;
      const border = mark === undefined ? end : isMarked ? mark[1] : mark[0];
      const cut = Math.min(end, border);
      push({ scope, text: text.slice(at - end + text.length, cut - end + text.length) }, isMarked);
      at = cut;
    }
  }
  return pieces;
}

// A text whose letters that fit what is typed stand out.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import type { Marked } from "./marks.ts";

export function MarkedText({ text, stretches }: Marked): JSX.Element {
  const pieces: (JSX.Element | string)[] = [];
  let at = 0;
  for (const { from, to } of stretches) {
    if (from > at) pieces.push(showHidden(text.slice(at, from)));
    pieces.push(<mark key={from}>{showHidden(text.slice(from, to))}</mark>);
    at = to;
  }
  if (at < text.length) pieces.push(showHidden(text.slice(at)));
  return <>{pieces}</>;
}

// Lines of code in colours.
import type { JSX } from "preact";
import type { TokenLine } from "../../protocol/preview-api.ts";
import { showHiddenInText } from "../parts/text.ts";
import { classOfScope } from "./token-scope.ts";
import "./tokens.css";

/** What is shown of one line: longer ones would hold up the page. */
const LINE_CHARS = 5_000;

/** One line; a very long one is cut, and says so. */
export function TokenText({ line }: { readonly line: TokenLine }): JSX.Element {
  const pieces: JSX.Element[] = [];
  let left = LINE_CHARS;
  let hidden = 0;
  line.forEach(({ scope, text }, i) => {
    const shown = text.slice(0, left);
    left -= shown.length;
    hidden += text.length - shown.length;
    if (shown === "") return;
    const name = classOfScope(scope);
    const safe = showHiddenInText(shown);
    pieces.push(
      name === "" ? (
        <span key={i}>{safe}</span>
      ) : (
        <span key={i} class={name}>
          {safe}
        </span>
      ),
    );
  });
  return (
    <>
      {pieces}
      {hidden > 0 && (
        <span class="token-cut">{hidden.toLocaleString("en")} more characters on this line</span>
      )}
    </>
  );
}

/** A few lines, one under the other, such as a code block. Long texts want a virtual list of {@link TokenText}. */
export function TokenLines({ lines }: { readonly lines: readonly TokenLine[] }): JSX.Element {
  return (
    <>
      {lines.map((line, i) => (
        <span key={i}>
          <TokenText line={line} />
          {"\n"}
        </span>
      ))}
    </>
  );
}

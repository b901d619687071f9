// A notebook: its cells in order, with what they put out when they last ran.
import { useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { NotebookCell, NotebookOutput, NotebookPreview } from "../../protocol/preview-api.ts";
import { Button } from "../parts/button.tsx";
import { formatCount } from "../parts/format.ts";
import { showHiddenInText } from "../parts/text.ts";
import { Markdown } from "./markdown-nodes.tsx";
import { TokenLines } from "./token-lines.tsx";
import { useObjectUrl } from "./use-object-url.ts";
import { ViewerBar } from "./viewer-bar.tsx";
import type { Siblings, ViewerProps } from "./viewer.ts";
import "./notebook-viewer.css";

/** Cells drawn at once. */
const PAGE = 60;

export function NotebookViewer({
  preview: { cells, language },
  path,
  siblings,
}: ViewerProps<NotebookPreview>): JSX.Element {
  const [shown, setShown] = useState(PAGE);
  return (
    <div class="viewer">
      <ViewerBar>
        <span>{formatCount(cells.length, "cell")}</span>
        <span>{language}</span>
      </ViewerBar>
      <div class="viewer-main notebook" tabIndex={0} role="region" aria-label="Notebook">
        {cells.length === 0 && <p class="viewer-empty">This notebook has no cells.</p>}
        {cells.slice(0, shown).map((cell, i) => (
          <Cell key={i} cell={cell} path={path} siblings={siblings} />
        ))}
        {shown < cells.length && (
          <span class="notebook-more">
            <Button onClick={() => setShown(shown + PAGE)}>
              Show more: {shown} of {formatCount(cells.length, "cell")}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
}

function Cell({
  cell,
  path,
  siblings,
}: {
  readonly cell: NotebookCell;
  readonly path: string;
  readonly siblings: Siblings;
}): JSX.Element {
  const { kind, number, lines, nodes, outputs } = cell;
  return (
    <div class="notebook-cell">
      <span class="notebook-number">{kind === "code" && `[${number ?? " "}]`}</span>
      {kind === "markdown" ? (
        <Markdown nodes={nodes} path={path} siblings={siblings} />
      ) : (
        <pre class="notebook-code" tabIndex={0} role="region" aria-label="Code">
          <code>
            <TokenLines lines={lines} />
          </code>
        </pre>
      )}
      {outputs.map((output, i) => (
        <Output key={i} output={output} />
      ))}
    </div>
  );
}

function Output({ output }: { readonly output: NotebookOutput }): JSX.Element {
  if (output.image !== undefined) return <OutputImage {...output.image} alt={output.text} />;
  return (
    <pre
      class={output.kind === "error" ? "notebook-error" : ""}
      tabIndex={0}
      role="region"
      aria-label={output.kind === "error" ? "Error" : "Output"}
    >
      {showHiddenInText(output.text)}
    </pre>
  );
}

function OutputImage({
  mediaType,
  bytes,
  alt,
}: NonNullable<NotebookOutput["image"]> & { readonly alt: string }): JSX.Element | null {
  const file = useMemo(() => new Blob([bytes]), [bytes]);
  const url = useObjectUrl(file, mediaType);
  return url === null ? null : (
    <img src={url} alt={alt === "" ? "Output" : showHiddenInText(alt)} />
  );
}

// A collection's card, drawn from its Markdown in the worker that reads files: it is as hostile as they are.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { startPreviewWorker } from "../../../client/preview-worker.ts";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Loading } from "../../parts/loading.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { Markdown } from "../../previews/markdown-nodes.tsx";
import type { Siblings } from "../../previews/viewer.ts";
import { PreviewState } from "../../state/preview-state.ts";

const PATH = "card.md";
/** A card stands alone: no files beside it. */
const ALONE: Siblings = {
  has: () => false,
  open: () => undefined,
  peek: () => Promise.reject(new RangeError("a card has no files beside it")),
};

export function CardText({ text }: { readonly text: string }): JSX.Element {
  const latest = useRef(text);
  latest.current = text;
  const [state] = useState(
    () =>
      new PreviewState({
        peek: () => Promise.resolve(new Blob([latest.current])),
        startWorker: startPreviewWorker,
      }),
  );
  useEffect(() => void state.open(PATH, "markdown"), [state, text]);
  useEffect(() => () => state.close(), [state]);
  const shown = state.shown.value;
  if (shown.phase === "failed") return <ErrorNote problem={shown.problem} />;
  if (shown.phase !== "ready") return <Loading what="the card" />;
  return shown.preview.kind === "markdown" ? (
    <Markdown nodes={shown.preview.nodes} path={PATH} siblings={ALONE} />
  ) : (
    <p class="card-plain">{showHiddenInText(text)}</p>
  );
}

// A Markdown file as a page.
import type { JSX } from "preact";
import type { MarkdownPreview } from "../../protocol/preview-api.ts";
import { Markdown } from "./markdown-nodes.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./viewer.css";

export function MarkdownViewer({
  preview,
  path,
  siblings,
}: ViewerProps<MarkdownPreview>): JSX.Element {
  return (
    <div class="viewer-main markdown-page" tabIndex={0} role="region" aria-label="Text">
      <Markdown nodes={preview.nodes} path={path} siblings={siblings} />
    </div>
  );
}

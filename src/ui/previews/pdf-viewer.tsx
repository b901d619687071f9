// A PDF, shown by the browser where it has a reader of its own.
import type { JSX } from "preact";
import { FileX } from "lucide";
import { baseName } from "../../core/path.ts";
import { showHidden } from "../../core/errors.ts";
import type { MediaPreview } from "../../protocol/preview-api.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { useObjectUrl } from "./use-object-url.ts";
import type { ViewerProps } from "./viewer.ts";
import "./media-viewer.css";

export function PdfViewer({ file, path }: ViewerProps<MediaPreview>): JSX.Element {
  const url = useObjectUrl(file, "application/pdf");
  if (!navigator.pdfViewerEnabled)
    return (
      <EmptyState icon={FileX} title="This browser doesn't show PDF files">
        <p>Download the file to read it, or look at its bytes.</p>
      </EmptyState>
    );
  return (
    <div class="viewer">
      {url !== null && (
        // A sandbox would turn the browser's reader off. The type is ours, so it never shows a page.
        // oxlint-disable-next-line react/iframe-missing-sandbox
        <iframe class="media-frame" src={`${url}#navpanes=0`} title={showHidden(baseName(path))} />
      )}
    </div>
  );
}

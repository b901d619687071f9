// Sound and film, played by the browser.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { CircleSlash } from "lucide";
import { baseName } from "../../core/path.ts";
import { showHidden } from "../../core/errors.ts";
import type { MediaPreview } from "../../protocol/preview-api.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { formatDuration } from "../parts/format.ts";
import { useObjectUrl } from "./use-object-url.ts";
import { ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./media-viewer.css";

export function PlayViewer({ preview, file, path }: ViewerProps<MediaPreview>): JSX.Element {
  const url = useObjectUrl(file, preview.mediaType);
  const [isBad, setBad] = useState(false);
  const [facts, setFacts] = useState<readonly string[]>([]);
  if (isBad)
    return (
      <EmptyState icon={CircleSlash} title="This can't be played here">
        <p>The browser doesn't know its format, or the file is damaged. Download it to play it.</p>
      </EmptyState>
    );
  const onLoadedMetadata = ({ currentTarget }: { currentTarget: HTMLMediaElement }): void => {
    const found: string[] = [];
    if (currentTarget instanceof HTMLVideoElement && currentTarget.videoWidth > 0)
      found.push(`${currentTarget.videoWidth} × ${currentTarget.videoHeight} px`);
    if (Number.isFinite(currentTarget.duration)) found.push(formatDuration(currentTarget.duration));
    setFacts(found);
  };
  const controls = {
    src: url ?? "",
    controls: true,
    preload: "metadata",
    "aria-label": showHidden(baseName(path)),
    onError: () => setBad(true),
    onLoadedMetadata,
  } as const;
  return (
    <div class="viewer">
      <ViewerBar>
        <span>{preview.mediaType}</span>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </ViewerBar>
      <div class="viewer-main media">
        {url !== null &&
          (preview.kind === "video" ? <video {...controls} /> : <audio {...controls} />)}
      </div>
    </div>
  );
}

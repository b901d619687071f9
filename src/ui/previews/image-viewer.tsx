// An image, shown by the browser through <img>: nothing in it can run.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { ImageOff } from "lucide";
import { baseName } from "../../core/path.ts";
import { showHidden } from "../../core/errors.ts";
import type { MediaPreview } from "../../protocol/preview-api.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { useObjectUrl } from "./use-object-url.ts";
import { BarSpace, BarSwitch, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./media-viewer.css";

interface Size {
  readonly width: number;
  readonly height: number;
}

export function ImageViewer({ preview, file, path }: ViewerProps<MediaPreview>): JSX.Element {
  const url = useObjectUrl(file, preview.mediaType);
  const [isActual, setActual] = useState(false);
  const [isBad, setBad] = useState(false);
  const [size, setSize] = useState<Size | null>(
    preview.width === null || preview.height === null
      ? null
      : { width: preview.width, height: preview.height },
  );
  if (isBad)
    return (
      <EmptyState icon={ImageOff} title="This image can't be shown">
        <p>The browser can't read it: it may be damaged, or of a kind it doesn't know.</p>
      </EmptyState>
    );
  return (
    <div class="viewer">
      <ViewerBar>
        <span>{preview.mediaType}</span>
        {size !== null && (
          <span>
            {size.width.toLocaleString("en")} × {size.height.toLocaleString("en")} px
          </span>
        )}
        <BarSpace />
        <BarSwitch isOn={isActual} onToggle={setActual}>
          Actual size
        </BarSwitch>
      </ViewerBar>
      <div
        class={`viewer-main media is-checked${isActual ? "" : " is-fit"}`}
        tabIndex={0}
        role="region"
        aria-label="Image"
      >
        {url !== null && (
          <img
            src={url}
            alt={showHidden(baseName(path))}
            onError={() => setBad(true)}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
              if (width > 0) setSize({ width, height });
            }}
          />
        )}
      </div>
    </div>
  );
}

// Two images side by side, drawn by the browser from their bytes.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { Preview } from "../../../protocol/preview-api.ts";
import { formatBytes } from "../../parts/format.ts";
import { useObjectUrl } from "../../previews/use-object-url.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { useCompareJob } from "../../state/use-compare-job.ts";
import { DiffPhase } from "./diff-phase.tsx";

interface ImagePairProps {
  readonly worker: CompareWorker;
  /** `null` where the side lacks it. */
  readonly before: Blob | null;
  readonly after: Blob | null;
  readonly path: string;
}

export function ImagePair({ worker, before, after, path }: ImagePairProps): JSX.Element {
  return (
    <div class="image-pair">
      {before !== null && <Image name="Before" worker={worker} file={before} path={path} />}
      {after !== null && <Image name="After" worker={worker} file={after} path={path} />}
    </div>
  );
}

interface ImageProps {
  readonly name: string;
  readonly worker: CompareWorker;
  readonly file: Blob;
  readonly path: string;
}

function Image({ name, worker, file, path }: ImageProps): JSX.Element {
  const running = useCompareJob(worker, async (api, id) => {
    const preview = await api.openPreview(id, file, path, "image");
    await api.closePreview(id);
    return preview;
  });
  return (
    <DiffPhase running={running} what="Opening the image">
      {(preview) => <Shown name={name} file={file} path={path} preview={preview} />}
    </DiffPhase>
  );
}

function Shown({
  name,
  file,
  path,
  preview,
}: Omit<ImageProps, "worker"> & { readonly preview: Preview }): JSX.Element {
  const [isBad, setBad] = useState(false);
  const isImage = preview.kind === "image";
  const url = useObjectUrl(isImage ? file : null, isImage ? preview.mediaType : "");
  const size =
    isImage && preview.width !== null && preview.height !== null
      ? `${preview.width} × ${preview.height} px · `
      : "";
  return (
    <figure>
      <figcaption>
        <strong>{name}</strong> · {size}
        {formatBytes(file.size)}
      </figcaption>
      {!isImage || isBad ? (
        <p class="muted">The browser can’t show this image.</p>
      ) : (
        url !== null && (
          <img src={url} alt={`${name}: ${showHidden(path)}`} onError={() => setBad(true)} />
        )
      )}
    </figure>
  );
}

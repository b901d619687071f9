// An image that a text names: shown when the same version holds it, never fetched from elsewhere.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ImageOff } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { Icon } from "../parts/icon.tsx";
import { targetOf } from "./markdown-links.ts";
import { useObjectUrl } from "./use-object-url.ts";
import type { Siblings } from "./viewer.ts";

interface SiblingImageProps {
  readonly url: string;
  readonly alt: string;
  /** Of the text. */
  readonly path: string;
  readonly siblings: Siblings;
}

export function SiblingImage({ url, alt, path, siblings }: SiblingImageProps): JSX.Element {
  const target = targetOf(url, path, siblings.has);
  const file = target.kind === "file" ? target.path : null;
  const [blob, setBlob] = useState<Blob | null>(null);
  const [isBad, setBad] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    if (file !== null)
      siblings.peek(file).then(
        (found) => isCurrent && setBlob(found),
        () => isCurrent && setBad(true),
      );
    return () => {
      isCurrent = false;
    };
  }, [file, siblings]);
  // Only an SVG needs its type said; the browser knows the others by their first bytes.
  const source = useObjectUrl(blob, /\.svg$/i.test(file ?? "") ? "image/svg+xml" : "");
  if (target.kind === "web")
    return <Missing url={url} alt={alt} why={`not loaded from ${target.host}`} />;
  if (file === null) return <Missing url={url} alt={alt} why="not in this version" />;
  if (isBad) return <Missing url={url} alt={alt} why="can't be shown" />;
  return source === null ? (
    <span class="muted">{showHidden(alt)}</span>
  ) : (
    <img src={source} alt={showHidden(alt)} onError={() => setBad(true)} />
  );
}

function Missing({
  url,
  alt,
  why,
}: {
  readonly url: string;
  readonly alt: string;
  readonly why: string;
}): JSX.Element {
  return (
    <span class="markdown-no-image" title={showHidden(url)}>
      <Icon icon={ImageOff} size={14} />
      {showHidden(alt === "" ? "Image" : alt)}: {showHidden(why)}
    </span>
  );
}

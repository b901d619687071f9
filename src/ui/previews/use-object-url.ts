// An address for a Blob, for as long as it is shown.
import { useEffect, useState } from "preact/hooks";

/** The address of the Blob with a media type of ours, or `null` until it is there. */
export function useObjectUrl(file: Blob | null, mediaType: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    const made = URL.createObjectURL(file.slice(0, file.size, mediaType));
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [file, mediaType]);
  return url;
}

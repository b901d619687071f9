// Opens what the browser shows by itself. Its type is told by its bytes, so that no name can make it another.
import type { MediaPreview } from "../../protocol/preview-api.ts";
import { badFile } from "../bad-file.ts";
import type { BarePreview, OpenedPreview, PreviewFile } from "../opened.ts";
import { imageSize } from "./image-size.ts";
import { sniffMedia, SNIFFED_BYTES } from "./sniff.ts";

/** Browsers give up on images of about this many pixels. */
const MAX_PIXELS = 2 ** 28;

/** Opens an image, a sound, a video or a PDF; throws `file_unreadable` where its bytes are none of these. */
export async function openMedia({ source, path }: PreviewFile): Promise<OpenedPreview> {
  const media = sniffMedia(await source.read(0, SNIFFED_BYTES));
  if (media === null)
    throw badFile(path, "its first bytes are not those of an image, sound, video or PDF we know");
  const size = media.kind === "image" ? await imageSize(source, media.mediaType) : null;
  const notes: string[] = [];
  if (size !== null && size.width * size.height > MAX_PIXELS)
    notes.push("This image is so large that the browser may not show it.");
  if (media.mediaType === "image/heic") notes.push("Many browsers can't show HEIC images.");
  const preview: BarePreview<MediaPreview> = {
    kind: media.kind,
    mediaType: media.mediaType,
    width: size?.width ?? null,
    height: size?.height ?? null,
    notes,
  };
  return { preview };
}

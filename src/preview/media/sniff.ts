// Knows images, audio, video and PDF by their first bytes, as a name can say anything.
import type { MediaPreview } from "../../protocol/preview-api.ts";

/** What a browser may show by itself. */
export interface Media {
  readonly kind: MediaPreview["kind"];
  readonly mediaType: string;
}

/** How much of a file's head {@link sniffMedia} looks at. */
export const SNIFFED_BYTES = 4096;

/** The medium a file's head is that of; `null` where it is none we know. */
export function sniffMedia(head: Uint8Array): Media | null {
  const text = latin1(head.subarray(0, SNIFFED_BYTES));
  return fixedMagic(text) ?? isoMedia(text) ?? otherMagic(head, text) ?? svg(text);
}

const image = (subtype: string): Media => ({ kind: "image", mediaType: `image/${subtype}` });
const audio = (subtype: string): Media => ({ kind: "audio", mediaType: `audio/${subtype}` });
const video = (subtype: string): Media => ({ kind: "video", mediaType: `video/${subtype}` });

function fixedMagic(text: string): Media | null {
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return image("png");
  if (text.startsWith("\xff\xd8\xff")) return image("jpeg");
  if (/^GIF8[79]a/.test(text)) return image("gif");
  if (/^RIFF[^]{4}WEBP/.test(text)) return image("webp");
  if (/^RIFF[^]{4}WAVE/.test(text)) return audio("wav");
  if (text.startsWith("fLaC")) return audio("flac");
  if (text.startsWith("ID3")) return audio("mpeg");
  // Some writers put a few bytes before it, which readers allow.
  if (text.slice(0, 1024).includes("%PDF-")) return { kind: "pdf", mediaType: "application/pdf" };
  return null;
}

/** MP4 and its relatives: a box named `ftyp` that names a brand. */
function isoMedia(text: string): Media | null {
  if (text.slice(4, 8) !== "ftyp") return null;
  const brand = text.slice(8, 12);
  if (/^avi[fs]$/.test(brand)) return image("avif");
  if (/^(?:hei[cxms]|mif1|msf1)$/.test(brand)) return image("heic");
  if (/^M4[AB] $/.test(brand)) return audio("mp4");
  return brand === "qt  " ? video("quicktime") : video("mp4");
}

function otherMagic(head: Uint8Array, text: string): Media | null {
  if (text.startsWith("\x1aE\xdf\xa3")) return video("webm");
  if (text.startsWith("OggS")) return text.includes("theora") ? video("ogg") : audio("ogg");
  if (isBmp(head)) return image("bmp");
  if (isIcon(head)) return image("x-icon");
  return isMpegFrame(head) ? audio(isAac(head) ? "aac" : "mpeg") : null;
}

/** `BM` alone starts many a text: the length of the header that follows must be one that exists. */
function isBmp(head: Uint8Array): boolean {
  return (
    head[0] === 0x42 &&
    head[1] === 0x4d &&
    [12, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) &&
    head[15] === 0 &&
    head[16] === 0
  );
}

/** Its type, then how many there are of it, then the first, which has a byte that is never set. */
function isIcon(head: Uint8Array): boolean {
  return (
    head.length >= 10 &&
    [0, 0, 1, 0].every((byte, at) => head[at] === byte) &&
    head[4] !== 0 &&
    head[5] === 0 &&
    head[9] === 0
  );
}

/** A frame of MPEG audio: eleven bits set, then fields of which some values do not exist. */
function isMpegFrame(head: Uint8Array): boolean {
  const [first, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || head.length < 4) return false;
  if (isAac(head)) return (third & 0x3c) >> 2 <= 12;
  const hasVersion = (second & 0x18) !== 0x08;
  // Layer I is never met, and would look like the mark of a UTF-16 text.
  const hasLayer = (second & 0x06) === 0x02 || (second & 0x06) === 0x04;
  return (
    hasVersion && hasLayer && third >> 4 !== 0xf && third >> 4 !== 0 && (third & 0x0c) !== 0x0c
  );
}

function isAac(head: Uint8Array): boolean {
  return head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0;
}

/** An SVG is text whose first element is `svg`, after declarations and comments. */
function svg(text: string): Media | null {
  let rest = text.replace(/^\xef\xbb\xbf/, "").trimStart();
  for (;;) {
    const end = rest.startsWith("<?")
      ? rest.indexOf("?>") + 2
      : rest.startsWith("<!--")
        ? rest.indexOf("-->") + 3
        : /^<!doctype/i.test(rest)
          ? endOfDoctype(rest)
          : 0;
    if (end < 4) break;
    rest = rest.slice(end).trimStart();
  }
  return /^<(?:svg:)?svg[\s>/]/.test(rest) ? image("svg+xml") : null;
}

/** A doctype may hold declarations of its own in brackets. */
function endOfDoctype(text: string): number {
  const close = text.indexOf(">");
  const open = text.indexOf("[");
  return open === -1 || open > close ? close + 1 : text.indexOf("]>") + 2;
}

/** One character a byte, so that patterns can look at bytes. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

// An image's size in pixels from its head, so that the page can keep its place while it loads.
import type { ByteSource } from "../byte-source.ts";

/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const HEAD_BYTES = 64 * 1024;
/** Segments before the one that says the size: thumbnails and profiles. */
const MAX_SEGMENTS = 200;

/** The size that an image's head says; `null` where it says none. */
export async function imageSize(source: ByteSource, mediaType: string): Promise<ImageSize | null> {
  if (mediaType === "image/jpeg") return jpegSize(source);
  const bytes = await source.read(0, HEAD_BYTES);
  const size = sizeInHead(new DataView(bytes.buffer), bytes, mediaType);
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}

function sizeInHead(view: DataView, bytes: Uint8Array, mediaType: string): ImageSize | null {
  // A cut head throws where the size would stand.
  try {
    switch (mediaType) {
      case "image/png":
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case "image/gif":
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case "image/bmp":
        return bmpSize(view);
      case "image/x-icon":
        return { width: view.getUint8(6) || 256, height: view.getUint8(7) || 256 };
      case "image/webp":
        return webpSize(view, latin1(bytes.subarray(12, 16)));
      case "image/avif":
      case "image/heic":
        return boxSize(view, bytes);
      case "image/svg+xml":
        return svgSize(latin1(bytes.subarray(0, 8192)));
      default:
        return null;
    }
  } catch {
    return null;
  }
}

function bmpSize(view: DataView): ImageSize {
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return {
    width: Math.abs(view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
  };
}

function webpSize(view: DataView, chunk: string): ImageSize | null {
  if (chunk === "VP8 ")
    return {
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== "VP8X") return null;
  return {
    width: (view.getUint32(24, true) & 0xff_ffff) + 1,
    height: (view.getUint32(26, true) >>> 8) + 1,
  };
}

/** The largest of the sizes in its boxes: others are of thumbnails and tiles. */
function boxSize(view: DataView, bytes: Uint8Array): ImageSize | null {
  let largest: ImageSize | null = null;
  for (let at = 0; at + 16 <= bytes.length; at++) {
    if (latin1(bytes.subarray(at, at + 4)) !== "ispe") continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height)
      largest = size;
  }
  return largest;
}

function svgSize(text: string): ImageSize | null {
  const tag = /<(?:svg:)?svg\b[^>]*/.exec(text)?.[0] ?? "";
  const pixels = (name: string): number =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`).exec(tag)?.[1] ?? "");
  const width = pixels("width");
  const height = pixels("height");
  if (width > 0 && height > 0) return { width, height };
  const box = /\sviewBox\s*=\s*["']\s*[\d.e+-]+[\s,]+[\d.e+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(
    tag,
  );
  return box === null ? null : { width: Number(box[1]), height: Number(box[2]) };
}

/** Walks the segments up to the frame's header. */
async function jpegSize(source: ByteSource): Promise<ImageSize | null> {
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const head = await source.read(at, at + 9);
    const [mark, kind = 0] = head;
    if (head.length < 9 || mark !== 0xff) return null;
    const view = new DataView(head.buffer);
    // Frames of all sorts of coding, without the tables that share their numbers.
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind))
      return { width: view.getUint16(7), height: view.getUint16(5) };
    at += kind === 0xff ? 1 : 2 + view.getUint16(2);
  }
  return null;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

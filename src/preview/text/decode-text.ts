// Bytes as text, also where some are wrong.
import type { TextEncoding } from "./looks-like-text.ts";

/** The text of the bytes; what is not valid becomes U+FFFD, and that is told. */
export function decodeText(
  bytes: Uint8Array,
  encoding: TextEncoding,
): { readonly text: string; readonly isDamaged: boolean } {
  try {
    const strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return { text: strict.decode(bytes), isDamaged: false };
  } catch {
    const lenient = new TextDecoder(encoding, { ignoreBOM: true });
    return { text: lenient.decode(bytes), isDamaged: true };
  }
}

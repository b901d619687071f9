// Tells text from other bytes by a file's head.

/** The encodings a text is read in: UTF-8, or UTF-16 where it begins with its mark. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** A text's encoding and the length of the mark before it. */
export interface EncodingMark {
  readonly encoding: TextEncoding;
  readonly markBytes: number;
}

/** What the first bytes say of a text's encoding. */
export function encodingOf(head: Uint8Array): EncodingMark {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf)
    return { encoding: "utf-8", markBytes: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", markBytes: 2 };
  return { encoding: "utf-8", markBytes: 0 };
}

/** Of the bytes in a text of a known name, this share may be odd: old encodings have many such. */
const ODD_SHARE_WITH_NAME = 0.9;
const ODD_SHARE = 0.02;

/**
 * Whether a file's head reads as text.
 *
 * @param isNamedText its name says that it is one, so an old encoding is likelier than other bytes
 */
export function looksLikeText(head: Uint8Array, isNamedText: boolean): boolean {
  if (head.length === 0) return true;
  const { encoding, markBytes } = encodingOf(head);
  if (encoding !== "utf-8") return isUtf16Text(head.subarray(markBytes), encoding);
  if (head.includes(0)) return false;
  const odd = oddBytes(head);
  return odd <= head.length * (isNamedText ? ODD_SHARE_WITH_NAME : ODD_SHARE);
}

/** Bytes that are no UTF-8, and control characters that no text has. */
function oddBytes(head: Uint8Array): number {
  // A character that the head cuts in two is left in the decoder.
  const text = new TextDecoder().decode(head, { stream: true });
  let odd = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isControl = code < 0x20 && !(code >= 0x08 && code <= 0x0d) && code !== 0x1b;
    if (isControl || code === 0xfffd) odd++;
  }
  return odd;
}

function isUtf16Text(body: Uint8Array, encoding: TextEncoding): boolean {
  const text = new TextDecoder(encoding).decode(body, { stream: true });
  let odd = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0 || code === 0xfffd) odd++;
  }
  return odd <= text.length * ODD_SHARE;
}

// Joins small pieces of a byte stream: each piece becomes a message, and a zip has three for every file.

/** Bytes gathered before they are handed on. */
const PIECE_BYTES = 256 * 1024;

/** A transform whose pieces hold at least 256 KiB each, but for the last. */
export function gathered(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const flush = (controller: TransformStreamDefaultController<Uint8Array<ArrayBuffer>>): void => {
    if (length === 0) return;
    controller.enqueue(concat(pieces, length));
    pieces = [];
    length = 0;
  };
  return new TransformStream({
    transform(piece, controller) {
      pieces.push(piece);
      length += piece.byteLength;
      if (length >= PIECE_BYTES) flush(controller);
    },
    flush,
  });
}

function concat(
  pieces: readonly Uint8Array<ArrayBuffer>[],
  length: number,
): Uint8Array<ArrayBuffer> {
  const [only, ...more] = pieces;
  if (only !== undefined && more.length === 0) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return all;
}

// Bytes put one after another: what the makers of test files write with.

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export function joinBytes(pieces: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** A number of a fixed width. `u64` takes bigints, so that lies can be written too. */
export function fixed(
  type: "u8" | "u32" | "u64" | "f32",
  value: number | bigint,
  littleEndian = true,
): Bytes {
  const view = new DataView(new ArrayBuffer({ u8: 1, u32: 4, u64: 8, f32: 4 }[type]));
  if (type === "u8") view.setUint8(0, Number(value));
  else if (type === "u32") view.setUint32(0, Number(value), littleEndian);
  else if (type === "f32") view.setFloat32(0, Number(value), littleEndian);
  else view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), littleEndian);
  return new Uint8Array(view.buffer);
}

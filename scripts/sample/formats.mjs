// @ts-check
// Writes the sample's files: CSV, PNG, safetensors. Nothing is compressed, so the bytes never depend on a library.

/** @typedef {import("./digits.mjs").Digit} Digit */

const encoder = new TextEncoder();

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** @param {unknown} value */
export const json = (value) => utf8(`${JSON.stringify(value, null, 2)}\n`);

/** @param {readonly (readonly (string | number)[])[]} rows */
export const csv = (rows) => utf8(`${rows.map((row) => row.join(",")).join("\n")}\n`);

/** @param {readonly Digit[]} digits */
export function digitsCsv(digits) {
  const head = Array.from({ length: 64 }, (_, i) => `p${Math.floor(i / 8)}${i % 8}`);
  return csv([["label", ...head], ...digits.map(({ label, points }) => [label, ...points])]);
}

/**
 * Digits side by side, ten in a row, in 16 greys.
 *
 * @param {readonly Digit[]} digits
 * @param {number} scale
 */
export function sheetPng(digits, scale) {
  const width = 10 * 8 * scale;
  const height = Math.ceil(digits.length / 10) * 8 * scale;
  const lineBytes = 1 + width / 2;
  const pixels = new Uint8Array(lineBytes * height);
  /** @param {number} x @param {number} y */
  const greyAt = (x, y) => {
    const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
    const digit = digits[Math.floor(row / 8) * 10 + Math.floor(column / 8)];
    return 15 - Math.min(15, digit?.points[(row % 8) * 8 + (column % 8)] ?? 0);
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x += 2)
      pixels[y * lineBytes + 1 + x / 2] = (greyAt(x, y) << 4) | greyAt(x + 1, y);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Four bits a point, grey.
  header[8] = 4;
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return joined([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", stored(pixels)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/**
 * @param {Readonly<Record<string, { readonly shape: readonly number[], readonly values: Float32Array }>>} tensors
 * @param {Readonly<Record<string, string>>} metadata
 */
export function safetensors(tensors, metadata) {
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  const parts = [];
  let end = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) view.setFloat32(i * 4, value, true);
    header[name] = { dtype: "F32", shape, data_offsets: [end, (end += bytes.length)] };
    parts.push(bytes);
  }
  const text = JSON.stringify(header);
  const padded = utf8(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return joined([length, padded, ...parts]);
}

/** @param {readonly Uint8Array[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const named = joined([utf8(type), data]);
  return joined([uint32(data.length), named, uint32(crc32(named))]);
}

/** A zlib stream of one stored block. @param {Uint8Array} data */
function stored(data) {
  const head = Uint8Array.of(
    0x78,
    0x01,
    1,
    data.length,
    data.length >> 8,
    ~data.length,
    ~data.length >> 8,
  );
  return joined([head, data, uint32(adler32(data))]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** @param {Uint8Array} data */
function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {Uint8Array} data */
function adler32(data) {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

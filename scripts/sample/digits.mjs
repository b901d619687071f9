// @ts-check
// Handwriting of a kind: digits of 8 × 8 points with 0 to 16 of ink, each drawn a little differently.

const SIDE = 8;
/** As many shades as a drawn point has. */
export const INK = 16;

/** Five points wide, seven high. */
const GLYPHS = [
  "01110 10001 10001 10001 10001 10001 01110",
  "00100 01100 00100 00100 00100 00100 01110",
  "01110 10001 00001 00110 01000 10000 11111",
  "01110 10001 00001 00110 00001 10001 01110",
  "00010 00110 01010 10010 11111 00010 00010",
  "11111 10000 11110 00001 00001 10001 01110",
  "00110 01000 10000 11110 10001 10001 01110",
  "11111 00001 00010 00100 01000 01000 01000",
  "01110 10001 10001 01110 10001 10001 01110",
  "01110 10001 10001 01111 00001 00010 01100",
].map((rows) => rows.split(" "));

/**
 * Numbers in [0, 1), the same for the same seed on every machine.
 *
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

/**
 * @typedef {object} Digit
 * @property {number} label
 * @property {readonly number[]} points row by row
 */

/**
 * Every digit equally often, in a shuffled order.
 *
 * @param {number} count
 * @param {() => number} random
 * @returns {readonly Digit[]}
 */
export function drawDigits(count, random) {
  const digits = Array.from({ length: count }, (_, i) => draw(i % 10, random));
  for (let i = digits.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [digits[i], digits[j]];
    if (a !== undefined && b !== undefined) [digits[i], digits[j]] = [b, a];
  }
  return digits;
}

/**
 * @param {number} label
 * @param {() => number} random
 * @returns {Digit}
 */
function draw(label, random) {
  const left = Math.floor(random() * 3);
  const top = Math.floor(random() * 2);
  const slant = random() * 0.5 - 0.25;
  const weight = 0.55 + random() * 0.4;
  const points = [];
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const shift = left + slant * (3 - y);
      const ink = glyphAt(label, x - shift, y - top) * weight + random() * 0.28 - 0.1;
      points.push(Math.round(Math.min(1, Math.max(0, ink)) * INK));
    }
  return { label, points };
}

/**
 * The ink at a place between the glyph's points.
 *
 * @param {number} label
 * @param {number} x
 * @param {number} y
 */
function glyphAt(label, x, y) {
  const from = Math.floor(x);
  const share = x - from;
  /** @param {number} column */
  const at = (column) => Number(GLYPHS[label]?.[y]?.[column] ?? "0");
  return at(from) * (1 - share) + at(from + 1) * share;
}

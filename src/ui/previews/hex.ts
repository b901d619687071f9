// Bytes as people read them.

export const LINE_BYTES = 16;

/** Cuts bytes into lines. */
export function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / LINE_BYTES) }, (_, i) =>
    bytes.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES),
  );
}

/** `50 4b 03 04 …`, padded to a whole line. */
export function hexOf(line: Uint8Array): string {
  const half = (bytes: Uint8Array): string =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const middle = LINE_BYTES / 2;
  return `${half(line.subarray(0, middle))}  ${half(line.subarray(middle))}`.padEnd(LINE_BYTES * 3);
}

/** The line's ASCII, a dot for everything else. */
export function asciiOf(line: Uint8Array): string {
  return Array.from(line, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
  ).join("");
}

/** An offset in hexadecimal. */
export function formatOffset(offset: number, digits: number): string {
  return offset.toString(16).padStart(digits, "0");
}

/** The offset a text names, `0x1f` or `1,024`; `null` where there is no such byte. */
export function parseOffset(text: string, size: number): number | null {
  const plain = text.replaceAll(/[,\s]/g, "");
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(plain)) return null;
  const offset = Number(plain);
  return offset < size ? offset : null;
}

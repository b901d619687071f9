// A QR code, drawn as one path of squares.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { generate } from "lean-qr";

/** The empty edge that readers need around the code, in squares. */
const EDGE = 4;

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** Nothing where the text is too long for any code. */
export function QrCode({ text, label }: QrCodeProps): JSX.Element | null {
  const code = useMemo(() => encode(text), [text]);
  if (code === null) return null;
  const size = code.size + 2 * EDGE;
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}

/** The dark squares of a code as an SVG path, row by row, and how many squares a side has. */
export function encode(text: string): { readonly size: number; readonly path: string } | null {
  const code = generateOrNull(text);
  if (code === null) return null;
  const squares: string[] = [];
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++)
      if (code.get(x, y)) squares.push(`M${x + EDGE} ${y + EDGE}h1v1h-1z`);
  return { size: code.size, path: squares.join("") };
}

function generateOrNull(text: string): ReturnType<typeof generate> | null {
  try {
    return generate(text);
  } catch {
    // The longest code holds about 2,900 characters.
    return null;
  }
}

import { expect, it } from "vitest";
import { encode } from "../../../src/ui/screens/profile/qr-code.tsx";

/** The dark squares as rows of text. */
function draw(text: string): readonly string[] {
  const code = encode(text);
  if (code === null) throw new Error("there is no code");
  const side = code.size + 8;
  const rows = Array.from({ length: side }, () => Array.from({ length: side }, () => " "));
  for (const [, x, y] of code.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const row = rows[Number(y)];
    if (row !== undefined) row[Number(x)] = "#";
  }
  return rows.map((row) => row.join(""));
}

const FINDER = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"];

it("has the three finders in their corners, and a free edge of four squares", () => {
  const rows = draw("https://example.org/#/profile?add=x");
  const end = rows.length - 4;
  const corner = (x: number, y: number): readonly string[] =>
    rows.slice(y, y + 7).map((row) => row.slice(x, x + 7));
  expect(corner(4, 4)).toEqual(FINDER);
  expect(corner(end - 7, 4)).toEqual(FINDER);
  expect(corner(4, end - 7)).toEqual(FINDER);
  expect([...rows.slice(0, 4), ...rows.slice(end)].join("").trim()).toBe("");
  expect(
    rows
      .map((row) => row.slice(0, 4) + row.slice(end))
      .join("")
      .trim(),
  ).toBe("");
});

it("a longer text has a larger code, and one too long has none", () => {
  const small = encode("a")?.size ?? 0;
  expect(small).toBe(21);
  expect(encode("a".repeat(400))?.size).toBeGreaterThan(small);
  expect(encode("a".repeat(5000))).toBeNull();
});

import { expect, it, test } from "vitest";
import type { MarkdownNode, TensorInfo } from "../../../src/protocol/preview-api.ts";
import {
  asciiOf,
  formatOffset,
  hexOf,
  linesOf,
  parseOffset,
} from "../../../src/ui/previews/hex.ts";
import { levelsOf } from "../../../src/ui/previews/markdown-headings.ts";
import { targetOf } from "../../../src/ui/previews/markdown-links.ts";
import { widthsOf } from "../../../src/ui/previews/table-widths.ts";
import { groupTensors, pickTensors, prefixOf } from "../../../src/ui/previews/tensor-rows.ts";
import { append, hasRoom, linesOf as textOf } from "../../../src/ui/previews/text-lines.ts";
import { classOfScope } from "../../../src/ui/previews/token-scope.ts";

test.each([
  ["keyword", "token-keyword"],
  ["title.function", "token-name"],
  ["title function_", "token-name"],
  ["selector-tag", "token-keyword"],
  ["built_in", "token-type"],
  ["", ""],
  ["no-such-scope", ""],
])("the scope %j has the class %j", (scope, expected) => {
  expect(classOfScope(scope)).toBe(expected);
});

const FILES = new Set(["docs/guide.md", "img/a b.png", "README.md"]);
const target = (url: string, from = "docs/index.md"): unknown =>
  targetOf(url, from, (path) => FILES.has(path));

test.each([
  [
    "https://example.org/x?y#z",
    { kind: "web", href: "https://example.org/x?y#z", host: "example.org" },
  ],
  ["mailto:a@example.org", { kind: "web", href: "mailto:a@example.org", host: "a@example.org" }],
  ["guide.md", { kind: "file", path: "docs/guide.md" }],
  ["./guide.md#part", { kind: "file", path: "docs/guide.md" }],
  ["../img/a%20b.png", { kind: "file", path: "img/a b.png" }],
  ["/README.md", { kind: "file", path: "README.md" }],
  ["../../../README.md", { kind: "none" }],
  ["missing.md", { kind: "none" }],
  ["#part", { kind: "none" }],
  ["javascript:alert(1)", { kind: "none" }],
  [" JAVASCRIPT:alert(1)", { kind: "none" }],
  ["data:text/html,x", { kind: "none" }],
  ["file:///etc/passwd", { kind: "none" }],
  ["//example.org/x", { kind: "none" }],
  ["blob:http://localhost/x", { kind: "none" }],
  ["%", { kind: "none" }],
])("the link %j leads to %j", (url, expected) => {
  expect(target(url)).toEqual(expected);
});

it("never skips a level of headings", () => {
  const heading = (level: 1 | 2 | 3 | 4 | 5 | 6): MarkdownNode => ({
    kind: "heading",
    level,
    children: [],
  });
  const nodes = [heading(4), heading(1), heading(3), heading(6), heading(2)];
  expect([...levelsOf([{ kind: "quote", children: nodes }]).values()]).toEqual([3, 3, 4, 5, 4]);
});

const tensor = (name: string, parameters: number, dtype = "F32"): TensorInfo => ({
  name,
  dtype,
  shape: [parameters],
  parameters,
  sizeBytes: parameters * 4,
});
const TENSORS = [
  tensor("h.10.w", 3),
  tensor("h.9.w", 1),
  tensor("h.9.b", 2, "F16"),
  tensor("wte", 9),
];

it("finds tensors by name or type, and sorts them by what a person presses", () => {
  const names = (query: string, column: "name" | "parameters" | null): string[] =>
    pickTensors(TENSORS, query, column === null ? null : { column, isDescending: false }).map(
      ({ name }) => name,
    );
  expect(names(" H.9 ", null)).toEqual(["h.9.w", "h.9.b"]);
  expect(names("f16", null)).toEqual(["h.9.b"]);
  expect(names("", "name")).toEqual(["h.9.b", "h.9.w", "h.10.w", "wte"]);
  expect(names("", "parameters")).toEqual(["h.9.w", "h.9.b", "h.10.w", "wte"]);
});

it("groups tensors up to their layer's number, with sums", () => {
  expect(["model.layers.0.attn.w", "wte.weight", "bias", "blk/3/w"].map(prefixOf)).toEqual([
    "model.layers.0",
    "wte",
    "bias",
    "blk/3",
  ]);
  const lines = groupTensors(TENSORS, new Set(["h.9"]));
  expect(
    lines.map((line) => (line.kind === "group" ? line.prefix : `- ${line.tensor.name}`)),
  ).toEqual(["- h.10.w", "h.9", "- h.9.w", "- h.9.b", "- wte"]);
  expect(lines[1]).toMatchObject({ tensors: 2, parameters: 3, sizeBytes: 12, isOpen: true });
});

it("shows bytes as hexadecimal and ASCII", () => {
  const bytes = new TextEncoder().encode("GGUF\u0000\u0003~\u007f0123456789");
  const [first = bytes, second = bytes] = linesOf(bytes);
  expect(hexOf(first)).toBe("47 47 55 46 00 03 7e 7f  30 31 32 33 34 35 36 37");
  expect(asciiOf(first)).toBe("GGUF..~.01234567");
  expect(hexOf(second).trimEnd()).toBe("38 39");
  expect(hexOf(second)).toHaveLength(hexOf(first).length);
  expect(formatOffset(255, 8)).toBe("000000ff");
});

test.each([
  ["0x1F", 31],
  ["1,024", 1024],
  ["4096", null],
  ["-1", null],
  ["ff", null],
  ["", null],
])("the offset %j in a file of 4096 bytes is %j", (text, expected) => {
  expect(parseOffset(text, 4096)).toBe(expected);
});

it("gives columns room for what is in them, within bounds", () => {
  const columns = ["id", "text"].map((name) => ({ name, type: "string", isNumeric: false }));
  const [narrow = 0, wide = 0] = widthsOf(columns, [["1", "x".repeat(500)]]);
  expect(narrow).toBe(72);
  expect(wide).toBe(340);
});

it("adds the windows of a text up to a limit", () => {
  const part = { lines: [[]], firstLine: 1, startByte: 0, endByte: 10 };
  const text = append(textOf(part), { ...part, firstLine: 2, startByte: 10, endByte: 30 });
  expect(text).toMatchObject({ firstLine: 1, startByte: 0, endByte: 30 });
  expect(text.lines).toHaveLength(2);
  expect(hasRoom(text)).toBe(true);
  expect(hasRoom({ ...text, endByte: 2 ** 30 })).toBe(false);
});

// Markdown: a tree without HTML or scripts, and texts that are made to hold up a parser.
import { describe, expect, test } from "vitest";
import { openMarkdown } from "../../src/preview/markdown/open-markdown.ts";
import { markdownNodes } from "../../src/preview/markdown/to-nodes.ts";
import { fileOf } from "./files.ts";

describe("Markdown", () => {
  test("becomes headings, lists, tables, links and code", () => {
    const text =
      "# Title\n\n- [x] done\n- [ ] *todo*\n\n| a | b |\n|---|:-:|\n| 1 | ~~2~~ |\n\n[x][ref] ![p](img.png)\n\n```py\nreturn 1\n```\n\n[ref]: https://example.org\n";
    expect(markdownNodes(text)).toMatchObject([
      { kind: "heading", level: 1, children: [{ kind: "text", text: "Title" }] },
      {
        kind: "list",
        ordered: false,
        children: [
          { kind: "item", checked: true },
          { kind: "item", checked: false, children: [{ children: [{ kind: "emphasis" }] }] },
        ],
      },
      {
        kind: "table",
        align: [null, "center"],
        children: [{ kind: "table-row" }, { children: [{}, { children: [{ kind: "deleted" }] }] }],
      },
      {
        kind: "paragraph",
        children: [
          { kind: "link", url: "https://example.org" },
          { kind: "text" },
          { kind: "image", url: "img.png", alt: "p" },
        ],
      },
      {
        kind: "code",
        language: "py",
        lines: [
          [{ scope: "keyword", text: "return" }, { text: " " }, { scope: "number", text: "1" }],
        ],
      },
    ]);
  });

  test("front matter is YAML, not a rule and a heading", () => {
    expect(markdownNodes("---\nlicense: mit\n---\n# Model")).toMatchObject([
      { kind: "code", language: "yaml" },
      { kind: "heading" },
    ]);
  });

  test("HTML is text, and links that run or fetch something are none", () => {
    const text =
      "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](  JaVaScRiPt:x) [d](docs/a.md) [e](#top) <b>bold</b>\n\n<!-- hidden -->";
    const nodes = markdownNodes(text);
    const flat = JSON.stringify(nodes);
    expect(flat).not.toContain("hidden");
    expect(flat).not.toMatch(/"url":"(?:javascript|data)/i);
    expect(flat).toContain('"url":"docs/a.md"');
    expect(flat).toContain('"url":"#top"');
    expect(nodes?.[0]).toEqual({ kind: "text", text: "<script>alert(1)</script>" });
  });

  test.each([
    ["brackets", "[".repeat(50_000)],
    ["closed brackets", "[".repeat(20_000) + "]".repeat(20_000)],
    ["quotes", ">".repeat(50_000)],
    ["stars", "*a **b ".repeat(20_000)],
    ["lists in a line", "- ".repeat(20_000) + "x"],
    [
      "nested lists",
      Array.from({ length: 500 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
    ],
    ["list items", "- a\n  - b\n".repeat(5_000)],
    ["definitions", "[a]: b\n".repeat(5_000)],
    ["backticks", Array.from({ length: 500 }, (_, length) => "`".repeat(length)).join(" ")],
  ])("a bomb of %s is refused at once", async (_name, text) => {
    const start = performance.now();
    await expect(openMarkdown(fileOf(text, "README.md"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("what people write is no bomb", () => {
    const table = `| a | b |\n|---|---|\n${"| **1** | [x](y) |\n".repeat(100)}`;
    expect(markdownNodes(table)).toHaveLength(1);
    expect(markdownNodes("> > quote\n\n- a\n  - b\n    - c\n")).toHaveLength(2);
  });

  test("a long text shows its beginning, with a note", async () => {
    const { preview } = await openMarkdown(
      fileOf("A paragraph of words.\n\n".repeat(6_000), "a.md"),
    );
    expect(preview.notes.join()).toContain("first 96 KiB");
  }, 30_000);
});

// Markdown: a tree without HTML or scripts, and texts that are made to hold up a parser.
import { describe, expect, test } from "vitest";
import { openMarkdown } from "../../src/preview/markdown/open-markdown.ts";
import { layOut } from "../../src/preview/markdown/to-nodes.ts";
import type { MarkdownNode } from "../../src/protocol/preview-api.ts";
import { fileOf } from "./files.ts";

const markdownNodes = (text: string): readonly MarkdownNode[] | undefined => layOut(text)?.nodes;

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

  test("[L4] HTML is text, and links that run or fetch something are none", () => {
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
    ["backticks", Array.from({ length: 500 }, (_, length) => "`".repeat(length)).join(" ")],
  ])("a bomb of %s is refused at once", async (_name, text) => {
    const before = process.cpuUsage();
    await expect(openMarkdown(fileOf(text, "README.md"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  test("what people write is no bomb", () => {
    const table = `| a | b |\n|---|---|\n${"| **1** | [x](y) |\n".repeat(100)}`;
    expect(markdownNodes(table)).toHaveLength(1);
    expect(markdownNodes("> > quote\n\n- a\n  - b\n    - c\n")).toHaveLength(2);
  });

  test.each([
    ["list items", "- a\n  - b\n".repeat(20_000)],
    ["definitions", "[a]: b\n".repeat(50_000)],
    ["names", Array.from({ length: 20_000 }, (_, i) => `[n${i}]: b\n\n[n${i}]\n\n`).join("")],
    ["quotes", "> a *b*\n".repeat(50_000)],
    ["marks in many paragraphs", `${"*a **b ".repeat(400)}\n\n`.repeat(200)],
  ])("many %s take no longer than a person waits", async (_name, text) => {
    const before = process.cpuUsage();
    await openMarkdown(fileOf(text, "README.md")).catch(() => null);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });

  test("is cut where it takes too long, and a bomb in it stands as it is written", () => {
    let time = 0;
    const text = `# A\n\n${"A paragraph of words.\n\n".repeat(6_000)}`;
    const cut = layOut(text, () => (time += 400));
    expect(cut).toMatchObject({ isCut: true, hasPlain: false });
    expect(cut?.nodes[0]).toMatchObject({ kind: "heading" });
    const section = `## Words\n\n${"word ".repeat(2_000)}\n\n`;
    const held = layOut(`${section}${"[".repeat(3_000)}\n\n${section}`, () => 0);
    expect(held).toMatchObject({ isCut: false, hasPlain: true });
    expect(held?.nodes.at(-2)).toMatchObject({ kind: "heading" });
  });

  test("what is laid out in pieces is what it would be in one", () => {
    const code = "```py\n# no heading\n\nA b\n```";
    const rows = Array.from({ length: 400 }, (_, i) => `| **${i}** | [x](y) |`).join("\n");
    const items = Array.from({ length: 400 }, (_, i) => `- item ${i}\n\n  more`).join("\n");
    const text = `# A\n\n${code}\n\n| a | b |\n|---|---|\n${rows}\n\n${items}\n\nEnd [x][Ref].\n\n[ref]: https://example.org\n`;
    const nodes = layOut(text, () => 0)?.nodes;
    expect(nodes?.map(({ kind }) => kind)).toEqual([
      "heading",
      "code",
      "table",
      "list",
      "paragraph",
    ]);
    expect(nodes?.[2]).toHaveProperty("children.length", 401);
    expect(nodes?.[3]).toHaveProperty("children.length", 400);
    expect(nodes?.[4]).toMatchObject({ children: [{}, { kind: "link" }, {}] });
  });
});

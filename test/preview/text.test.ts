// Text: windows that lose and halve nothing, encodings, colours.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextPart } from "../../src/protocol/preview-api.ts";
import type { OpenedPreview } from "../../src/preview/opened.ts";
import { openText } from "../../src/preview/text/open-text.ts";
import { highlightLines } from "../../src/preview/text/highlight.ts";
import { countedFile, fileOf } from "./files.ts";

const textOf = (part: TextPart): string[] =>
  part.lines.map((line) => line.map(({ text }) => text).join(""));

/** All windows, one after the other. */
async function windows(opened: OpenedPreview, size: number): Promise<TextPart[]> {
  const { preview, readText } = opened;
  if (preview.kind !== "text" || readText === undefined) throw new Error("not text");
  const parts: TextPart[] = [preview];
  for (let end = preview.endByte; end < size;) {
    const part = await readText(end);
    expect(part.startByte).toBe(end);
    expect(part.endByte).toBeGreaterThan(end);
    parts.push(part);
    end = part.endByte;
  }
  return parts;
}

describe("text", () => {
  test("windows hold every line once, with its number", async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, index) => `line ${index} – ${"é".repeat(index % 7)}`,
    );
    const file = fileOf(lines.join("\n"), "a.txt");
    const parts = await windows(await openText(file), file.source.size);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.flatMap(textOf)).toEqual(lines);
    let next = 1;
    for (const part of parts) {
      expect(part.firstLine).toBe(next);
      next += part.lines.length;
    }
  });

  test("opening reads one window of a large file", async () => {
    const { file, bytesRead } = countedFile("some words\n".repeat(2_000_000), "a.log");
    const { preview } = await openText(file);
    expect(preview).toMatchObject({ kind: "text", firstLine: 1, startByte: 0 });
    expect(bytesRead()).toBeLessThan(400_000);
  });

  test("one line of many megabytes is cut between characters", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("é", "語", "😀", "aé語😀"), async (piece) => {
        const text = piece.repeat(Math.ceil(600_000 / piece.length));
        const file = fileOf(text, "a.txt");
        const parts = await windows(await openText(file), file.source.size);
        expect(parts.map((part) => textOf(part).join("")).join("")).toBe(text);
        expect(new Set(parts.map(({ firstLine }) => firstLine))).toEqual(new Set([1]));
      }),
      { numRuns: 4 },
    );
  });

  test("a jump lands at the start of a line", async () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `row ${index}`).join("\n");
    const { readText } = await openText(fileOf(text, "a.txt"));
    const part = await readText?.(500_003);
    expect(part?.firstLine).toBeNull();
    expect(part && textOf(part)[0]).toMatch(/^row \d+$/);
    expect(part && text.slice(part.startByte - 1, part.startByte)).toBe("\n");
  });

  test("a jump into the only line end of a window still moves on", async () => {
    const text = `${"x".repeat(500_000)}\n${"y".repeat(500_000)}`;
    const { readText } = await openText(fileOf(text, "a.txt"));
    const part = await readText?.(490_000);
    expect(part?.endByte).toBeGreaterThan(part?.startByte ?? 0);
  });

  test("UTF-16 is read by its mark, cut between characters", async () => {
    const text = "añ😀\n".repeat(60_000) + "😀".repeat(200_000);
    const units = new Uint16Array([
      0xfeff,
      ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)),
    ]);
    const file = fileOf(new Uint8Array(units.buffer), "a.txt");
    const parts = await windows(await openText(file), file.source.size);
    const lines = parts.flatMap(textOf);
    expect(lines.slice(0, 60_000).every((line) => line === "añ😀")).toBe(true);
    expect(lines.slice(60_000).join("")).toBe("😀".repeat(200_000));
  });

  test("bytes that are no UTF-8 are marked and noted", async () => {
    const { preview } = await openText(fileOf(new Uint8Array([0x61, 0xff, 0x62]), "a.txt"));
    expect(preview).toMatchObject({ lines: [[{ text: "a\ufffdb" }]] });
    expect(preview.notes).toEqual(["Some bytes are not valid UTF-8. They are shown as \ufffd."]);
  });

  test("an empty file and a pointer of Git LFS say what they are", async () => {
    expect((await openText(fileOf("", "a.txt"))).preview.notes).toEqual(["This file is empty."]);
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    expect((await openText(fileOf(pointer, "m.bin"))).preview.notes.join()).toContain("Git LFS");
  });

  test("bytes that are no text are refused", async () => {
    const bytes = new Uint8Array(4_096);
    await expect(openText(fileOf(bytes, "a.bin"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
  });
});

describe("colours", () => {
  test("code has scopes, and its text is whole", () => {
    const code = 'def f(x):\n    """Doc\n    more"""\n    return x + 1  # add\r\n';
    const lines = highlightLines(code, "python");
    expect(lines.map((line) => line.map(({ text }) => text).join(""))).toEqual([
      "def f(x):",
      '    """Doc',
      '    more"""',
      "    return x + 1  # add",
    ]);
    expect(lines[0]?.[0]).toEqual({ scope: "keyword", text: "def" });
    expect(lines[2]?.at(-1)).toMatchObject({ scope: "string" });
    expect(lines[3]?.at(-1)).toMatchObject({ scope: "comment" });
  });

  test("languages by name, and none for what is unknown", async () => {
    const language = async (path: string, text = "x"): Promise<unknown> => {
      const { preview } = await openText(fileOf(text, path));
      return preview.kind === "text" ? preview.language : preview.kind;
    };
    expect(await language("a/b.py")).toBe("python");
    expect(await language("Dockerfile")).toBe("dockerfile");
    expect(await language("index.html")).toBe("html");
    expect(await language("run", "#!/usr/bin/env python3\n")).toBe("python");
    expect(await language("constructor")).toBeNull();
    expect(highlightLines("x", "no such language")).toEqual([[{ scope: "", text: "x" }]]);
  });

  test("very long lines stay plain, the others keep their colours", () => {
    const long = `x = "${"a".repeat(10_000)}"`;
    const lines = highlightLines(`import a\n${long}\nimport b`, "python");
    expect(lines[1]).toEqual([{ scope: "", text: long }]);
    expect(lines[2]?.[0]?.scope).toBe("keyword");
  });

  test.each(["javascript", "html", "markdown", "latex", "php", "typescript"])(
    "%s nested without end takes neither the stack nor minutes",
    (language) => {
      for (const piece of ["`${", "{{", "((", "<a ", "/*", "**_", "\\{", "<?php "]) {
        const text = `${piece.repeat(300)}\n`.repeat(10);
        const lines = highlightLines(text, language);
        const plain = lines.map((line) => line.map((token) => token.text).join(""));
        expect(plain.join("\n")).toBe(text.slice(0, -1));
      }
    },
    30_000,
  );
});

// Notebooks of formats 3 and 4, and files that only look like some.
import { describe, expect, test } from "vitest";
import type { NotebookPreview } from "../../src/protocol/preview-api.ts";
import { openNotebook } from "../../src/preview/notebook/open-notebook.ts";
import { fileOf } from "./files.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type Shown = Omit<NotebookPreview, "alternatives">;
async function open(content: unknown): Promise<Shown> {
  const { preview } = await openNotebook(fileOf(JSON.stringify(content), "a.ipynb"));
  if (preview.kind !== "notebook") throw new Error("not a notebook");
  return preview;
}

const code = (outputs: unknown[], source: unknown = "x"): unknown => ({
  nbformat: 4,
  metadata: { kernelspec: { language: "python" } },
  cells: [{ cell_type: "code", execution_count: 1, source, outputs }],
});

describe("a notebook", () => {
  test("of format 4 has its cells, coloured, with outputs", async () => {
    const { language, cells, notes } = await open({
      nbformat: 4,
      metadata: { language_info: { name: "Python" } },
      cells: [
        { cell_type: "markdown", source: ["# Title\n", "text"] },
        {
          cell_type: "code",
          execution_count: 3,
          source: "return 1",
          outputs: [
            { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] },
            { output_type: "stream", name: "stderr", text: "c" },
            {
              output_type: "execute_result",
              data: { "text/html": "<script>1</script>", "text/plain": ["plain"] },
            },
            { output_type: "display_data", data: { "image/png": PNG, "text/plain": "<Figure>" } },
            {
              output_type: "error",
              ename: "E",
              evalue: "v",
              traceback: ["\u001b[0;31mE\u001b[0m: v"],
            },
          ],
        },
        { cell_type: "raw", source: "raw" },
      ],
    });
    expect([language, notes]).toEqual(["python", []]);
    expect(cells.map(({ kind, number }) => [kind, number])).toEqual([
      ["markdown", null],
      ["code", 3],
      ["raw", null],
    ]);
    expect(cells[0]?.nodes).toMatchObject([{ kind: "heading" }, { kind: "paragraph" }]);
    expect(cells[1]?.lines[0]?.[0]).toEqual({ scope: "keyword", text: "return" });
    expect(cells[1]?.outputs).toMatchObject([
      { kind: "text", text: "a\nb\nc" },
      { kind: "text", text: "plain" },
      { kind: "image", text: "<Figure>", image: { mediaType: "image/png" } },
      { kind: "error", text: "E: v" },
    ]);
  });

  test("of format 3 is read from its worksheets", async () => {
    const { cells } = await open({
      nbformat: 3,
      worksheets: [
        {
          cells: [
            { cell_type: "heading", level: 2, source: "Old" },
            {
              cell_type: "code",
              language: "python",
              prompt_number: 7,
              input: ["1 + 1"],
              outputs: [{ output_type: "pyout", text: ["2"], png: PNG }],
            },
          ],
        },
      ],
    });
    expect(cells[0]?.nodes).toMatchObject([{ kind: "heading", level: 2 }]);
    expect(cells[1]).toMatchObject({ number: 7, outputs: [{ kind: "image", text: "2" }] });
  });

  test("shows HTML outputs by their plain twin, or says what they are", async () => {
    const { cells } = await open(
      code([{ output_type: "display_data", data: { "text/html": "<b onclick=x>1</b>" } }]),
    );
    expect(JSON.stringify(cells)).not.toContain("onclick");
    expect(cells[0]?.outputs).toEqual([
      { kind: "text", text: "(an output of type text/html, which isn't shown)" },
    ]);
  });

  test("gives no image whose bytes are none", async () => {
    const svg = btoa("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
    const { cells } = await open(
      code([
        { output_type: "display_data", data: { "image/png": svg, "text/plain": "twin" } },
        { output_type: "display_data", data: { "image/png": "%%%" } },
      ]),
    );
    expect(cells[0]?.outputs.map(({ kind }) => kind)).toEqual(["text", "text"]);
    expect(cells[0]?.outputs[0]?.text).toBe("twin");
  });

  test("shows the last state of a progress bar, and cuts endless outputs", async () => {
    const { cells } = await open(
      code([
        { output_type: "stream", text: " 0%\r50%\r100%\ndone" },
        { output_type: "error", traceback: ["x".repeat(1e6)] },
        ...Array.from({ length: 600 }, () => ({ output_type: "display_data", data: {} })),
      ]),
    );
    const outputs = cells[0]?.outputs ?? [];
    expect(outputs[0]?.text).toBe("100%\ndone");
    expect(outputs[1]?.text.length).toBeLessThan(101_000);
    expect(outputs.at(-1)?.text).toContain("102 more outputs");
  });

  test("with wrong shapes keeps the cells that make sense", async () => {
    const { cells, notes } = await open({
      cells: [
        null,
        5,
        { cell_type: "code" },
        { cell_type: "code", source: ["a", 1] },
        { cell_type: "code", source: "ok", outputs: [7, { output_type: {} }] },
      ],
      metadata: [],
    });
    expect(cells).toHaveLength(1);
    expect(notes).toEqual(["6 cells or outputs are damaged and left out."]);
    expect((await open({ cells: [] })).notes).toEqual(["This notebook has no cells."]);
  });

  test.each([
    ["no JSON", "{cells"],
    ["no notebook", "[1]"],
    ["cells that are no list", '{"cells":{"length":5}}'],
  ])("is refused for %s", async (_name, text) => {
    await expect(openNotebook(fileOf(text, "a.ipynb"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
  });
});

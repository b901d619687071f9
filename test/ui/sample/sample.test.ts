// What is shipped is what the generator makes, and what it makes is well formed.
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makeSample } from "../../../scripts/sample/content.mjs";
import { parseSampleRecord } from "../../../src/ui/sample/sample-record.ts";

const SHIPPED = fileURLToPath(new URL("../../../public/sample/", import.meta.url));
const MOST_BYTES = 150 * 1024;

describe("the sample project's files", () => {
  const { plan, files } = makeSample();

  it("are those that are shipped, byte for byte", async () => {
    const shipped = await readdir(SHIPPED, { recursive: true, withFileTypes: true });
    const paths = shipped
      .filter((entry) => entry.isFile())
      .map((entry) => relative(SHIPPED, join(entry.parentPath, entry.name)).split(sep).join("/"));
    expect(paths.toSorted()).toEqual([...files.keys(), "plan.json"].toSorted());
    for (const [path, bytes] of files)
      expect(Buffer.compare(await readFile(join(SHIPPED, path)), bytes), path).toBe(0);
    expect(JSON.parse(await readFile(join(SHIPPED, "plan.json"), "utf8"))).toEqual(plan);
  });

  it("are small", () => {
    const total = Array.from(files.values()).reduce((sum, { length }) => sum + length, 0);
    expect(total).toBeLessThan(MOST_BYTES);
  });

  it("are all logged, and nothing else is", () => {
    const logged = new Set(plan.steps.flatMap((step) => Object.values(step.files)));
    expect([...logged].toSorted()).toEqual([...files.keys()].toSorted());
  });

  it("hold models whose header tells where each tensor lies", () => {
    const models = [...files].filter(([path]) => path.endsWith(".safetensors"));
    expect(models).toHaveLength(3);
    for (const [, bytes] of models) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const length = Number(view.getBigUint64(0, true));
      const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
        string,
        { readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }
      >;
      let end = 0;
      for (const [name, { shape, data_offsets: offsets }] of Object.entries(header)) {
        if (name === "__metadata__") continue;
        expect(offsets).toEqual([end, end + 4 * shape.reduce((a, b) => a * b, 1)]);
        [, end] = offsets;
      }
      expect(8 + length + end).toBe(bytes.length);
    }
  });

  it("tell of training that paid off", () => {
    const accuracies = plan.steps.flatMap(({ type, metadata }) =>
      type === "model" ? [Number(metadata["accuracy"])] : [],
    );
    expect(accuracies).toEqual(accuracies.toSorted((a, b) => a - b));
    expect(accuracies.at(-1)).toBeGreaterThan(0.9);
  });
});

describe("what is remembered of the sample", () => {
  const RECORD = { project: "p", createdAt: "2026", artifacts: ["a"], versions: 6 };

  it("comes back as it was", () => {
    expect(parseSampleRecord(JSON.stringify(RECORD))).toEqual(RECORD);
  });

  it.each([
    null,
    "",
    "{",
    "null",
    "[]",
    '{"project":1}',
    JSON.stringify({ ...RECORD, versions: "6" }),
  ])("is nothing where it makes no sense: %j", (stored) => {
    expect(parseSampleRecord(stored)).toBeNull();
  });
});

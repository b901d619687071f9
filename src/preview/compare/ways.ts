// How two files can be compared: as whatever both of them are.
import type { CompareWay, NamedFile } from "../../protocol/compare-api.ts";
import type { PreviewKind } from "../../protocol/preview-api.ts";
import { sourceOf } from "../byte-source.ts";
import { kindsOf } from "../detect.ts";

const WAY_OF_KIND: Partial<Record<PreviewKind, CompareWay>> = {
  text: "text",
  json: "text",
  markdown: "text",
  notebook: "text",
  table: "table",
  safetensors: "tensors",
  gguf: "tensors",
  image: "image",
};

/** The ways that both files allow, best first. */
export async function waysToCompare(
  before: NamedFile,
  after: NamedFile,
): Promise<readonly CompareWay[]> {
  const [old, now] = await Promise.all([waysOf(before), waysOf(after)]);
  return now.filter((way) => old.includes(way));
}

async function waysOf({ file, path }: NamedFile): Promise<readonly CompareWay[]> {
  const kinds = await kindsOf({ source: sourceOf(file), blob: file, path });
  return [...new Set(kinds.flatMap((kind) => WAY_OF_KIND[kind] ?? []))];
}

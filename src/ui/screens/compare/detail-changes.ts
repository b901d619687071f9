// What differs between two versions beside their files.
import { compareMetadata, type MetadataChange } from "../../../core/compare-metadata.ts";
import type { Json, JsonObject } from "../../../core/json.ts";
import type { Side } from "./side.ts";

/** Description, tags and type; then metadata, leaf by leaf. Aliases always differ, so they are not here. */
export function detailChanges(before: Side, after: Side): readonly MetadataChange[] {
  return [
    ...aboutChanges(before, after),
    ...compareMetadata(before.version.metadata, after.version.metadata),
  ];
}

/** Description, tags and type, as far as there are any. */
export function aboutChanges(before: Side, after: Side): readonly MetadataChange[] {
  return compareMetadata(aboutOf(before), aboutOf(after));
}

function aboutOf({ artifact, version }: Side): JsonObject {
  const { description, tags, pinned } = version;
  return {
    ...(description !== "" && { Description: description }),
    ...(tags.length > 0 && { Tags: tags.toSorted() }),
    ...(pinned && { Pinned: "yes" }),
    Type: artifact.type,
  };
}

/** A value as text: strings as they are, unless the other side has another type. */
export function textOfValue(value: Json, other: Json | undefined): string {
  if (typeof value === "string" && (other === undefined || typeof other === "string")) return value;
  return JSON.stringify(value);
}

/** `+0.02 (+2.15%)`. */
export function describeNumbers({ numbers }: MetadataChange): string {
  if (numbers === null) return "";
  const { difference, percent } = numbers;
  const share = percent === null ? "" : ` (${signed(Number(percent.toPrecision(3)))}%)`;
  return `${signed(difference)}${share}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : "−"}${String(Math.abs(value))}`;
}

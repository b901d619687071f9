// A registry's spec, typed or pasted whole, is a way to what it names: now, or as of its time [N7 E4].
import { History, SquareLibrary } from "lucide";
import { formatSelector, formatSpec, parseSpec, type Spec } from "../../core/spec.ts";
import { formatTime } from "../parts/format.ts";
import { formatRoute } from "../router.ts";
import type { Row } from "./rows.ts";

/** Where a registry's spec leads; `null` for any other text. Whether it is there the page tells. */
export function rowOfSpec(text: string): Row | null {
  const spec = findSpec(text.trim());
  if (spec?.kind !== "collection") return null;
  const { registry, collection, asOf } = spec;
  return {
    id: `spec ${formatSpec(spec)}`,
    icon: asOf === null ? SquareLibrary : History,
    label: { text: text.trim(), stretches: [] },
    by: null,
    detail: asOf === null ? "Collection" : `As it was on ${formatTime(asOf)}`,
    hash: formatRoute({
      kind: "collection",
      registry,
      collection,
      selector: formatSelector(spec.selector),
      tab: "versions",
      asOf: asOf ?? "",
    }),
    version: null,
    run: null,
  };
}

function findSpec(text: string): Spec | null {
  try {
    return parseSpec(text);
  } catch {
    // Most of what is typed is no spec.
    return null;
  }
}

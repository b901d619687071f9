// The list of identified files as lines of equal height: a file, then the places that hold its bytes.
import type { BytesPlace } from "../../protocol/find-api.ts";
import type { IdentifiedFile, IdentifyTotals } from "./identify-state.ts";

export type IdentifyLine =
  | { readonly kind: "file"; readonly key: string; readonly file: IdentifiedFile }
  | { readonly kind: "place"; readonly key: string; readonly place: BytesPlace }
  | { readonly kind: "more"; readonly key: string; readonly count: number };

export type IdentifyFilter = "all" | "known" | "notHere" | "failed";

/** With so few files every place they have is shown. */
const FEW_FILES = 3;
/** Places shown of each of many files. */
const PLACES_OF_MANY = 3;

/** The lines of the files that a filter lets through. */
export function linesOf(
  files: readonly IdentifiedFile[],
  filter: IdentifyFilter,
): readonly IdentifyLine[] {
  const most = files.length <= FEW_FILES ? Number.POSITIVE_INFINITY : PLACES_OF_MANY;
  const lines: IdentifyLine[] = [];
  files.forEach((file, at) => {
    if (!passes(file, filter)) return;
    lines.push({ kind: "file", key: `${at}`, file });
    if (file.answer === null || "problem" in file.answer) return;
    const { places, count } = file.answer;
    const shown = places.slice(0, most);
    shown.forEach((place, i) => lines.push({ kind: "place", key: `${at} ${i}`, place }));
    if (count > shown.length)
      lines.push({ kind: "more", key: `${at} more`, count: count - shown.length });
  });
  return lines;
}

/** What came out, in one sentence. */
export function describeTotals({ files, known, notHere, failed }: IdentifyTotals): string {
  const parts = [
    `${known.toLocaleString("en")} found`,
    `${notHere.toLocaleString("en")} not here`,
    ...(failed > 0 ? [`${failed.toLocaleString("en")} couldn't be read`] : []),
  ];
  const left = files - known - notHere - failed;
  if (left > 0) parts.push(`${left.toLocaleString("en")} not looked at`);
  return `${parts.join(", ")}.`;
}

function passes({ answer }: IdentifiedFile, filter: IdentifyFilter): boolean {
  if (filter === "all") return true;
  if (answer === null) return false;
  if ("problem" in answer) return filter === "failed";
  return filter === (answer.count > 0 ? "known" : "notHere");
}

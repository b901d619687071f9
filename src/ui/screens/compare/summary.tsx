// How many files came, went, changed and moved, which also says which are shown; and the bytes.
import type { JSX } from "preact";
import { FILE_MARKS, type FileMark } from "../../../core/compare-manifests.ts";
import { Fact } from "../../parts/fact.tsx";
import { formatBytes } from "../../parts/format.ts";
import type { CompareRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { marksOf, type CompareTreeState } from "../../state/compare-state.ts";
import { ByteChange } from "./byte-change.tsx";
import { MarkIcon, wordOf } from "./mark.tsx";
import "../../parts/choices.css";

interface SummaryProps {
  readonly app: AppState;
  readonly route: CompareRoute;
  readonly tree: CompareTreeState;
}

export function Summary({ app, route, tree }: SummaryProps): JSX.Element {
  const { counts } = tree;
  const { added, removed, shared } = tree.comparison.bytes;
  const shown = new Set(marksOf(route.marks, counts));
  const toggle = (mark: FileMark): void => {
    const wanted = new Set(shown);
    if (!wanted.delete(mark)) wanted.add(mark);
    // Nothing chosen shows what differs, as does the bare address.
    const marks = FILE_MARKS.filter((each) => wanted.has(each) && counts[each] > 0);
    app.replaceRoute({ ...route, tab: "files", marks: marksText(marks, tree) });
  };
  return (
    <div class="card compare-summary">
      <div class="choices mark-filter" role="group" aria-label="Files shown">
        {FILE_MARKS.map((mark) => (
          <button
            key={mark}
            type="button"
            aria-pressed={shown.has(mark) && counts[mark] > 0}
            disabled={counts[mark] === 0}
            onClick={() => toggle(mark)}
          >
            <MarkIcon mark={mark} />
            {wordOf(mark)} <strong>{counts[mark].toLocaleString("en")}</strong>
          </button>
        ))}
      </div>
      <dl class="compare-bytes">
        <Fact name="Bytes">
          <ByteChange up={added} down={removed} />
        </Fact>
        <Fact name="Shared">{formatBytes(shared)}</Fact>
      </dl>
    </div>
  );
}

/** As short as it can be: `""` where these are the marks shown anyway. */
function marksText(marks: readonly FileMark[], { counts }: CompareTreeState): string {
  const usual = marksOf("", counts).filter((mark) => counts[mark] > 0);
  const isUsual = usual.length === marks.length && usual.every((mark) => marks.includes(mark));
  return isUsual ? "" : marks.join(",");
}

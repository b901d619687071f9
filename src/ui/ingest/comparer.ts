// Asks the store what a staged draft would change, and drops answers that come too late.
import { signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";
import type { IngestUid } from "../../core/records.ts";
import type { DraftComparison, MARKS } from "../../protocol/ingest.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import type { DraftStart, Mark } from "./draft-file.ts";
import type { DraftFiles } from "./draft-files.ts";
import { draftEntriesOf, type PathReport } from "./draft-paths.ts";

/** What the draft would change, with its marks counted. */
export interface CountedComparison extends Omit<DraftComparison, "marks"> {
  readonly addedCount: number;
  readonly changedCount: number;
}

export type ComparisonState =
  | { readonly kind: "none" }
  | { readonly kind: "pending" }
  | { readonly kind: "ready"; readonly value: CountedComparison }
  | { readonly kind: "failed"; readonly problem: Problem };

export interface ComparisonWish {
  /** Equal keys give equal answers. */
  readonly key: string;
  readonly project: string;
  readonly name: string;
  readonly report: PathReport;
}

export interface Comparer {
  readonly state: ReadonlySignal<ComparisonState>;
  /** Asks, unless this was asked last. */
  readonly want: (wish: ComparisonWish) => void;
  /** Forgets the answer and the question. */
  readonly clear: () => void;
}

const DEBOUNCE_MS = 200;

const MARK_NAMES: Readonly<Record<(typeof MARKS)[keyof typeof MARKS], Mark>> = {
  0: "unchanged",
  1: "added",
  2: "changed",
};

/** Makes a comparer that writes marks onto the files. */
export function createComparer(
  store: StoreApi,
  files: DraftFiles,
  start: DraftStart | null,
  flushed: () => Promise<IngestUid>,
): Comparer {
  const state = signal<ComparisonState>({ kind: "none" });
  let wanted: ComparisonWish | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function clear(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    wanted = null;
    if (state.value.kind === "none") return;
    state.value = { kind: "none" };
    unmark();
  }

  function unmark(): void {
    for (const file of files.all) file.mark = null;
    files.bump();
  }

  async function ask(wish: ComparisonWish): Promise<void> {
    try {
      const ingest = await flushed();
      if (wanted !== wish) return;
      const { project, name, report } = wish;
      const entries = draftEntriesOf(report, start, files.all);
      // A file was taken out since; the next check brings the next wish.
      if (entries === null) return;
      const answer = await store.compareDraft(ingest, { project, name }, entries);
      if (wanted !== wish) return;
      state.value = { kind: "ready", value: mark(report, answer) };
      files.bump();
    } catch (error) {
      if (wanted === wish) state.value = { kind: "failed", problem: problemOf(error) };
    }
  }

  return {
    state,
    clear,
    want(wish) {
      if (wanted?.key === wish.key) return;
      clear();
      wanted = wish;
      state.value = { kind: "pending" };
      timer = setTimeout(() => void ask(wish), DEBOUNCE_MS);
    },
  };
}

function mark(report: PathReport, answer: DraftComparison): CountedComparison {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  report.files.forEach((file, index) => {
    const value = answer.marks[index];
    file.mark = value === 0 || value === 1 || value === 2 ? MARK_NAMES[value] : null;
    if (file.mark !== null) counts[file.mark]++;
  });
  const { existing, sameAs, removed, newBytes } = answer;
  return {
    existing,
    sameAs,
    removed,
    newBytes,
    addedCount: counts.added,
    changedCount: counts.changed,
  };
}

// One line at the foot of the sheet: how far staging is, then what a commit would change.
import type { JSX } from "preact";
import { formatVersion } from "../../core/version.ts";
import { formatBytes, formatCount } from "../parts/format.ts";
import { ProgressBar } from "../parts/progress-bar.tsx";
import type { CountedComparison } from "./comparer.ts";
import { draftFraction, draftStatus } from "./draft-label.ts";
import type { Blocker, DraftState } from "./draft-state.ts";

export function DraftSummary({ draft }: { readonly draft: DraftState }): JSX.Element {
  const phase = draft.phase.value;
  const comparison = draft.comparison.value;
  const isMoving = phase === "reading" || phase === "staging";
  return (
    <div class="draft-summary">
      {isMoving && (
        <ProgressBar value={phase === "reading" ? null : draftFraction(draft)} label="Staging" />
      )}
      <p class={isMoving ? "muted" : ""} aria-live="off">
        {draftStatus(draft)}
      </p>
      {comparison.kind === "pending" && phase === "ready" && <p class="muted">Comparing…</p>}
      {comparison.kind === "ready" && <Changes comparison={comparison.value} />}
      <Blocking draft={draft} />
      <span class="visually-hidden" role="status">
        {phase === "ready" ? "All files are staged" : phase === "halted" ? "Staging stopped" : ""}
      </span>
    </div>
  );
}

function Changes({ comparison }: { readonly comparison: CountedComparison }): JSX.Element {
  const { existing, sameAs, addedCount, changedCount, removed, newBytes } = comparison;
  if (sameAs !== null)
    return (
      <p class="draft-same">
        <strong>Same as {formatVersion(sameAs)}.</strong> A commit stores nothing new; only aliases
        would move.
      </p>
    );
  const bytes = newBytes === 0 ? "no new bytes" : `${formatBytes(newBytes)} new to the store`;
  if (existing === null) return <p class="draft-changes">First version · {bytes}</p>;
  return (
    <p class="draft-changes">
      Against {formatVersion(existing.latest)}:{" "}
      <span class="mark-added">+{addedCount.toLocaleString("en")} added</span>{" "}
      <span class="mark-changed">~{changedCount.toLocaleString("en")} changed</span>{" "}
      <span class="mark-removed">−{removed.length.toLocaleString("en")} removed</span> · {bytes}
    </p>
  );
}

function Blocking({ draft }: { readonly draft: DraftState }): JSX.Element | null {
  const blocker = draft.blocker.value;
  if (blocker === null || (blocker === "fields" && !draft.showsAllProblems.value)) return null;
  return (
    <p class="draft-blocker" role={draft.showsAllProblems.value ? "alert" : undefined}>
      {blockerText(blocker, draft)}
    </p>
  );
}

function blockerText(blocker: Blocker, draft: DraftState): string {
  switch (blocker) {
    case "fields":
      return "Some fields above need a look.";
    case "failed":
      return `${formatCount(draft.files.totals.value.failed, "file")} could not be read; add again or remove.`;
    case "invalid_paths":
      return `${formatCount(draft.paths.value?.invalid.size ?? 0, "path")} can't be kept; remove or change the root.`;
    case "path_conflict":
      return "Two files would stand at the same place; see the list.";
    case "no_files":
      return "Add at least one file.";
  }
}

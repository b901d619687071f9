// Drafts that wait or go on without their sheet.
import type { JSX } from "preact";
import { Package, X } from "lucide";
import { Icon } from "../parts/icon.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { draftFraction, draftStatus, draftTitle } from "./draft-label.ts";
import type { DraftState } from "./draft-state.ts";
import type { IngestState } from "./ingest-state.ts";

export function Tray({ ingest }: { readonly ingest: IngestState }): JSX.Element | null {
  const open = ingest.open.value;
  const waiting = ingest.drafts.value.filter((draft) => draft !== open);
  if (waiting.length === 0) return null;
  return (
    <aside class={`ingest-tray${open === null ? "" : " beside-sheet"}`} aria-label="Drafts">
      <ul>
        {waiting.map((draft) => (
          <TrayItem key={draft.id} ingest={ingest} draft={draft} />
        ))}
      </ul>
    </aside>
  );
}

function TrayItem({
  ingest,
  draft,
}: {
  readonly ingest: IngestState;
  readonly draft: DraftState;
}): JSX.Element {
  const title = draftTitle(draft);
  const isStuck =
    draft.phase.value === "halted" ||
    draft.commitProblem.value !== null ||
    draft.blocker.value !== null;
  return (
    <li class={isStuck ? "needs-look" : ""}>
      <button type="button" class="ingest-tray-open" onClick={() => ingest.show(draft)}>
        <Icon icon={Package} size={16} />
        <span class="ingest-tray-text">
          <strong>{title}</strong>
          <small>{isStuck ? `${draftStatus(draft)} · needs a look` : draftStatus(draft)}</small>
        </span>
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={`Cancel ${title}`}
        title="Cancel: nothing of it is kept"
        onClick={() => ingest.cancel(draft)}
      >
        <Icon icon={X} size={16} />
      </button>
      {draft.phase.value === "staging" && (
        <ProgressBar value={draftFraction(draft)} label={`Staging ${title}`} />
      )}
    </li>
  );
}

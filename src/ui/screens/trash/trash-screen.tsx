// What was deleted and can still come back [D1 D3].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { RotateCcw, Trash2 } from "lucide";
import type { TrashRecord } from "../../../core/records.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { describeRestored } from "../../state/describe-trash.ts";
import { useResource } from "../../state/use-resource.ts";
import { EmptyDialog } from "./empty-dialog.tsx";
import { TrashDays } from "./trash-days.tsx";
import { contentOf, daysLeft, describeDaysLeft, titleOf } from "./trash-text.ts";
import "./trash-screen.css";

export function TrashScreen({ app }: { readonly app: AppState }): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, "trash", () =>
    Promise.all([store.listTrash(), store.getTrashDays()]),
  );
  /** What is about to go for good: an entry, or everything. */
  const [emptying, setEmptying] = useState<TrashRecord | "all" | null>(null);
  if (loaded.phase === "loading") return <Loading what="the trash" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [entries, days] = loaded.value;
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  return (
    <div class="trash">
      <header class="trash-header">
        <div class="page-header">
          <h1>Trash</h1>
          {entries.length > 0 && (
            <p class="muted">
              {formatCount(entries.length, "entry", "entries")} · {formatBytes(sizeBytes)}
            </p>
          )}
        </div>
        {entries.length > 0 && (
          <Button variant="danger" icon={Trash2} onClick={() => setEmptying("all")}>
            Empty trash…
          </Button>
        )}
      </header>
      {entries.length === 0 ? (
        <EmptyState icon={Trash2} title="The trash is empty">
          <p>What you delete waits here for a while, and can be restored until then.</p>
        </EmptyState>
      ) : (
        <ul class="card trash-list" aria-label="Deleted">
          {entries.map((entry) => (
            <Entry
              key={entry.uid}
              entry={entry}
              days={days}
              onRestore={() => void restore(app, entry)}
              onDelete={() => setEmptying(entry)}
            />
          ))}
        </ul>
      )}
      <TrashDays key={days} app={app} days={days} />
      {emptying !== null && (
        <EmptyDialog
          app={app}
          entry={emptying === "all" ? null : emptying}
          onClose={() => setEmptying(null)}
        />
      )}
    </div>
  );
}

interface EntryProps {
  readonly entry: TrashRecord;
  readonly days: number;
  readonly onRestore: () => void;
  readonly onDelete: () => void;
}

function Entry({ entry, days, onRestore, onDelete }: EntryProps): JSX.Element {
  const title = titleOf(entry);
  const left = daysLeft(entry, days, Date.now());
  return (
    <li>
      <span class="trash-what">
        <strong>{title}</strong>
        <span class="muted">
          {contentOf(entry)} · {formatBytes(entry.sizeBytes)}
        </span>
      </span>
      <span class="trash-when">
        <time dateTime={entry.deletedAt} title={formatTime(entry.deletedAt)}>
          {formatAgo(entry.deletedAt)}
        </time>
        <span class={left < 3 ? "trash-soon" : "muted"}>{describeDaysLeft(left)}</span>
      </span>
      <span class="trash-actions">
        <Button small icon={RotateCcw} onClick={onRestore}>
          Restore<span class="visually-hidden"> {title}</span>
        </Button>
        <Button small variant="ghost" onClick={onDelete}>
          Delete for good…<span class="visually-hidden"> {title}</span>
        </Button>
      </span>
    </li>
  );
}

function restore(app: AppState, entry: TrashRecord): Promise<boolean> {
  return attempt(app.toasts, async () => {
    const restored = await app.cairn.store.restore(entry.uid);
    app.toasts.show({ kind: "success", text: `${titleOf(entry)}: ${describeRestored(restored)}` });
    // The button is gone with its row.
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}

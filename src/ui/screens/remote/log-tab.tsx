// What happened in every round: newest first, older lines fetched when they come into view.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ScrollText } from "lucide";
import type { RemoteView, SyncLogRow } from "../../../protocol/sync-api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Loading } from "../../parts/loading.tsx";
import { useMedia } from "../../parts/use-media.ts";
import { VirtualList } from "../../parts/virtual-list.tsx";
import type { AppState } from "../../state/app-state.ts";
import { SyncLog } from "../../state/sync-log.ts";
import { LineDialog } from "./line-dialog.tsx";
import { LogLine } from "./log-line.tsx";
import "../../parts/table-row.css";
import "./log-tab.css";

interface LogTabProps {
  readonly app: AppState;
  readonly remote: RemoteView;
}

const ROW_HEIGHT = 56;
const CARD_HEIGHT = 96;
/** Pixels before the end at which older ones are asked for. */
const AHEAD = 1500;

export function LogTab({ app, remote: { uid } }: LogTabProps): JSX.Element {
  const { sync } = app.cairn;
  const [log] = useState(() => new SyncLog(sync.api, uid));
  const opened = useSignal<SyncLogRow | null>(null);
  const isNarrow = useMedia("(max-width: 720px)");
  useEffect(() => {
    const stop = sync.onNotice((notice) => {
      if (notice.kind === "logged" && notice.remote === uid) log.add(notice.row);
    });
    void log.showOlder();
    return stop;
  }, [sync, log, uid]);
  const rows = log.rows.value;
  const problem = log.problem.value;
  if (problem !== null) return <ErrorNote problem={problem} />;
  if (rows === null) return <Loading what="the log" />;
  if (rows.length === 0)
    return (
      <EmptyState icon={ScrollText} title="Nothing happened yet">
        <p>Every round leaves a line here: what came, what went, and what went wrong.</p>
      </EmptyState>
    );
  return (
    <div class="card log-card">
      <VirtualList
        // Rows of another height are another list.
        key={isNarrow ? "cards" : "rows"}
        class="log-list"
        count={rows.length}
        rowHeight={isNarrow ? CARD_HEIGHT : ROW_HEIGHT}
        keyOf={(i) => rows[i]?.key ?? i}
        attributes={{
          role: "list",
          "aria-label": "What happened, newest first",
          onScroll: ({ currentTarget: list }) => {
            if (list.scrollHeight - list.scrollTop - list.clientHeight < AHEAD)
              void log.showOlder();
          },
        }}
        renderRow={(i) => {
          const row = rows[i];
          return row === undefined ? null : (
            <LogLine row={row} onOpen={() => (opened.value = row)} />
          );
        }}
      />
      {opened.value !== null && (
        <LineDialog row={opened.value} onClose={() => (opened.value = null)} />
      )}
    </div>
  );
}

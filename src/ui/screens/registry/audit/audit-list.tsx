// The events that pass the filter, as a long list that fetches older ones when they come into view.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { SearchX } from "lucide";
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import type { AuditRow as Row } from "../../../../protocol/registry-log-api.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorNote } from "../../../parts/error-note.tsx";
import { Loading } from "../../../parts/loading.tsx";
import { useMedia } from "../../../parts/use-media.ts";
import { VirtualList } from "../../../parts/virtual-list.tsx";
import type { AuditState } from "../../../state/audit-state.ts";
import { isProtected } from "../../collection/alias-offers.ts";
import { nameIn } from "../requests/names.ts";
import { AuditRow } from "./audit-row.tsx";
import { aliasOfAct, describeAct, type ActContext } from "./describe-act.ts";
import { EventDialog } from "./event-dialog.tsx";

interface AuditListProps {
  readonly audit: AuditState;
  readonly detail: RegistryDetail;
  /** Says which filter it is. */
  readonly listKey: string;
}

const ROW_HEIGHT = 56;
const CARD_HEIGHT = 96;
/** Pixels before the end at which older ones are asked for. */
const AHEAD = 1500;

export function AuditList({ audit, detail, listKey }: AuditListProps): JSX.Element {
  const isNarrow = useMedia("(max-width: 720px)");
  const opened = useSignal<Row | null>(null);
  const rows = audit.rows.value;
  const count = rows?.length ?? 0;
  const problem = audit.problem.value;
  if (problem !== null) return <ErrorNote problem={problem} />;
  if (rows === null) return <Loading what="the log" />;
  if (count === 0)
    return (
      <EmptyState icon={SearchX} title="Nothing in the log fits">
        <p>Take a filter off to see more of it.</p>
      </EmptyState>
    );
  const context = contextOf(detail);
  return (
    <div class="card audit-card">
      <VirtualList
        // Rows of another height are another list.
        key={isNarrow ? "cards" : "rows"}
        class="audit-list"
        count={count}
        rowHeight={isNarrow ? CARD_HEIGHT : ROW_HEIGHT}
        keyOf={(i) => rows[i]?.event.uid ?? i}
        listKey={listKey}
        attributes={{
          role: "list",
          "aria-label": "Events, newest first",
          onScroll: ({ currentTarget: list }) => {
            if (list.scrollHeight - list.scrollTop - list.clientHeight < AHEAD)
              void audit.showOlder();
          },
        }}
        renderRow={(i) => {
          const row = rows[i];
          if (row === undefined) return null;
          return (
            <AuditRow
              row={row}
              text={describeAct(row.event.act, context)}
              isProtected={isAboutProtected(row, detail)}
              onOpen={() => (opened.value = row)}
            />
          );
        }}
      />
      {opened.value !== null && (
        <EventDialog
          row={opened.value}
          text={describeAct(opened.value.event.act, context)}
          onClose={() => (opened.value = null)}
        />
      )}
    </div>
  );
}

function isAboutProtected({ event: { act } }: Row, { protectionList }: RegistryDetail): boolean {
  const alias = aliasOfAct(act);
  return alias === null ? act.kind.startsWith("protection-") : isProtected(protectionList, alias);
}

function contextOf({ memberList, requestList }: RegistryDetail): ActContext {
  const asked = new Map(requestList.map((view) => [view.request, view]));
  return {
    nameOf: (key) => nameIn(memberList, key),
    askOf: (request) => asked.get(request) ?? null,
  };
}

// What people ask to have promoted, to be approved, declined or taken back: open ones first.
import type { JSX } from "preact";
import { Inbox } from "lucide";
import type { RegistryDetail, RequestView } from "../../../protocol/registry-link-api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { RegistryRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { OpenRequestFile } from "./requests/open-request-file.tsx";
import { RequestCard } from "./requests/request-card.tsx";
import "./requests/requests.css";

export interface RegistryTabProps {
  readonly app: AppState;
  readonly route: RegistryRoute;
  readonly detail: RegistryDetail;
}

/** Older ones are in the audit. */
const SETTLED = 100;

export function RequestsTab({ app, detail }: RegistryTabProps): JSX.Element {
  const open = detail.requestList.filter(({ settled }) => settled === null);
  const settled = detail.requestList.filter((view) => view.settled !== null);
  const card = (view: RequestView): JSX.Element => (
    <RequestCard
      key={view.request}
      app={app}
      registry={detail.name}
      detail={detail}
      view={view}
      isPast={detail.asOf !== null}
    />
  );
  return (
    <div class="requests">
      {detail.asOf === null && !isReadOnly() && <OpenRequestFile app={app} detail={detail} />}
      {open.length === 0 ? (
        <EmptyState icon={Inbox} title="No request is open">
          {!isReadOnly() && (
            <p>
              Who may not put a protected alias on a version can ask for it there: “Promote to…”,
              then “Ask for it”.
            </p>
          )}
        </EmptyState>
      ) : (
        <section aria-labelledby="requests-open">
          <h2 id="requests-open">Open</h2>
          <ul class="request-list">{open.map(card)}</ul>
        </section>
      )}
      {settled.length > 0 && (
        <section aria-labelledby="requests-settled">
          <h2 id="requests-settled">Settled</h2>
          <ul class="request-list">{settled.slice(0, SETTLED).map(card)}</ul>
          {settled.length > SETTLED && (
            <p class="muted">The newest {SETTLED} are shown; the audit has all.</p>
          )}
        </section>
      )}
    </div>
  );
}

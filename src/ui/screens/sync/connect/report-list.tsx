// What looking at a repository found, step by step, and what is in it already.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { CircleCheck, CircleDashed, TriangleAlert, type IconNode } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { ConnectionReport, ConnectionStep } from "../../../../protocol/sync-api.ts";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { formatCount } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";
import type { ConnectDraft } from "../../../state/sync-connect.ts";

const LOOKS: Readonly<
  Record<ConnectionStep["state"], { readonly icon: IconNode; readonly label: string }>
> = {
  good: { icon: CircleCheck, label: "Good:" },
  bad: { icon: TriangleAlert, label: "Problem:" },
  skipped: { icon: CircleDashed, label: "Not checked:" },
};

interface ReportListProps {
  readonly draft: ConnectDraft;
  readonly report: ConnectionReport;
}

export function ReportList({ draft, report }: ReportListProps): JSX.Element {
  const { steps, exists, projects, registries } = report;
  const list = useRef<HTMLDivElement>(null);
  // It comes at the end of a form that may be longer than the view.
  useLayoutEffect(() => list.current?.scrollIntoView({ block: "nearest" }), [report]);
  return (
    <div ref={list} class="report">
      <ul aria-label="What was found">
        {steps.filter(isTelling).map(({ what, state, text, requestId }) => (
          <li key={what} class={`is-${state}`}>
            <Icon {...LOOKS[state]} />
            <span>
              {showHidden(text)}
              {requestId !== null && state === "bad" && (
                <span class="report-request muted">
                  Request <code>{showHidden(requestId)}</code>
                  <CopyButton text={requestId} label="Copy the request’s id" />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {exists && draft.mode.value === "new" && (
        <p>It is there already. Connecting takes it as it is.</p>
      )}
      {projects.length > 0 && <p>Projects in it: {namesOf(projects)}.</p>}
      {registries.length > 0 && (
        <p>Registries in it: {namesOf(registries.map(({ name }) => name))}.</p>
      )}
      {draft.readsOnly.value && (
        <p>You may read it and not write: Cairn brings in what is there and sends nothing.</p>
      )}
    </div>
  );
}

/** Steps of which there is nothing to say before they can be taken. */
const LATER: ReadonlySet<ConnectionStep["what"]> = new Set(["layout", "lfs"]);

/** Whether a step says more than that it wasn't taken, because of another in front of it. */
function isTelling(
  { what, state }: ConnectionStep,
  at: number,
  steps: readonly ConnectionStep[],
): boolean {
  if (state !== "skipped") return true;
  return !LATER.has(what) && steps.slice(0, at).every((before) => before.state !== "bad");
}

/** The others are listed where they are chosen. */
const NAMED = 5;

function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED).map(showHidden).join(", ");
  const others = names.length - NAMED;
  return others > 0 ? `${named} and ${formatCount(others, "other")}` : named;
}

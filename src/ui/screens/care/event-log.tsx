// The log of everything that was done; its chain can be checked [E1 E2].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CircleCheck, Link2, TriangleAlert } from "lucide";
import type { LogCheck } from "../../../protocol/care-api.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { SearchInput } from "../../parts/search-input.tsx";
import type { Route } from "../../router.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { EventPages } from "./event-pages.tsx";
import "./event-log.css";

interface EventLogProps {
  readonly app: AppState;
  readonly route: Extract<Route, { kind: "care" }>;
}

export function EventLog({ app, route }: EventLogProps): JSX.Element {
  const { store } = app.cairn;
  const check = useSignal<LogCheck | null>(null);
  const [task] = useState(() => new Task());
  const subject = route.subject.trim();
  const verifyLog = async (): Promise<void> => {
    check.value = await store.verifyLog();
  };
  const problem = task.problem.value;
  return (
    <section class="event-log" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Log</h2>
        <SearchInput
          label="Project, or project/name:v2"
          value={route.subject}
          onInput={(text) => app.replaceRoute({ ...route, subject: text })}
        />
        <Button icon={Link2} busy={task.isBusy.value} onClick={() => void task.run(verifyLog)}>
          Verify log
        </Button>
      </header>
      {problem !== null && <ErrorNote problem={problem} />}
      {check.value !== null && <CheckResult check={check.value} />}
      <EventPages key={subject} app={app} subject={subject} />
    </section>
  );
}

function CheckResult({ check: { events, brokenAt } }: { readonly check: LogCheck }): JSX.Element {
  return (
    <p class={`log-check${brokenAt === null ? "" : " is-broken"}`} role="status">
      <Icon icon={brokenAt === null ? CircleCheck : TriangleAlert} />
      {brokenAt === null
        ? `${formatCount(events, "event")}, each follows from the one before.`
        : `Event ${brokenAt.toLocaleString("en")} doesn't follow from the one before it: the log was changed there.`}
    </p>
  );
}

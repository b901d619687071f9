// Events about a subject, newest first, a page at a time.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { describeError } from "../../../core/errors.ts";
import type { EventRecord } from "../../../core/records.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { EventRow } from "./event-row.tsx";

/** Events on a page. */
const PAGE = 100;

interface EventPagesProps {
  readonly app: AppState;
  /** Blank for all. Give each subject a component of its own. */
  readonly subject: string;
}

export function EventPages({ app, subject }: EventPagesProps): JSX.Element | null {
  const { store } = app.cairn;
  const about = subject === "" ? {} : { subject };
  /** By number: what comes in at the top pushes others off the first page. */
  const seen = useRef(new Map<number, EventRecord>());
  /** How many the last older page had; `null` before there was one. */
  const lastPage = useSignal<number | null>(null);
  const [task] = useState(() => new Task());
  const newest = useResource(app, subject, () => store.listEvents({ ...about, limit: PAGE }));
  if (newest.phase === "loading") return null;
  if (newest.phase === "failed") return <p class="muted">{describeError(newest.problem)}</p>;
  for (const event of newest.value) seen.current.set(event.seq, event);
  const events = [...seen.current.values()].toSorted((a, b) => b.seq - a.seq);
  const last = events.at(-1)?.seq;
  const isWhole = (lastPage.value ?? newest.value.length) < PAGE;
  const showOlder = async (): Promise<void> => {
    if (last === undefined) return;
    const older = await store.listEvents({ ...about, beforeSeq: last, limit: PAGE });
    for (const event of older) seen.current.set(event.seq, event);
    lastPage.value = null;
    lastPage.value = older.length;
  };
  const problem = task.problem.value;
  if (events.length === 0)
    return (
      <p class="card event-empty muted">
        {subject === "" ? "Nothing was done yet." : "The log has nothing about this."}
      </p>
    );
  return (
    <>
      <ol class="card event-list" aria-label="Events, newest first">
        {events.map((event) => (
          <EventRow key={event.seq} event={event} />
        ))}
      </ol>
      {problem !== null && <ErrorNote problem={problem} />}
      {!isWhole && (
        <Button busy={task.isBusy.value} onClick={() => void task.run(showOlder)}>
          Show older
        </Button>
      )}
    </>
  );
}

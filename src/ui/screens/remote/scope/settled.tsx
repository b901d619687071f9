// What two devices did at once, and how it was settled: newest first [S3 S4 S5].
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Scale } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { ErrorNote } from "../../../parts/error-note.tsx";
import { formatAgo, formatTime } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";
import { remoteHash } from "../../../state/sync-actions.ts";
import { SyncLog } from "../../../state/sync-log.ts";
import type { ScopeProps } from "./scope-tab.tsx";

/** A remote's log has no more lines. */
const ALL = 1000;
/** The others are in the log. */
const SHOWN = 20;

export function Settled({ app, remote: { uid } }: ScopeProps): JSX.Element {
  const { sync } = app.cairn;
  const [log] = useState(() => new SyncLog(sync.api, uid, ALL));
  useEffect(() => {
    const stop = sync.onNotice((notice) => {
      if (notice.kind === "logged" && notice.remote === uid) log.add(notice.row);
    });
    void log.showOlder();
    return stop;
  }, [sync, log, uid]);
  const notes = (log.rows.value ?? []).filter(({ level }) => level === "note");
  const problem = log.problem.value;
  return (
    <section class="card remote-section" aria-labelledby="remote-settled">
      <header>
        <Icon icon={Scale} />
        <h2 id="remote-settled">What was settled</h2>
        {notes.length > 0 && <span class="muted number">{notes.length.toLocaleString("en")}</span>}
      </header>
      {problem !== null && <ErrorNote problem={problem} />}
      {problem === null && notes.length === 0 && (
        <p class="muted">
          Where two devices change the same thing, Cairn settles it and says here how. Nothing met
          yet.
        </p>
      )}
      {notes.length > 0 && (
        <ul class="settled-list" tabIndex={0} aria-label="What was settled, newest first">
          {notes.slice(0, SHOWN).map(({ key, at, text, project }) => (
            <li key={key}>
              <span>{showHidden(text)}</span>
              <span class="muted">
                {project !== null && `${showHidden(project)} · `}
                <time dateTime={at} title={formatTime(at)}>
                  {formatAgo(at)}
                </time>
              </span>
            </li>
          ))}
        </ul>
      )}
      {notes.length > SHOWN && <a href={remoteHash(uid, "log")}>All of them, in the log</a>}
    </section>
  );
}

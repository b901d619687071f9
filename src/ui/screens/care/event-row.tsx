// One event: when, about what, what was done; its values unfold.
import type { JSX } from "preact";
import { findDigest, shortDigest } from "../../../core/digest.ts";
import { showHidden } from "../../../core/errors.ts";
import type { EventRecord } from "../../../core/records.ts";
import { findVersionNumber } from "../../../core/version.ts";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { showHiddenInText } from "../../parts/text.ts";
import { versionHash } from "../../router.ts";
import { describeEvent } from "./describe-event.ts";

export function EventRow({ event }: { readonly event: EventRecord }): JSX.Element {
  const { seq, at, actor, subject, before, after } = event;
  return (
    <li>
      <details>
        <summary>
          <span class="event-what">
            <strong title={showHidden(subject)}>{labelOf(subject)}</strong>{" "}
            {showHidden(describeEvent(event))}
          </span>
          <time class="muted" dateTime={at} title={formatTime(at)}>
            {formatAgo(at)}
          </time>
        </summary>
        <dl>
          <dt>Event</dt>
          <dd>
            {seq.toLocaleString("en")}, {formatTime(at)}, by <code>{showHidden(actor)}</code>
            <VersionLink subject={subject} />
          </dd>
          {before !== null && (
            <>
              <dt>Before</dt>
              <dd>
                <pre>{showHiddenInText(JSON.stringify(before, null, 2))}</pre>
              </dd>
            </>
          )}
          {after !== null && (
            <>
              <dt>After</dt>
              <dd>
                <pre>{showHiddenInText(JSON.stringify(after, null, 2))}</pre>
              </dd>
            </>
          )}
        </dl>
      </details>
    </li>
  );
}

/** The subject as a person reads it; of a digest the beginning will do. */
function labelOf(subject: string): string {
  const digest = findDigest(subject);
  return digest === undefined ? showHidden(subject) : shortDigest(digest);
}

/** A way to the version an event is about. */
function VersionLink({ subject }: { readonly subject: string }): JSX.Element | null {
  const [, project, name, selector] = /^([^/:]+)\/([^/:]+):([^/:]+)$/.exec(subject) ?? [];
  if (project === undefined || name === undefined || selector === undefined) return null;
  if (findVersionNumber(selector) === undefined) return null;
  return (
    <>
      {" · "}
      <a href={versionHash(project, name, selector)}>Open</a>
    </>
  );
}

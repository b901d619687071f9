// What happened to this version and to the artifact's aliases, newest first; what can be is taken back from here [A4].
import type { ComponentChildren, JSX } from "preact";
import { CircleDot, RotateCcw, Tag } from "lucide";
import type { AliasChange } from "../../../core/alias.ts";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { EventRecord } from "../../../core/records.ts";
import type { VersionDetail, VersionSummary } from "../../../protocol/browse-api.ts";
import { Button } from "../../parts/button.tsx";
import { AliasChip } from "../../parts/chip.tsx";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { VersionLabel } from "../../parts/version-label.tsx";
import { formatRoute } from "../../router.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { provisionalIn } from "../../state/synced-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { describeEvent } from "../care/describe-event.ts";
import { putBack } from "./alias-actions.ts";
import { canRollBack, historyOf, holdersIn } from "./history-entries.ts";
import { wayBackFrom, type Present } from "./history-undo.ts";
import "./history-panel.css";

/** Events read; the whole log is on its own page. */
const EVENTS = 500;
const SHOWN = 300;

type ShowNumber = (number: VersionNumber) => JSX.Element;

interface HistoryPanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  readonly versions: readonly VersionSummary[];
}

export function HistoryPanel({ app, detail, versions }: HistoryPanelProps): JSX.Element {
  const { store } = app.cairn;
  const { project, name } = detail.artifact;
  const { number } = detail.version;
  const artifact = `${project}/${name}`;
  const loaded = useResource(app, `${artifact}:${number}`, () =>
    Promise.all([
      store.aliasHistory(project, name),
      store.listEvents({ subject: `${artifact}:${formatVersion(number)}`, limit: EVENTS }),
      store.listEvents({ subject: artifact, limit: EVENTS }),
      store.listTrash(),
    ]),
  );
  if (loaded.phase === "loading") return <Loading what="the history" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [changes, ownEvents, allEvents, trash] = loaded.value;
  const entries = historyOf(artifact, number, changes, [...ownEvents, ...allEvents]);
  const holders = holdersIn(changes);
  const isProvisional = provisionalIn(app.sync.remotes.value, detail.artifact);
  const provisional = new Set(
    versions.flatMap(({ version }) => (isProvisional(version) ? [version.number] : [])),
  );
  const show: ShowNumber = (of) => <VersionLabel number={of} isProvisional={provisional.has(of)} />;
  // Oldest first, so that the last of each alias is left.
  const newest = new Set(new Map(changes.map((change) => [change.alias, change])).values());
  return (
    <div class="history">
      <ol class="history-list" aria-label="History, newest first">
        {entries.slice(0, SHOWN).map((entry) =>
          entry.kind === "alias" ? (
            <Entry key={`${entry.seq} ${entry.change.alias}`} at={entry.at} isAlias>
              <span class="history-text">{describeChange(entry.change, show)}</span>
              {!isReadOnly() && canRollBack(entry.change, holders) && (
                <AliasBack
                  change={entry.change}
                  holder={holders.get(entry.change.alias) ?? null}
                  isNewest={newest.has(entry.change)}
                  onClick={(holder) => void putBack(app, { project, name }, entry.change, holder)}
                />
              )}
            </Entry>
          ) : (
            <Entry key={entry.seq} at={entry.at}>
              <EventEntry app={app} event={entry.event} present={{ detail, trash }} show={show} />
            </Entry>
          ),
        )}
      </ol>
      <p class="muted">
        {entries.length > SHOWN && `The newest ${SHOWN} are shown. `}
        <a href={formatRoute({ kind: "care", subject: artifact })}>
          All events of {showHidden(name)} in the log
        </a>
      </p>
    </div>
  );
}

function Entry({
  at,
  isAlias = false,
  children,
}: {
  readonly at: string;
  readonly isAlias?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <li class={isAlias ? "is-alias" : ""}>
      <Icon icon={isAlias ? Tag : CircleDot} size={15} />
      {children}
      <time class="muted" dateTime={at} title={formatTime(at)}>
        {formatAgo(at)}
      </time>
    </li>
  );
}

/** Takes back the newest change of an alias, or puts it where it was before an older one. */
function AliasBack({
  change: { alias, from },
  holder,
  isNewest,
  onClick,
}: {
  readonly change: AliasChange;
  readonly holder: VersionNumber | null;
  readonly isNewest: boolean;
  readonly onClick: (holder: VersionNumber | null) => void;
}): JSX.Element {
  const place = from === null ? "no version" : formatVersion(from);
  const label = isNewest ? "Undo" : "Put back";
  return (
    <Button
      small
      variant="ghost"
      icon={RotateCcw}
      title={`Puts ${showHidden(alias)} back to ${place}`}
      aria-label={`${label}: ${showHidden(alias)} back to ${place}`}
      onClick={() => onClick(holder)}
    >
      {label}
    </Button>
  );
}

function EventEntry({
  app,
  event,
  present,
  show,
}: {
  readonly app: AppState;
  readonly event: EventRecord;
  readonly present: Present;
  readonly show: ShowNumber;
}): JSX.Element {
  const { artifact, version } = present.detail;
  const said = showHidden(describeEvent(event));
  // Else it is about the artifact as a whole.
  const isOwn = event.subject !== `${artifact.project}/${artifact.name}`;
  const text = isOwn ? `${formatVersion(version.number)} ${said}` : said;
  const back = isReadOnly() ? null : wayBackFrom(event, present);
  return (
    <>
      <span class="history-text">
        {isOwn && <>{show(version.number)} </>}
        {said}
      </span>
      {back !== null && (
        <Button
          small
          variant="ghost"
          icon={RotateCcw}
          aria-label={`${back.label}: ${text}`}
          onClick={() => void attempt(app.toasts, () => back.run(app))}
        >
          {back.label}
        </Button>
      )}
    </>
  );
}

function describeChange({ alias, from, to }: AliasChange, show: ShowNumber): JSX.Element {
  const strong = (number: VersionNumber): JSX.Element => <strong>{show(number)}</strong>;
  const chip = <AliasChip alias={alias} />;
  if (to === null)
    return (
      <>
        {chip} removed{from !== null && <> from {strong(from)}</>}
      </>
    );
  return from === null ? (
    <>
      {chip} put on {strong(to)}
    </>
  ) : (
    <>
      {chip} moved from {strong(from)} to {strong(to)}
    </>
  );
}

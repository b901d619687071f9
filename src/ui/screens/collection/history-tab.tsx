// How a collection's aliases came and went, newest first; each change can be rolled back, as one more move [A4].
import type { JSX } from "preact";
import { RotateCcw, Tag } from "lucide";
import type { AliasChange } from "../../../core/alias.ts";
import { happenedBy } from "../../../core/alias-history.ts";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { isProtected as covers } from "./alias-offers.ts";
import type { CollectionDetail } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { registryHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { rollBackAlias, type CollectionPlace } from "../../state/collection-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { useResource } from "../../state/use-resource.ts";
import { canRollBack, holdersIn } from "../version/history-entries.ts";
import { whyNot } from "./access.ts";
import "../version/history-panel.css";

/** The audit has them all. */
const SHOWN = 300;

interface HistoryTabProps {
  readonly app: AppState;
  readonly detail: CollectionDetail;
}

export function HistoryTab({ app, detail }: HistoryTabProps): JSX.Element {
  const { name, registry, asOf } = detail;
  const place: CollectionPlace = { registry: registry.name, collection: name };
  const loaded = useResource(app, `${registry.name}/${name}`, () =>
    app.cairn.store.linkAliasHistory(registry.name, name),
  );
  if (loaded.phase === "loading") return <Loading what="the history" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const changes = loaded.value.filter(({ at }) => asOf === null || happenedBy(at, asOf));
  const holders = holdersIn(changes);
  const live = new Set(detail.linkList.map(({ number }) => number));
  if (changes.length === 0) return <p class="muted">No alias was put on a version yet.</p>;
  return (
    <div class="history">
      <ol class="history-list" aria-label="Alias history, newest first">
        {changes
          .slice(-SHOWN)
          .toReversed()
          .map((change) => (
            <Change
              key={`${change.seq} ${change.alias}`}
              app={app}
              detail={detail}
              place={place}
              change={change}
              holder={holders.get(change.alias) ?? null}
              isBackable={canRollBack(change, holders)}
              isLost={change.from !== null && !live.has(change.from)}
            />
          ))}
      </ol>
      <p class="muted">
        {changes.length > SHOWN && `The newest ${SHOWN} are shown. `}
        <a href={`${registryHash(registry.name, "audit")}&q=${encodeURIComponent(name)}`}>
          All of {showHidden(name)} in the audit
        </a>
      </p>
    </div>
  );
}

interface ChangeProps extends HistoryTabProps {
  readonly place: CollectionPlace;
  readonly change: AliasChange;
  readonly holder: VersionNumber | null;
  readonly isBackable: boolean;
  /** The version it was on is not linked any more. */
  readonly isLost: boolean;
}

function Change({
  app,
  detail,
  place,
  change,
  holder,
  isBackable,
  isLost,
}: ChangeProps): JSX.Element {
  const { alias, from, at, actor } = change;
  const isProtected = covers(detail.protectionList, alias);
  const back = from === null ? "no version" : formatVersion(from);
  const reason = isLost
    ? `${back} is not linked any more.`
    : whyNot(detail, isProtected ? "set_protected_alias" : "set_alias");
  return (
    <li class="is-alias">
      <Icon icon={Tag} size={15} />
      <span class="history-text">
        <LinkAliasChip alias={{ alias, isProtected }} /> {wordsOf(change)}
        <span class="muted"> by {showHidden(actor)}</span>
      </span>
      {isBackable && !isReadOnly() && (
        <Button
          small
          variant="ghost"
          icon={RotateCcw}
          disabled={reason !== ""}
          title={reason === "" ? `Puts ${showHidden(alias)} back to ${back}` : reason}
          aria-label={`Roll back: ${showHidden(alias)} to ${back}`}
          onClick={() => void rollBackAlias(app, place, change, holder)}
        >
          Roll back
        </Button>
      )}
      <time class="muted" dateTime={at} title={formatTime(at)}>
        {formatAgo(at)}
      </time>
    </li>
  );
}

function wordsOf({ from, to }: AliasChange): string {
  if (to === null) return from === null ? "removed" : `removed from ${formatVersion(from)}`;
  return from === null
    ? `put on ${formatVersion(to)}`
    : `moved from ${formatVersion(from)} to ${formatVersion(to)}`;
}

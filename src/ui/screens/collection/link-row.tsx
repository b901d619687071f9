// A version of a collection as a line of the list.
import type { JSX } from "preact";
import { Tag } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkView } from "../../../protocol/registry-link-api.ts";
import { formatAgo, formatBytes, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { formatRoute, versionHash, type CollectionRoute } from "../../router.ts";
import { sourceSpec, stateOfSource } from "./place-text.ts";

/** More are on the version's own page. */
const ALIASES = 4;
const TAGS = 3;

export function LinkHead(): JSX.Element {
  return (
    <div class="table-row table-head link-row" aria-hidden>
      <span>Version</span>
      <span>Source</span>
      <span>Aliases</span>
      <span>Tags</span>
      <span>Linked</span>
    </div>
  );
}

interface LinkRowProps {
  readonly route: CollectionRoute;
  readonly link: LinkView;
}

export function LinkRow({ route, link }: LinkRowProps): JSX.Element {
  const { number, source, aliases, here, linkedAt, linkedByName } = link;
  const version = formatVersion(number);
  return (
    <div class="table-row link-row" role="listitem">
      <strong class="number">{version}</strong>
      <SourceCell link={link} />
      <span class="chips link-aliases">
        {aliases.slice(0, ALIASES).map((held) => (
          <LinkAliasChip key={held.alias} alias={held} />
        ))}
        {aliases.length > ALIASES && <span class="muted">+{aliases.length - ALIASES}</span>}
      </span>
      <span class="link-tags muted">
        {here?.tags.slice(0, TAGS).map((tag) => (
          <span key={tag}>
            <Icon icon={Tag} size={13} /> {showHidden(tag)}
          </span>
        ))}
        {here !== null && here.tags.length > TAGS && `+${here.tags.length - TAGS}`}
      </span>
      <span class="link-when">
        <time dateTime={linkedAt} title={formatTime(linkedAt)}>
          {formatAgo(linkedAt)}
        </time>
        <span class="muted">
          {showHidden(linkedByName)} · {formatBytes(source.sizeBytes)}
        </span>
      </span>
      <a
        class="button is-plain is-small"
        href={formatRoute({ ...route, selector: version })}
        aria-label={`View ${version}`}
      >
        View
      </a>
    </div>
  );
}

function SourceCell({ link }: Pick<LinkRowProps, "link">): JSX.Element {
  const { source, here } = link;
  const spec = showHidden(sourceSpec(source));
  const state = stateOfSource(link);
  return (
    <span class="link-source">
      {here?.state === "live" ? (
        <a href={versionHash(source.project, source.name, formatVersion(source.number))}>{spec}</a>
      ) : (
        <span>{spec}</span>
      )}
      {state !== "" && <span class="muted link-state">{state}</span>}
    </span>
  );
}

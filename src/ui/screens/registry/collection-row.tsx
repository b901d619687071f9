// One collection of a registry: its newest version, who holds which alias, when it changed.
import type { JSX } from "preact";
import { Tag } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { CollectionSummary, LinkAlias } from "../../../protocol/registry-link-api.ts";
import { Chip } from "../../parts/chip.tsx";
import { formatAgo, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { TypeChip } from "../../parts/type-chip.tsx";
import { formatRoute } from "../../router.ts";

const SHOWN_CHIPS = 3;

interface CollectionRowProps {
  readonly registry: string;
  readonly collection: CollectionSummary;
  /** `""` for now. */
  readonly asOf: string;
}

export function CollectionRow({ registry, collection, asOf }: CollectionRowProps): JSX.Element {
  const { name, type, tags, aliases, latest, links, updatedAt } = collection;
  const href = formatRoute({
    kind: "collection",
    registry,
    collection: name,
    selector: "",
    tab: "versions",
    asOf,
  });
  return (
    <div role="listitem" class="collection-row">
      <span class="collection-name">
        <a href={href} title={name}>
          {showHidden(name)}
        </a>
        <span class="chips">
          <TypeChip type={type} />
          {protectedFirst(aliases)
            .slice(0, SHOWN_CHIPS)
            .map((held) => (
              <LinkAliasChip key={held.alias} alias={held} detail={formatVersion(held.number)} />
            ))}
          {aliases.length > SHOWN_CHIPS && <Chip>+{aliases.length - SHOWN_CHIPS}</Chip>}
          {tags.slice(0, SHOWN_CHIPS).map((tag) => (
            <span key={tag} class="collection-tag muted">
              <Icon icon={Tag} size={13} label="Tag" /> {showHidden(tag)}
            </span>
          ))}
          {tags.length > SHOWN_CHIPS && <span class="muted">+{tags.length - SHOWN_CHIPS}</span>}
        </span>
      </span>
      <span class="collection-latest number">
        <strong>{latest === null ? "–" : formatVersion(latest)}</strong>
        <span class="muted">{formatCount(links, "version")}</span>
      </span>
      <time class="muted" dateTime={updatedAt} title={formatTime(updatedAt)}>
        {formatAgo(updatedAt)}
      </time>
      <a class="button is-plain is-small" href={href}>
        View details<span class="visually-hidden"> of {showHidden(name)}</span>
      </a>
    </div>
  );
}

/** Protected ones first: they are what most people look for. */
function protectedFirst(aliases: readonly LinkAlias[]): readonly LinkAlias[] {
  return aliases.toSorted((a, b) => Number(b.isProtected) - Number(a.isProtected));
}

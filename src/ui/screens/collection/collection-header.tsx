// What a collection is: name, type, tags, where its aliases are, how it is used.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Code, Tag } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { CollectionDetail, LinkAlias } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { formatAgo, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { TypeChip } from "../../parts/type-chip.tsx";
import { formatRoute, type CollectionRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { CollectionMenu } from "./collection-menu.tsx";
import { UsageNote } from "./usage-note.tsx";

interface CollectionHeaderProps {
  readonly app: AppState;
  readonly route: CollectionRoute;
  readonly detail: CollectionDetail;
}

export function CollectionHeader({ app, route, detail }: CollectionHeaderProps): JSX.Element {
  const { registry, name, type, tags, aliases, links, updatedAt } = detail;
  const [isUsed, setUsed] = useState(false);
  return (
    <header class="collection-header">
      <div class="collection-title">
        <h1>{showHidden(name)}</h1>
        <div class="collection-actions">
          <Button icon={Code} aria-expanded={isUsed} onClick={() => setUsed(!isUsed)}>
            Use it
          </Button>
          <CollectionMenu app={app} detail={detail} />
        </div>
      </div>
      <p class="muted">
        A collection of {showHidden(registry.name)} · {formatCount(links, "version")} · changed{" "}
        <time dateTime={updatedAt} title={formatTime(updatedAt)}>
          {formatAgo(updatedAt)}
        </time>
      </p>
      <div class="chips collection-labels">
        <TypeChip type={type} />
        {tags.map((tag) => (
          <span key={tag} class="collection-tag">
            <Icon icon={Tag} size={14} /> {showHidden(tag)}
          </span>
        ))}
      </div>
      <Holders route={route} aliases={aliases} />
      {isUsed && <UsageNote route={route} aliases={aliases} />}
    </header>
  );
}

/** With more, the others wait behind a button. */
const SHOWN = 16;

/** Each alias with its version, as a way to it. */
function Holders({
  route,
  aliases,
}: {
  readonly route: CollectionRoute;
  readonly aliases: readonly LinkAlias[];
}): JSX.Element | null {
  const [isUnfolded, setUnfolded] = useState(false);
  if (aliases.length === 0) return null;
  return (
    <ul class="chips collection-holders" aria-label="Aliases">
      {(isUnfolded ? aliases : aliases.slice(0, SHOWN)).map((held) => (
        <li key={held.alias}>
          <a href={formatRoute({ ...route, selector: formatVersion(held.number) })}>
            <LinkAliasChip alias={held} detail={formatVersion(held.number)} />
          </a>
        </li>
      ))}
      {aliases.length > SHOWN && (
        <li>
          <Button small variant="ghost" onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? "Show fewer" : `${aliases.length - SHOWN} more`}
          </Button>
        </li>
      )}
    </ul>
  );
}

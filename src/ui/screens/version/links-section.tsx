// Where a version is linked: collections of registries, with their aliases.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Library, Unlink } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatPlace } from "../../../core/registry/names.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkPlace } from "../../../protocol/registry-link-api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { collectionHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { unlink } from "../../state/collection-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { placeOf } from "./place-of.ts";
import "./links-section.css";

/** With more, the others wait behind a button. */
const SHOWN = 3;

interface LinksSectionProps {
  readonly app: AppState;
  readonly links: readonly LinkPlace[];
}

export function LinksSection({ app, links }: LinksSectionProps): JSX.Element | null {
  const [isUnfolded, setUnfolded] = useState(false);
  if (links.length === 0) return null;
  return (
    <section class="links" aria-label="Linked in">
      <ul>
        {(isUnfolded ? links : links.slice(0, SHOWN)).map((place) => (
          <Place key={placeOf(place)} app={app} place={place} />
        ))}
      </ul>
      {links.length > SHOWN && (
        <Button small variant="ghost" onClick={() => setUnfolded(!isUnfolded)}>
          {isUnfolded ? "Show fewer" : `${(links.length - SHOWN).toLocaleString("en")} more`}
        </Button>
      )}
    </section>
  );
}

function Place({ app, place }: { readonly app: AppState; readonly place: LinkPlace }): JSX.Element {
  const { registry, collection, number, aliases, mayUnlink } = place;
  const name = showHidden(placeOf(place));
  return (
    <li>
      <Icon icon={Library} size={14} />
      <span class="visually-hidden">Linked in</span>
      <a href={collectionHash(registry, collection, formatVersion(number))}>{name}</a>
      {aliases.map((held) => (
        <LinkAliasChip key={held.alias} alias={held} />
      ))}
      {mayUnlink && !isReadOnly() && (
        <IconButton
          icon={Unlink}
          label={`Unlink from ${showHidden(formatPlace(registry, collection))}`}
          onClick={() => void unlink(app, place, place)}
        />
      )}
    </li>
  );
}

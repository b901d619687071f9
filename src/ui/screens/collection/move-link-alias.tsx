// Moves an alias to another version of the collection.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import { formatAgo } from "../../parts/format.ts";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { MoveDialog } from "../../parts/move-dialog.tsx";
import { putLinkAliases } from "../../state/collection-state.ts";
import type { LinkProps } from "./link-page.tsx";
import { matchesLink, sourceSpec } from "./place-text.ts";

interface MoveLinkAliasProps extends LinkProps {
  readonly alias: Alias;
  readonly onClose: () => void;
}

export function MoveLinkAlias(props: MoveLinkAliasProps): JSX.Element {
  const { app, route, detail, link, alias, onClose } = props;
  return (
    <MoveDialog
      alias={alias}
      from={link.number}
      others={detail.linkList.filter(({ number }) => number !== link.number)}
      numberOf={({ number }) => number}
      searchLabel="Number, alias, tag, source or person"
      matches={matchesLink}
      move={(number) => putLinkAliases(app, route, number, [alias])}
      onClose={onClose}
    >
      {(other) => (
        <>
          {other.aliases.slice(0, 2).map((held) => (
            <LinkAliasChip key={held.alias} alias={held} />
          ))}
          <span class="muted move-when">
            {formatAgo(other.linkedAt)} · {showHidden(sourceSpec(other.source))}
          </span>
        </>
      )}
    </MoveDialog>
  );
}

// The collections that link what is to be deleted: unlinked with it where that is wanted, or the reason why not [G8 P4].
import type { JSX } from "preact";
import { Lock } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { DeleteImpact } from "../../../protocol/trash-api.ts";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { collectionHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { askWhom } from "../../state/describe-list.ts";
import { useResource } from "../../state/use-resource.ts";
import { placeOf } from "../version/place-of.ts";
import { reasonsAgainst, type Obstacle } from "./link-obstacles.ts";

interface UnlinkLinksProps {
  readonly app: AppState;
  readonly links: DeleteImpact["links"];
  readonly isUnlinked: boolean;
  readonly onChange: (isUnlinked: boolean) => void;
}

export function UnlinkLinks({ app, links, isUnlinked, onChange }: UnlinkLinksProps): JSX.Element {
  const obstacles = reasonsAgainst(links);
  return (
    <fieldset class="confirm-aliases">
      <legend>Linked in registries</legend>
      <ul class="confirm-names" tabIndex={0} aria-label="Linked in registries">
        {links.map((link) => (
          <li key={placeOf(link)} class="confirm-link">
            <a href={collectionHash(link.registry, link.collection, formatVersion(link.number))}>
              {showHidden(placeOf(link))}
            </a>
            {link.aliases.map((held) => (
              <LinkAliasChip key={held.alias} alias={held} />
            ))}
          </li>
        ))}
      </ul>
      {obstacles.length === 0 ? (
        <label>
          <input
            type="checkbox"
            checked={isUnlinked}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          <span>Unlink there too; the aliases there go with it</span>
        </label>
      ) : (
        obstacles.map((obstacle) => (
          <ObstacleNote key={obstacle.registry} app={app} obstacle={obstacle} />
        ))
      )}
    </fieldset>
  );
}

/** Who could help is the registry's to say. */
function ObstacleNote({
  app,
  obstacle,
}: {
  readonly app: AppState;
  readonly obstacle: Obstacle;
}): JSX.Element {
  const { registry, reason, able } = obstacle;
  const loaded = useResource(app, registry, () => app.cairn.store.getRegistry(registry, null));
  const who =
    loaded.phase === "ready" ? loaded.value.memberList.filter(({ role }) => able(role)) : [];
  return (
    <p class="confirm-obstacle">
      <Icon icon={Lock} size={15} />
      <span>
        {reason}
        {askWhom(who.map(({ name }) => name))}
      </span>
    </p>
  );
}

// One registry in the list: what it is for, what is in it, what needs looking after.
import type { JSX } from "preact";
import { Inbox, TriangleAlert } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { roleName } from "../../../core/registry/roles.ts";
import type { RegistrySummary } from "../../../protocol/registry-link-api.ts";
import { Chip } from "../../parts/chip.tsx";
import { formatAgo, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { TypeChip } from "../../parts/type-chip.tsx";
import { registryHash } from "../../router.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { describeCounts } from "../../state/registry-state.ts";

export function RegistryCard({ registry }: { readonly registry: RegistrySummary }): JSX.Element {
  const { name, description, types, role, updatedAt, openRequests, faults } = registry;
  return (
    <li>
      <a class="card card-link registry-card" href={registryHash(name)}>
        <strong>{showHidden(name)}</strong>
        <time class="muted" dateTime={updatedAt} title={formatTime(updatedAt)}>
          {formatAgo(updatedAt)}
        </time>
        {description !== "" && <span class="registry-about muted">{showHidden(description)}</span>}
        <span class="chips">
          {!isReadOnly() && <Chip>{roleName(role)}</Chip>}
          {types.length === 0 ? (
            <Chip>all types</Chip>
          ) : (
            types.map((type) => <TypeChip key={type} type={type} />)
          )}
        </span>
        <span class="registry-counts muted number">{describeCounts(registry)}</span>
        {(openRequests > 0 || faults > 0) && (
          <span class="registry-notes">
            {openRequests > 0 && (
              <span>
                <Icon icon={Inbox} size={13} /> {formatCount(openRequests, "open request")}
              </span>
            )}
            {faults > 0 && (
              <span class="registry-faults">
                <Icon icon={TriangleAlert} size={13} /> {formatCount(faults, "event")} without
                effect
              </span>
            )}
          </span>
        )}
      </a>
    </li>
  );
}

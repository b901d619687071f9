// What a registry is for, what the person is there, and what can be done with all of it.
import type { ComponentChildren, JSX } from "preact";
import { Settings } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { roleName } from "../../../core/registry/roles.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { Chip } from "../../parts/chip.tsx";
import { Icon } from "../../parts/icon.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { TypeChip } from "../../parts/type-chip.tsx";
import { formatRoute, type RegistryRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { describeCounts } from "../../state/registry-state.ts";
import { RegistryMenu } from "./registry-menu.tsx";
import { visibilityName } from "./role-text.ts";

interface RegistryHeaderProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  readonly route: RegistryRoute;
  /** The choice of a time, beside the facts that it changes. */
  readonly children: ComponentChildren;
}

export function RegistryHeader(props: RegistryHeaderProps): JSX.Element {
  const { app, registry, route, children } = props;
  const { name, description, types, visibility, role, isDeleted } = registry;
  return (
    <header class="registry-header">
      <div class="registry-title">
        <h1>{showHidden(name)}</h1>
        <div class="chips">
          {!isReadOnly() && <Chip>You: {roleName(role)}</Chip>}
          <Chip>{visibilityName(visibility)}</Chip>
          {types.length === 0 ? (
            <Chip>all types</Chip>
          ) : (
            types.map((type) => <TypeChip key={type} type={type} />)
          )}
        </div>
        <div class="registry-actions">
          <a
            class="button is-plain is-icon"
            href={formatRoute({ ...route, tab: "settings" })}
            aria-label="Settings of this registry"
            title="Settings of this registry"
          >
            <Icon icon={Settings} />
          </a>
          <RegistryMenu app={app} registry={registry} />
        </div>
      </div>
      {description !== "" && <p class="registry-description">{showHiddenInText(description)}</p>}
      <div class="registry-facts">
        <p class="muted number">{describeCounts(registry)}</p>
        {children}
      </div>
      {isDeleted && (
        <p class="registry-deleted" role="status">
          This registry is deleted. Its log is kept, so an Admin can restore it
          {!isReadOnly() && " from the menu"}.
        </p>
      )}
    </header>
  );
}

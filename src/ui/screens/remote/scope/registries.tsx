// The registries that sync, or could, and what stands in their way.
import type { JSX } from "preact";
import { TriangleAlert } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { RemoteRegistryView } from "../../../../protocol/sync-api.ts";
import { Icon } from "../../../parts/icon.tsx";
import { registryHash } from "../../../router.ts";
import { changeScope } from "../../../state/sync-actions.ts";
import { WHERE_TEXT } from "../../../state/sync-offer.ts";
import { withRegistry } from "../../../state/sync-scope.ts";
import type { ScopeProps } from "./scope-tab.tsx";

export function Registries({ app, remote }: ScopeProps): JSX.Element | null {
  if (remote.registries.length === 0) return null;
  const toggle = ({ uid, name, isSynced }: RemoteRegistryView): void =>
    void changeScope(
      app,
      remote.uid,
      remote.scope,
      withRegistry(remote.scope, uid, !isSynced),
      isSynced
        ? `The registry “${showHidden(name)}” no longer syncs.`
        : `The registry “${showHidden(name)}” syncs from now on.`,
    );
  return (
    <section class="card remote-section" aria-labelledby="remote-registries">
      <header>
        <h2 id="remote-registries">Registries</h2>
      </header>
      <ul class="scope-list">
        {remote.registries.map((registry) => (
          <li key={registry.uid} class="scope-row">
            <div class="scope-what">
              {registry.where === "there" ? (
                <strong>{showHidden(registry.name)}</strong>
              ) : (
                <a href={registryHash(registry.name)}>
                  <strong>{showHidden(registry.name)}</strong>
                </a>
              )}
              <span class="muted">{WHERE_TEXT[registry.where]}</span>
              {registry.problem !== null && (
                <span class="scope-problem">
                  <Icon icon={TriangleAlert} size={14} /> {showHidden(registry.problem)}
                </span>
              )}
            </div>
            <div class="scope-checks">
              <label class="sync-check">
                <input
                  type="checkbox"
                  checked={registry.isSynced}
                  onChange={() => toggle(registry)}
                />
                <span>
                  Sync<span class="visually-hidden"> {showHidden(registry.name)}</span>
                </span>
              </label>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

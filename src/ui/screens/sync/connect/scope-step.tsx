// What syncs with a repository that is about to be connected: nothing that isn't chosen [S1].
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { showHidden } from "../../../../core/errors.ts";
import { labelOf } from "../../../../core/sync/remote.ts";
import type { RemoteView } from "../../../../protocol/sync-api.ts";
import { ErrorNote } from "../../../parts/error-note.tsx";
import { Loading } from "../../../parts/loading.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { Loader } from "../../../state/resource.ts";
import type { ConnectDraft } from "../../../state/sync-connect.ts";
import {
  offeredProjects,
  offeredRegistries,
  WHERE_TEXT,
  type OfferedProject,
  type OfferedRegistry,
} from "../../../state/sync-offer.ts";
import { withRegistry } from "../../../state/sync-scope.ts";
import { ProjectChoices } from "./project-choices.tsx";

interface ScopeStepProps {
  readonly app: AppState;
  readonly draft: ConnectDraft;
  readonly remotes: readonly RemoteView[];
}

interface Offer {
  readonly projects: readonly OfferedProject[];
  readonly registries: readonly OfferedRegistry[];
}

export function ScopeStep({ app, draft, remotes }: ScopeStepProps): JSX.Element | null {
  const [loader] = useState(() => new Loader<Offer>());
  const report = draft.report.value;
  const { store } = app.cairn;
  useEffect(() => {
    if (report === null) return;
    void loader.load(async () => {
      const [projects, registries] = await Promise.all([
        store.listProjects(),
        store.listRegistries(),
      ]);
      return {
        projects: offeredProjects(projects, report, remotes),
        registries: offeredRegistries(registries, report),
      };
    });
  }, [loader, store, report, remotes]);
  const target = draft.target.value;
  const loaded = loader.state.value;
  if (loaded.phase === "loading" || target === null) return <Loading what="what can sync" />;
  if (loaded.phase === "failed") return <ErrorNote problem={loaded.problem} />;
  const { projects, registries } = loaded.value;
  const scope = draft.scope.value;
  return (
    <>
      <p>
        Only what you choose goes to {showHidden(labelOf(target))}. You can change it at any time.
      </p>
      {draft.readsOnly.value ? null : (
        <label class="sync-check">
          <input
            type="checkbox"
            checked={draft.pullsOnly.value}
            onChange={({ currentTarget }) => (draft.pullsOnly.value = currentTarget.checked)}
          />
          <span>
            Only bring in <span class="muted">What is there comes here; nothing is sent.</span>
          </span>
        </label>
      )}
      <ProjectChoices app={app} draft={draft} projects={projects} registries={registries} />
      {registries.length > 0 && (
        <fieldset class="scope-group">
          <legend>Registries</legend>
          {registries.map(({ uid, name, where }) => (
            <label key={uid} class="sync-check">
              <input
                type="checkbox"
                checked={scope.registries.some((synced) => synced === uid)}
                onChange={({ currentTarget }) =>
                  (draft.scope.value = withRegistry(scope, uid, currentTarget.checked))
                }
              />
              <span>
                {showHidden(name)} <span class="muted">{WHERE_TEXT[where]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}

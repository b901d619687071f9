// All registries of this browser: making one, bringing one in, and those that were deleted.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { FileUp, Library, Plus, SearchX } from "lucide";
import type { RegistrySummary } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { FileButton } from "../../parts/file-button.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { SearchInput } from "../../parts/search-input.tsx";
import type { RegistriesRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { isCreatingRegistry } from "../../state/creating-registry.ts";
import { isReadOnly, unlessReadOnly } from "../../state/read-only.ts";
import { shownRegistries } from "../../state/registries-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { CreateDialog } from "./create-dialog.tsx";
import { DeletedRegistries } from "./deleted-registries.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { RegistryCard } from "./registry-card.tsx";
import "../../parts/card-link.css";
import "../../parts/filter-bar.css";
import "./registries-screen.css";

/** Fewer are seen at a glance. */
const FILTER_FROM = 6;

interface RegistriesScreenProps {
  readonly app: AppState;
  readonly route: RegistriesRoute;
}

export function RegistriesScreen({ app, route }: RegistriesScreenProps): JSX.Element {
  const { store } = app.cairn;
  const loaded = useResource(app, "registries", () =>
    Promise.all([store.listRegistries(), store.getProfile()]),
  );
  const isCreating = isCreatingRegistry;
  useEffect(() => () => void (isCreatingRegistry.value = false), []);
  const file = useSignal<File | null>(null);
  if (loaded.phase === "loading") return <Loading what="registries" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [registries, profile] = loaded.value;
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => (isCreating.value = true)}>
      Create a registry
    </Button>
  );
  const bringIn = (
    <FileButton
      icon={FileUp}
      accept=".jsonl,.json,.txt"
      label="A registry's file"
      onFile={(chosen) => (file.value = chosen)}
    >
      Bring in a file…
    </FileButton>
  );
  return (
    <section class="registries">
      {registries.length === 0 ? (
        <>
          <h1 class="visually-hidden">Registries</h1>
          <EmptyState icon={Library} title={isReadOnly() ? "No registry here" : "No registry yet"}>
            <p>
              A registry is a catalogue of versions that others build on, from all projects. Its
              admins say who may put them there, and which aliases, such as “production”, only they
              may move.
            </p>
            {!isReadOnly() && (
              <div class="registries-ways">
                {create}
                {bringIn}
              </div>
            )}
          </EmptyState>
        </>
      ) : (
        <Listed app={app} route={route} registries={registries}>
          {unlessReadOnly([bringIn, create])}
        </Listed>
      )}
      {isCreating.value && (
        <CreateDialog
          app={app}
          existing={registries.map(({ name }) => name)}
          asksPerson={profile === null}
          onClose={() => (isCreating.value = false)}
        />
      )}
      {file.value !== null && (
        <ImportDialog
          app={app}
          file={file.value}
          existing={registries.map(({ name }) => name)}
          onClose={() => (file.value = null)}
        />
      )}
    </section>
  );
}

interface ListedProps extends RegistriesScreenProps {
  readonly registries: readonly RegistrySummary[];
  /** What can be done with all of them. */
  readonly children: JSX.Element | readonly JSX.Element[];
}

function Listed({ app, route, registries, children }: ListedProps): JSX.Element {
  const { live, deleted } = shownRegistries(registries, route.query);
  const search = (query: string): void => app.replaceRoute({ ...route, query });
  const total = registries.filter(({ isDeleted }) => !isDeleted).length;
  return (
    <>
      <header class="page-header registries-head">
        <h1>Registries</h1>
        <p class="muted">{total.toLocaleString("en")}</p>
        <div class="filter-tools registries-tools">
          {(registries.length >= FILTER_FROM || route.query !== "") && (
            <SearchInput label="Search registries" value={route.query} onInput={search} />
          )}
          {children}
        </div>
      </header>
      {live.length > 0 && (
        <ul class="registries-list" aria-label="Registries">
          {live.map((registry) => (
            <RegistryCard key={registry.uid} registry={registry} />
          ))}
        </ul>
      )}
      {live.length === 0 && route.query !== "" && (
        <EmptyState icon={SearchX} title="No registry matches">
          <Button onClick={() => search("")}>Show all</Button>
        </EmptyState>
      )}
      {live.length === 0 && route.query === "" && (
        <EmptyState icon={Library} title="No registry here now">
          {!isReadOnly() && <p>Create one, bring in its file, or restore one that was deleted.</p>}
        </EmptyState>
      )}
      {deleted.length > 0 && <DeletedRegistries app={app} registries={deleted} />}
    </>
  );
}

// The projects that can sync, to choose from: searched, where they are many.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Button } from "../../../parts/button.tsx";
import { formatCount } from "../../../parts/format.ts";
import { SearchInput } from "../../../parts/search-input.tsx";
import type { AppState } from "../../../state/app-state.ts";
import type { ConnectDraft } from "../../../state/sync-connect.ts";
import type { OfferedProject, OfferedRegistry } from "../../../state/sync-offer.ts";
import { withAll } from "../../../state/sync-scope.ts";
import { ProjectChoice } from "./project-choice.tsx";

interface ProjectChoicesProps {
  readonly app: AppState;
  readonly draft: ConnectDraft;
  readonly projects: readonly OfferedProject[];
  readonly registries: readonly OfferedRegistry[];
}

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 8;
/** More than a person reads through: the search finds the others. */
const SHOWN = 100;

export function ProjectChoices(props: ProjectChoicesProps): JSX.Element {
  const { app, draft, projects } = props;
  const query = useSignal("");
  const wanted = query.value.trim().toLowerCase();
  const found = projects.filter(({ name }) => name.toLowerCase().includes(wanted));
  const chosen = draft.scope.value.projects.length;
  return (
    <fieldset class="scope-group">
      <legend>Projects</legend>
      {projects.length === 0 && (
        <p class="muted">There is no project yet. New ones can be chosen later.</p>
      )}
      {projects.length > 1 && <ChooseAll {...props} />}
      {projects.length >= SEARCHED_FROM && (
        <>
          <SearchInput
            label="Search projects"
            value={query.value}
            onInput={(text) => (query.value = text)}
          />
          <p class="muted number" role="status">
            {chosen.toLocaleString("en")} of {formatCount(projects.length, "project")} chosen
            {found.length === 0 && "; none matches"}
          </p>
        </>
      )}
      {found.slice(0, SHOWN).map((project) => (
        <ProjectChoice key={project.name} app={app} draft={draft} project={project} />
      ))}
      {found.length > SHOWN && (
        <p class="muted">
          and {formatCount(found.length - SHOWN, "other")}: the search finds them.
        </p>
      )}
    </fieldset>
  );
}

/** Those that sync elsewhere are left there: moving one is a choice of its own. */
function ChooseAll({ draft, projects, registries }: ProjectChoicesProps): JSX.Element {
  const choose = (): void => {
    const free = projects.filter(({ elsewhere }) => elsewhere === null);
    draft.scope.value = withAll(
      draft.scope.value,
      free.map(({ name }) => name),
      registries.map(({ uid }) => uid),
    );
  };
  return (
    <span>
      <Button small onClick={choose}>
        Choose all
      </Button>
    </span>
  );
}

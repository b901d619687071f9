// The projects that sync, or could.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../../../parts/format.ts";
import { SearchInput } from "../../../parts/search-input.tsx";
import { ProjectRow } from "./project-row.tsx";
import type { ScopeProps } from "./scope-tab.tsx";

/** Fewer are seen at a glance. */
const FILTER_FROM = 8;
/** More than a person reads through: the search finds the others. */
const SHOWN = 100;

export function Projects({ app, remote }: ScopeProps): JSX.Element {
  const query = useSignal("");
  const wanted = query.value.trim().toLowerCase();
  const found = remote.projects.filter(({ name }) => name.toLowerCase().includes(wanted));
  const synced = remote.projects.filter(({ isSynced }) => isSynced).length;
  // Those that sync are never among the ones left out.
  const listed = found.length > SHOWN ? found.toSorted((a, b) => +b.isSynced - +a.isSynced) : found;
  return (
    <section class="card remote-section" aria-labelledby="remote-projects">
      <header>
        <h2 id="remote-projects">Projects</h2>
        <span class="muted number">
          {synced.toLocaleString("en")} of {remote.projects.length.toLocaleString("en")} sync
        </span>
      </header>
      {remote.projects.length >= FILTER_FROM && (
        <SearchInput
          label="Search projects"
          value={query.value}
          onInput={(text) => (query.value = text)}
        />
      )}
      {remote.projects.length === 0 && <p class="muted">There is no project yet, here or there.</p>}
      {remote.projects.length > 0 && found.length === 0 && <p class="muted">No project matches.</p>}
      <ul class="scope-list">
        {listed.slice(0, SHOWN).map((project) => (
          <ProjectRow key={project.name} app={app} remote={remote} project={project} />
        ))}
      </ul>
      {found.length > SHOWN && (
        <p class="muted">
          and {formatCount(found.length - SHOWN, "other")}: the search finds them.
        </p>
      )}
    </section>
  );
}

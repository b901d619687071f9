// What the search offers to do with what is in view: a project, a version, a registry, a collection.
import {
  ChartColumn,
  Download,
  FileSearch,
  FileText,
  GitCompareArrows,
  History,
  House,
  Inbox,
  Layers,
  Library,
  Network,
  Play,
  ScrollText,
  Settings,
  Waypoints,
  type IconNode,
} from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { VersionRef } from "../../core/records.ts";
import {
  compareHash,
  formatRoute,
  projectHash,
  registryHash,
  runsHash,
  type CollectionRoute,
  type CollectionTab,
  type RegistryTab,
  type Route,
  type VersionRoute,
  type VersionTab,
} from "../router.ts";
import { attempt } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import type { FindAction } from "./actions.ts";
import { go } from "./go.ts";
import { specOf } from "../../core/version.ts";

/** The actions of the project, version, registry or collection in view. */
export function viewActions(app: AppState, route: Route): readonly FindAction[] {
  if (route.kind === "project") return projectActions(route.project);
  if (route.kind === "registry") return registryActions(route.registry, route.tab);
  if (route.kind === "collection")
    return [...collectionActions(route), ...registryActions(route.registry, null)];
  return route.kind === "version"
    ? [...versionActions(app, route), ...projectActions(route.project)]
    : [];
}

/** A tab of what is in view. */
interface View<Tab> {
  readonly tab: Tab;
  readonly label: string;
  readonly icon: IconNode;
}

function projectActions(project: string): readonly FindAction[] {
  const detail = showHidden(project);
  return [
    { label: "Go to the project", icon: House, detail, run: () => go(projectHash(project)) },
    { label: "Runs of the project", icon: Play, detail, run: () => go(runsHash(project, "")) },
  ];
}

const VERSION_VIEWS: readonly View<VersionTab>[] = [
  { tab: "metadata", label: "Metadata", icon: FileSearch },
  { tab: "metrics", label: "Metrics", icon: ChartColumn },
  { tab: "lineage", label: "Lineage", icon: Network },
  { tab: "usage", label: "Usage", icon: Waypoints },
  { tab: "history", label: "History", icon: History },
];

function versionActions(app: AppState, route: VersionRoute): readonly FindAction[] {
  const { project, name, selector } = route;
  const detail = showHidden(`${name}:${selector}`);
  /** The version in view, by its number: `latest` may move. */
  const withVersion = (run: (version: VersionRef) => Promise<void> | void): void =>
    void attempt(app.toasts, async () => {
      const { artifact, version } = await app.cairn.store.getVersion(project, name, selector);
      await run({ project: artifact.project, name: artifact.name, number: version.number });
    });
  return [
    {
      label: "Compare this version with…",
      icon: GitCompareArrows,
      words: "diff changes",
      detail,
      run: () =>
        withVersion((after) =>
          app.find.pickVersion(`Compare ${specOf(after)} with…`, (before) =>
            go(compareHash(specOf(before), specOf(after))),
          ),
        ),
    },
    {
      label: "Download this version as a zip",
      icon: Download,
      words: "save export",
      detail,
      run: () => withVersion((version) => app.download.zip(version, null)),
    },
    ...VERSION_VIEWS.filter(({ tab }) => tab !== route.tab).map(({ tab, label, icon }) => ({
      label: `${label} of this version`,
      icon,
      detail,
      run: () => go(formatRoute({ ...route, tab, query: "", file: "" })),
    })),
  ];
}

const REGISTRY_VIEWS: readonly View<RegistryTab>[] = [
  { tab: "collections", label: "Collections of the registry", icon: Library },
  { tab: "requests", label: "Requests of the registry", icon: Inbox },
  { tab: "audit", label: "Audit of the registry", icon: ScrollText },
  { tab: "settings", label: "Settings of the registry", icon: Settings },
];

/** @param current the tab in view, which needs no action */
function registryActions(registry: string, current: RegistryTab | null): readonly FindAction[] {
  return REGISTRY_VIEWS.filter(({ tab }) => tab !== current).map(({ tab, label, icon }) => ({
    label,
    icon,
    words: "people members roles protected aliases log",
    detail: showHidden(registry),
    run: () => go(registryHash(registry, tab)),
  }));
}

const COLLECTION_VIEWS: readonly View<CollectionTab>[] = [
  { tab: "versions", label: "Versions of the collection", icon: Layers },
  { tab: "card", label: "Card of the collection", icon: FileText },
  { tab: "history", label: "History of the collection", icon: History },
];

function collectionActions(route: CollectionRoute): readonly FindAction[] {
  const { registry, collection } = route;
  return COLLECTION_VIEWS.filter(({ tab }) => tab !== route.tab || route.selector !== "").map(
    ({ tab, label, icon }) => ({
      label,
      icon,
      detail: showHidden(`${registry}/${collection}`),
      run: () => go(formatRoute({ ...route, selector: "", tab })),
    }),
  );
}

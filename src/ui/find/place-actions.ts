// What the search offers to do: everywhere, and at the place in view.
import {
  ChartColumn,
  CircleUserRound,
  Download,
  FilePlus2,
  FileSearch,
  FileText,
  FolderPlus,
  FolderSearch,
  GitCompareArrows,
  History,
  House,
  Inbox,
  Layers,
  Library,
  LibraryBig,
  Link,
  Monitor,
  Moon,
  Network,
  PackagePlus,
  Play,
  ScrollText,
  Settings,
  ShieldCheck,
  Sun,
  Trash2,
  Undo2,
  Waypoints,
  type IconNode,
} from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import type { IngestState } from "../ingest/ingest-state.ts";
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
import { isCreatingRegistry } from "../state/creating-registry.ts";
import { unlessReadOnly } from "../state/read-only.ts";
import { chooseTheme, theme, type Theme } from "../theme.ts";
import type { FindAction } from "./actions.ts";
import { syncActions } from "./sync-actions.ts";

/** The actions of a place; those of the screens come on top, see {@link useFindActions}. */
export function placeActions(app: AppState, ingest: IngestState): readonly FindAction[] {
  const route = app.route.value;
  return [
    ...actionsOf(app, route),
    ...unlessReadOnly(addActions(ingest)),
    {
      label: "Identify files…",
      icon: FileSearch,
      words: "which version digest hash what is this file",
      run: () => app.find.chooseToIdentify("files"),
    },
    {
      label: "Identify a folder…",
      icon: FolderSearch,
      words: "which version digest hash",
      run: () => app.find.chooseToIdentify("folder"),
    },
    {
      label: "Compare two versions…",
      icon: GitCompareArrows,
      words: "diff changes",
      run: () =>
        app.find.pickVersion("Compare which version?", (before) =>
          app.find.pickVersion(`Compare ${specOf(before)} with…`, (after) =>
            go(compareHash(specOf(before), specOf(after))),
          ),
        ),
    },
    {
      label: "Registries",
      icon: Library,
      words: "catalogue collections links protected aliases",
      run: () => go(formatRoute({ kind: "registries", query: "" })),
    },
    { label: "All projects", icon: House, words: "home start", run: () => go("#/") },
    {
      label: "Storage & safety",
      icon: ShieldCheck,
      words: "verify check disk space quota events log",
      run: () => go(formatRoute({ kind: "care", subject: "" })),
    },
    ...unlessReadOnly(ownActions(app)),
    {
      label: "Copy link to this page",
      icon: Link,
      words: "address url share",
      run: () =>
        void attempt(app.toasts, async () => {
          await navigator.clipboard.writeText(location.href);
          app.toasts.show({ text: "Link copied." });
        }),
    },
    ...themeActions(),
  ];
}

function addActions(ingest: IngestState): readonly FindAction[] {
  return [
    {
      label: "Add files…",
      icon: FilePlus2,
      words: "drop choose upload log new version artifact",
      run: () => ingest.chooseFiles(),
    },
    {
      label: "Add a folder…",
      icon: FolderPlus,
      words: "drop choose upload log new version artifact",
      run: () => ingest.chooseFolder(),
    },
  ];
}

/** What is done with one's own data. */
function ownActions(app: AppState): readonly FindAction[] {
  return [
    {
      label: "Create a registry…",
      icon: LibraryBig,
      words: "new catalogue",
      run: () => {
        isCreatingRegistry.value = true;
        go(formatRoute({ kind: "registries", query: "" }));
      },
    },
    ...syncActions(app),
    {
      label: "Profile",
      icon: CircleUserRound,
      words: "who am i name key card people",
      run: () => go(formatRoute({ kind: "profile", add: "" })),
    },
    {
      label: "Trash",
      icon: Trash2,
      words: "deleted restore empty bin",
      run: () => go(formatRoute({ kind: "trash" })),
    },
    {
      label: "Add the sample project",
      icon: PackagePlus,
      words: "example demo try",
      run: () =>
        void attempt(app.toasts, async () => {
          const { addSampleProject } = await import("../sample/sample-actions.ts");
          await addSampleProject(app);
        }),
    },
    {
      label: "Undo the last action",
      icon: Undo2,
      words: "take back revert",
      run: () => void app.undo.undoLast(),
    },
  ];
}

function actionsOf(app: AppState, route: Route): readonly FindAction[] {
  if (route.kind === "project") return projectActions(route.project);
  if (route.kind === "registry") return registryActions(route.registry, route.tab);
  if (route.kind === "collection")
    return [...collectionActions(route), ...registryActions(route.registry, null)];
  return route.kind === "version"
    ? [...versionActions(app, route), ...projectActions(route.project)]
    : [];
}

function projectActions(project: string): readonly FindAction[] {
  const detail = showHidden(project);
  return [
    { label: "Go to the project", icon: House, detail, run: () => go(projectHash(project)) },
    { label: "Runs of the project", icon: Play, detail, run: () => go(runsHash(project, "")) },
  ];
}

const VIEWS: readonly {
  readonly tab: VersionTab;
  readonly label: string;
  readonly icon: IconNode;
}[] = [
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
    ...VIEWS.filter(({ tab }) => tab !== route.tab).map(({ tab, label, icon }) => ({
      label: `${label} of this version`,
      icon,
      detail,
      run: () => go(formatRoute({ ...route, tab, query: "", file: "" })),
    })),
  ];
}

const REGISTRY_VIEWS: readonly {
  readonly tab: RegistryTab;
  readonly label: string;
  readonly icon: IconNode;
}[] = [
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

const COLLECTION_VIEWS: readonly {
  readonly tab: CollectionTab;
  readonly label: string;
  readonly icon: IconNode;
}[] = [
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

const LOOKS: readonly { readonly name: Theme; readonly label: string; readonly icon: IconNode }[] =
  [
    { name: "light", label: "Light theme", icon: Sun },
    { name: "dark", label: "Dark theme", icon: Moon },
    { name: "system", label: "Theme of the system", icon: Monitor },
  ];

function themeActions(): readonly FindAction[] {
  return LOOKS.filter(({ name }) => name !== theme.value).map(({ name, label, icon }) => ({
    label,
    icon,
    words: "colours appearance mode",
    run: () => chooseTheme(name),
  }));
}

function specOf({ project, name, number }: VersionRef): string {
  return `${project}/${name}:${formatVersion(number)}`;
}

function go(hash: string): void {
  location.hash = hash;
}

// Hash routes: every place has a URL that opens exactly it, on any static host. `parse-route` reads them.
import { FIRST_LINEAGE, lineageParams, type LineageRoute } from "./lineage-route.ts";

/** Views of a project; the artifacts are the default. */
export const PROJECT_TABS = ["artifacts", "runs"] as const;
export type ProjectTab = (typeof PROJECT_TABS)[number];

/** Views of a version; the files are the default. */
export const VERSION_TABS = [
  "files",
  "metadata",
  "metrics",
  "lineage",
  "usage",
  "history",
] as const;
export type VersionTab = (typeof VERSION_TABS)[number];

/** Views of two versions side by side; the files are the default. */
export const COMPARE_TABS = ["files", "metadata"] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];

/** Views of a registry; its collections are the default. `settings` is behind the gear. */
export const REGISTRY_TABS = ["collections", "requests", "audit", "settings"] as const;
export type RegistryTab = (typeof REGISTRY_TABS)[number];

/** Views of a collection; its versions are the default. */
export const COLLECTION_TABS = ["versions", "card", "history"] as const;
export type CollectionTab = (typeof COLLECTION_TABS)[number];

/** Views of a remote; what syncs is the default. */
export const REMOTE_TABS = ["scope", "log", "settings"] as const;
export type RemoteTab = (typeof REMOTE_TABS)[number];

/** Where the person is. Names are as given in the URL; the store says whether they exist. */
export type Route =
  /** `query`: the projects whose names contain it. `sort`: as for a project. */
  | { readonly kind: "home"; readonly query?: string; readonly sort?: string }
  | {
      readonly kind: "project";
      readonly project: string;
      readonly tab: ProjectTab;
      readonly type: string;
      /** Artifacts that hold this alias; `""` for any. */
      readonly alias: string;
      /** Artifacts with this tag; `""` for any. */
      readonly tag: string;
      /** Runs in this state; `""` for any. */
      readonly state: string;
      readonly query: string;
      /** Column and direction, such as `-size`; `""` for the usual order. */
      readonly sort: string;
    }
  | {
      readonly kind: "version";
      readonly project: string;
      readonly name: string;
      /** `latest`, `v2` or an alias. */
      readonly selector: string;
      readonly tab: VersionTab;
      /** Search in the paths. */
      readonly query: string;
      /** The file that is previewed; `""` for none. */
      readonly file: string;
      /** Among the metrics: column and direction, such as `-loss`; `""` for the newest version first. */
      readonly sort: string;
      /** Among the metrics: the columns shown, each escaped, between commas; `""` for the usual ones. */
      readonly columns: string;
      readonly lineage: LineageRoute;
    }
  | {
      readonly kind: "compare";
      /** The older side, as a spec with its project, such as `digits/cnn:v2`. */
      readonly before: string;
      readonly after: string;
      readonly tab: CompareTab;
      /** What happened to the files shown, such as `added,renamed`; `""` for all that differ. */
      readonly marks: string;
      /** Search in the paths. */
      readonly query: string;
      /** The file whose changes are shown, by its path in the newer side; `""` for none. */
      readonly file: string;
    }
  /** `query`: the registries whose names contain it. */
  | { readonly kind: "registries"; readonly query: string }
  | {
      readonly kind: "registry";
      readonly registry: string;
      readonly tab: RegistryTab;
      /** Among the collections: search in the names; in the audit: the collection it is about. */
      readonly query: string;
      /** Collections of this type; `""` for any. */
      readonly type: string;
      /** Collections and versions with all these tags, between commas; `""` for any. */
      readonly tag: string;
      /** In the audit: events of this kind; `""` for any. */
      readonly act: string;
      /** In the audit: events of this person, by key; `""` for any. */
      readonly actor: string;
      /** ISO date or date-time it is shown as of; `""` for now. */
      readonly asOf: string;
    }
  | {
      readonly kind: "collection";
      readonly registry: string;
      readonly collection: string;
      /** The version that is viewed: `latest`, `v2` or an alias; `""` for none. */
      readonly selector: string;
      readonly tab: CollectionTab;
      /** ISO date or date-time it is shown as of; `""` for now. */
      readonly asOf: string;
    }
  /** `add`: somebody's card, as a link brought it; `""` for none. */
  | { readonly kind: "profile"; readonly add: string }
  /** All remotes. `connect`: the dialog is open, with this repository filled in. */
  | { readonly kind: "sync"; readonly connect: string | null }
  | { readonly kind: "remote"; readonly remote: string; readonly tab: RemoteTab }
  | { readonly kind: "trash" }
  /** `subject`: the events shown are about it. */
  | { readonly kind: "care"; readonly subject: string }
  | { readonly kind: "unknown"; readonly hash: string };

export type HomeRoute = Extract<Route, { kind: "home" }>;
export type ProjectRoute = Extract<Route, { kind: "project" }>;
export type VersionRoute = Extract<Route, { kind: "version" }>;
export type RegistriesRoute = Extract<Route, { kind: "registries" }>;
export type RegistryRoute = Extract<Route, { kind: "registry" }>;
export type CollectionRoute = Extract<Route, { kind: "collection" }>;
export type ProfileRoute = Extract<Route, { kind: "profile" }>;
export type SyncRoute = Extract<Route, { kind: "sync" }>;
export type RemoteRoute = Extract<Route, { kind: "remote" }>;
export type CompareRoute = Extract<Route, { kind: "compare" }>;

/** A project's lists with all that is in them, in their usual order. */
export const UNFILTERED = {
  type: "",
  alias: "",
  tag: "",
  state: "",
  query: "",
  sort: "",
} as const satisfies Partial<ProjectRoute>;

/** A registry as it is now, with all that is in it. */
export const UNFILTERED_REGISTRY = {
  query: "",
  type: "",
  tag: "",
  act: "",
  actor: "",
  asOf: "",
} as const satisfies Partial<RegistryRoute>;

/** The hash of a route: the inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  switch (route.kind) {
    case "home":
      return `#/${formatSearch({ q: route.query ?? "", sort: route.sort ?? "" })}`;
    case "project": {
      const tab = route.tab === PROJECT_TABS[0] ? "" : route.tab;
      const { type, alias, tag, state, query: q, sort } = route;
      return `#/p/${encode(route.project)}${formatSearch({ tab, type, alias, tag, state, q, sort })}`;
    }
    case "version": {
      const selector = route.selector === "latest" ? "" : `/${encode(route.selector)}`;
      const tab = route.tab === VERSION_TABS[0] ? "" : route.tab;
      const { query: q, file, sort, columns, lineage } = route;
      const search = formatSearch({ tab, q, file, sort, columns, ...lineageParams(lineage) });
      return `#/p/${encode(route.project)}/${encode(route.name)}${selector}${search}`;
    }
    case "compare": {
      const tab = route.tab === COMPARE_TABS[0] ? "" : route.tab;
      const { before: a, after: b, marks, query: q, file } = route;
      return `#/compare${formatSearch({ a, b, tab, marks, q, file })}`;
    }
    case "registries":
      return `#/registries${formatSearch({ q: route.query })}`;
    case "registry": {
      const tab = route.tab === REGISTRY_TABS[0] ? "" : route.tab;
      const { query: q, type, tag, act, actor, asOf: at } = route;
      return `#/r/${encode(route.registry)}${formatSearch({ tab, q, type, tag, act, actor, at })}`;
    }
    case "collection": {
      const tab = route.tab === COLLECTION_TABS[0] ? "" : route.tab;
      const selector = route.selector === "" ? "" : `/${encode(route.selector)}`;
      const path = `#/r/${encode(route.registry)}/${encode(route.collection)}${selector}`;
      return path + formatSearch({ tab, at: route.asOf });
    }
    case "profile":
      return `#/profile${formatSearch({ add: route.add })}`;
    case "sync":
      return `#/sync${route.connect === null ? "" : `?connect=${encode(route.connect)}`}`;
    case "remote": {
      const tab = route.tab === REMOTE_TABS[0] ? "" : route.tab;
      return `#/sync/${encode(route.remote)}${formatSearch({ tab })}`;
    }
    case "trash":
      return "#/trash";
    case "care":
      return `#/care${formatSearch({ subject: route.subject })}`;
    case "unknown":
      return route.hash;
  }
}

/** The hash of a project's page. */
export function projectHash(project: string): string {
  return formatRoute({ ...UNFILTERED, kind: "project", project, tab: "artifacts" });
}

/** The hash of a version's page; `latest` follows the newest. First its files are shown, none of them open. */
export function versionHash(
  project: string,
  name: string,
  selector: string,
  view: Partial<Pick<VersionRoute, "tab" | "file">> = {},
): string {
  return formatRoute({
    kind: "version",
    project,
    name,
    selector,
    tab: "files",
    query: "",
    file: "",
    sort: "",
    columns: "",
    lineage: FIRST_LINEAGE,
    ...view,
  });
}

/** The hash of a registry's page. */
export function registryHash(registry: string, tab: RegistryTab = "collections"): string {
  return formatRoute({ ...UNFILTERED_REGISTRY, kind: "registry", registry, tab });
}

/** The hash of a collection's page, or of one version of it. */
export function collectionHash(registry: string, collection: string, selector = ""): string {
  return formatRoute({
    kind: "collection",
    registry,
    collection,
    selector,
    tab: "versions",
    asOf: "",
  });
}

/** The hash of a comparison of two versions, each a spec with its project. */
export function compareHash(before: string, after: string): string {
  return formatRoute({
    kind: "compare",
    before,
    after,
    tab: "files",
    marks: "",
    query: "",
    file: "",
  });
}

/** The hash of a project's runs, those whose name contains the text. */
export function runsHash(project: string, query: string): string {
  return formatRoute({ ...UNFILTERED, kind: "project", project, tab: "runs", query });
}

function formatSearch(values: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
  return params.size === 0 ? "" : `?${params.toString()}`;
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

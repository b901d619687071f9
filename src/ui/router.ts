// Hash routes: every place has a URL that opens exactly it, on any static host.

/** Views of a project; the artifacts are the default. */
export const PROJECT_TABS = ["artifacts", "runs"] as const;
export type ProjectTab = (typeof PROJECT_TABS)[number];

/** Views of a version; the files are the default. */
export const VERSION_TABS = ["files", "metadata", "lineage", "usage", "history"] as const;
export type VersionTab = (typeof VERSION_TABS)[number];

/** Where the person is. Names are as given in the URL; the store says whether they exist. */
export type Route =
  | { readonly kind: "home" }
  | {
      readonly kind: "project";
      readonly project: string;
      readonly tab: ProjectTab;
      readonly type: string;
      readonly query: string;
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
    }
  | { readonly kind: "trash" }
  /** `subject`: the events shown are about it. */
  | { readonly kind: "care"; readonly subject: string }
  | { readonly kind: "unknown"; readonly hash: string };

export type ProjectRoute = Extract<Route, { kind: "project" }>;
export type VersionRoute = Extract<Route, { kind: "version" }>;

/** The route in a location's hash, with or without its `#`. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  const [path = "", search = ""] = text.split("?", 2);
  const params = new URLSearchParams(search);
  const query = params.get("q") ?? "";
  const [root, first, ...more] = path.split("/").map(decode);
  if (root !== "" || more.includes(undefined)) return { kind: "unknown", hash };
  if (first === undefined || (first === "" && more.length === 0)) return { kind: "home" };
  if (first === "trash" && more.length === 0) return { kind: "trash" };
  if (first === "care" && more.length === 0)
    return { kind: "care", subject: params.get("subject") ?? "" };
  const [project, name, selector, ...rest] = more;
  if (first !== "p" || project === undefined || project === "" || rest.length > 0)
    return { kind: "unknown", hash };
  if (name === undefined || name === "")
    return {
      kind: "project",
      project,
      tab: oneOf(PROJECT_TABS, params.get("tab")),
      type: params.get("type") ?? "",
      query,
    };
  const tab = oneOf(VERSION_TABS, params.get("tab"));
  return { kind: "version", project, name, selector: selector || "latest", tab, query };
}

/** The hash of a route: the inverse of {@link parseRoute}. */
export function formatRoute(route: Route): string {
  switch (route.kind) {
    case "home":
      return "#/";
    case "project": {
      const tab = route.tab === PROJECT_TABS[0] ? "" : route.tab;
      return `#/p/${encode(route.project)}${formatSearch({ tab, type: route.type, q: route.query })}`;
    }
    case "version": {
      const selector = route.selector === "latest" ? "" : `/${encode(route.selector)}`;
      const tab = route.tab === VERSION_TABS[0] ? "" : route.tab;
      return `#/p/${encode(route.project)}/${encode(route.name)}${selector}${formatSearch({ tab, q: route.query })}`;
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
  return formatRoute({ kind: "project", project, tab: "artifacts", type: "", query: "" });
}

/** The hash of a version's page; `latest` follows the newest. */
export function versionHash(project: string, name: string, selector: string): string {
  return formatRoute({ kind: "version", project, name, selector, tab: "files", query: "" });
}

/** The hash of a project's runs, those whose name contains the text. */
export function runsHash(project: string, query: string): string {
  return formatRoute({ kind: "project", project, tab: "runs", type: "", query });
}

/** The one of the texts that is given, or the first. */
function oneOf<const Text extends string>(
  texts: readonly [Text, ...Text[]],
  given: string | null,
): Text {
  return texts.find((text) => text === given) ?? texts[0];
}

function formatSearch(values: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
  return params.size === 0 ? "" : `?${params.toString()}`;
}

function encode(text: string): string {
  return encodeURIComponent(text);
}

/** `undefined` where the escapes are broken. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

// Hash routes: every place has a URL that opens exactly it, on any static host.

/** Where the person is. Names are as given in the URL; the store says whether they exist. */
export type Route =
  | { readonly kind: "home" }
  | {
      readonly kind: "project";
      readonly project: string;
      readonly type: string;
      readonly query: string;
    }
  | {
      readonly kind: "version";
      readonly project: string;
      readonly name: string;
      /** `latest`, `v2` or an alias. */
      readonly selector: string;
      /** Search in the paths. */
      readonly query: string;
    }
  | { readonly kind: "unknown"; readonly hash: string };

/** The route in a location's hash, with or without its `#`. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  const [path = "", search = ""] = text.split("?", 2);
  const params = new URLSearchParams(search);
  const query = params.get("q") ?? "";
  const [root, first, ...more] = path.split("/").map(decode);
  if (root !== "" || more.includes(undefined)) return { kind: "unknown", hash };
  if (first === undefined || (first === "" && more.length === 0)) return { kind: "home" };
  const [project, name, selector, ...rest] = more;
  if (first !== "p" || project === undefined || project === "" || rest.length > 0)
    return { kind: "unknown", hash };
  if (name === undefined || name === "")
    return { kind: "project", project, type: params.get("type") ?? "", query };
  return { kind: "version", project, name, selector: selector || "latest", query };
}

/** The hash of a route: the inverse of {@link parseRoute}. */
export function formatRoute(route: Route): string {
  switch (route.kind) {
    case "home":
      return "#/";
    case "project":
      return `#/p/${encode(route.project)}${formatSearch({ type: route.type, q: route.query })}`;
    case "version": {
      const selector = route.selector === "latest" ? "" : `/${encode(route.selector)}`;
      return `#/p/${encode(route.project)}/${encode(route.name)}${selector}${formatSearch({ q: route.query })}`;
    }
    case "unknown":
      return route.hash;
  }
}

/** The hash of a project's page. */
export function projectHash(project: string): string {
  return formatRoute({ kind: "project", project, type: "", query: "" });
}

/** The hash of a version's page; `latest` follows the newest. */
export function versionHash(project: string, name: string, selector: string): string {
  return formatRoute({ kind: "version", project, name, selector, query: "" });
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

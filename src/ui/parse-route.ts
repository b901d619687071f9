// What place a URL means: the way back from `formatRoute`.
import {
  LINEAGE_DIRECTIONS,
  LINEAGE_FORMS,
  MOST_HOPS,
  USUAL_HOPS,
  type LineageRoute,
} from "./lineage-route.ts";
import {
  COLLECTION_TABS,
  COMPARE_TABS,
  PROJECT_TABS,
  REGISTRY_TABS,
  REMOTE_TABS,
  VERSION_TABS,
  type Route,
} from "./router.ts";

/** The route in a location's hash, with or without its `#`. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, "");
  const [path = "", search = ""] = text.split("?", 2);
  const params = new URLSearchParams(search);
  const query = params.get("q") ?? "";
  const [root, first, ...more] = path.split("/").map(decode);
  if (root !== "" || more.includes(undefined)) return { kind: "unknown", hash };
  if (first === undefined || (first === "" && more.length === 0)) {
    const sort = params.get("sort") ?? "";
    return { kind: "home", ...(query !== "" && { query }), ...(sort !== "" && { sort }) };
  }
  if (first === "trash" && more.length === 0) return { kind: "trash" };
  if (first === "care" && more.length === 0)
    return { kind: "care", subject: params.get("subject") ?? "" };
  if (first === "registries" && more.length === 0) return { kind: "registries", query };
  if (first === "profile" && more.length === 0)
    return { kind: "profile", add: params.get("add") ?? "" };
  if (first === "sync") return parseSync(more, params, hash);
  if (first === "r") return parseRegistry(more, params, hash);
  if (first === "compare" && more.length === 0)
    return {
      kind: "compare",
      before: params.get("a") ?? "",
      after: params.get("b") ?? "",
      tab: oneOf(COMPARE_TABS, params.get("tab")),
      marks: params.get("marks") ?? "",
      query,
      file: params.get("file") ?? "",
    };
  const [project, name, selector, ...rest] = more;
  if (first !== "p" || project === undefined || project === "" || rest.length > 0)
    return { kind: "unknown", hash };
  if (name === undefined || name === "")
    return {
      kind: "project",
      project,
      tab: oneOf(PROJECT_TABS, params.get("tab")),
      type: params.get("type") ?? "",
      alias: params.get("alias") ?? "",
      tag: params.get("tag") ?? "",
      state: params.get("state") ?? "",
      query,
      sort: params.get("sort") ?? "",
    };
  return {
    kind: "version",
    project,
    name,
    selector: selector || "latest",
    tab: oneOf(VERSION_TABS, params.get("tab")),
    query,
    file: params.get("file") ?? "",
    sort: params.get("sort") ?? "",
    columns: params.get("columns") ?? "",
    lineage: parseLineage(params),
  };
}

function parseSync(
  names: readonly (string | undefined)[],
  params: URLSearchParams,
  hash: string,
): Route {
  const [remote = "", ...rest] = names;
  if (rest.length > 0) return { kind: "unknown", hash };
  if (remote === "") return { kind: "sync", connect: params.get("connect") };
  return { kind: "remote", remote, tab: oneOf(REMOTE_TABS, params.get("tab")) };
}

function parseRegistry(
  names: readonly (string | undefined)[],
  params: URLSearchParams,
  hash: string,
): Route {
  const [registry = "", collection = "", selector = "", ...rest] = names;
  if (registry === "" || rest.length > 0) return { kind: "unknown", hash };
  const asOf = params.get("at") ?? "";
  if (collection === "")
    return {
      kind: "registry",
      registry,
      tab: oneOf(REGISTRY_TABS, params.get("tab")),
      query: params.get("q") ?? "",
      type: params.get("type") ?? "",
      tag: params.get("tag") ?? "",
      act: params.get("act") ?? "",
      actor: params.get("actor") ?? "",
      asOf,
    };
  const tab = oneOf(COLLECTION_TABS, params.get("tab"));
  return { kind: "collection", registry, collection, selector, tab, asOf };
}

function parseLineage(params: URLSearchParams): LineageRoute {
  const hops = Number(params.get("hops"));
  return {
    form: oneOf(LINEAGE_FORMS, params.get("form")),
    direction: oneOf(LINEAGE_DIRECTIONS, params.get("direction")),
    hops: Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS ? hops : USUAL_HOPS,
    around: params.get("around") ?? "",
    node: params.get("node") ?? "",
    find: params.get("find") ?? "",
  };
}

/** The one of the texts that is given, or the first. */
function oneOf<const Text extends string>(
  texts: readonly [Text, ...Text[]],
  given: string | null,
): Text {
  return texts.find((text) => text === given) ?? texts[0];
}

/** `undefined` where the escapes are broken. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

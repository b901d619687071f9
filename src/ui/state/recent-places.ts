// The places visited last, kept in this browser.
import { parseRoute } from "../parse-route.ts";
import {
  collectionHash,
  compareHash,
  projectHash,
  registryHash,
  versionHash,
  type Route,
} from "../router.ts";

const KEY = "cairn-recent";
const MOST = 9;

/** Notes a visit to a project, a version, a comparison, a registry or a collection; which view of it is no matter. */
export function rememberPlace(route: Route): void {
  const hash = placeOf(route);
  if (hash === null) return;
  try {
    const others = recentPlaces().filter((other) => other !== hash);
    localStorage.setItem(KEY, JSON.stringify([hash, ...others].slice(0, MOST)));
  } catch {
    // Storage is refused: nothing is remembered.
  }
}

/** Hashes of the places visited last, the last first. */
export function recentPlaces(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter(
      (hash): hash is string => typeof hash === "string" && placeOf(parseRoute(hash)) === hash,
    );
  } catch {
    return [];
  }
}

/** The hash that stands for all views of a place; `null` for pages always at hand. */
export function placeOf(route: Route): string | null {
  switch (route.kind) {
    case "project":
      return projectHash(route.project);
    case "version":
      return versionHash(route.project, route.name, route.selector);
    case "compare":
      return compareHash(route.before, route.after);
    case "registry":
      return registryHash(route.registry);
    case "collection":
      return collectionHash(route.registry, route.collection, route.selector);
    default:
      return null;
  }
}

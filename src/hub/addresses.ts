// Where things are on a hub.
import type { RemoteTarget } from "../core/sync/remote.ts";

/** The one branch that is synced. */
export const BRANCH = "main";

/** The repository's address in the hub's API. */
export function apiOf({ hubUrl, type, repo }: RemoteTarget): string {
  return `${hubUrl}/api/${type}s/${encodePath(repo)}`;
}

/** Its address for git and for reading files: models have no prefix. */
export function gitOf({ hubUrl, type, repo }: RemoteTarget): string {
  return `${hubUrl}/${type === "model" ? "" : `${type}s/`}${encodePath(repo)}`;
}

/** Where a file can be read at a revision. */
export function fileAt(target: RemoteTarget, revision: string, path: string): string {
  return `${gitOf(target)}/resolve/${revision}/${encodePath(path)}`;
}

/** Writes a path so that it names itself in an address. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

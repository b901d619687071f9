// What a page of a version, an artifact or a project says of syncing: known without its worker.
import type { Problem } from "../../core/errors.ts";
import type { VersionRecord } from "../../core/records.ts";
import type { SyncScope } from "../../core/sync/remote.ts";
import type { ConnectedRemote } from "../../protocol/remote-api.ts";
import { choiceOf } from "./sync-scope.ts";

/** The remote a project syncs with, if any [S3]. */
export function remoteOf(
  remotes: readonly ConnectedRemote[],
  project: string,
): ConnectedRemote | null {
  return remotes.find((remote) => choiceOf(scopeOf(remote), project) !== undefined) ?? null;
}

export function scopeOf({ projects, registries }: ConnectedRemote): SyncScope {
  return { projects, registries };
}

/** Whether an artifact is one that never leaves this browser. */
export function isNeverSent(remote: ConnectedRemote, project: string, name: string): boolean {
  const never: readonly string[] = choiceOf(scopeOf(remote), project)?.never ?? [];
  return never.includes(name);
}

/** Whether numbers of an artifact are given for good by syncing; elsewhere they are at once. */
export function hasAgreedNumbers(
  remotes: readonly ConnectedRemote[],
  project: string,
  name: string,
): boolean {
  const remote = remoteOf(remotes, project);
  return remote !== null && !remote.pullOnly && !isNeverSent(remote, project, name);
}

/** Says of an artifact's versions whether their numbers may still change [S3]. */
export function provisionalIn(
  remotes: readonly ConnectedRemote[],
  { project, name }: { readonly project: string; readonly name: string },
): (version: Pick<VersionRecord, "isFixed">) => boolean {
  const isAgreed = hasAgreedNumbers(remotes, project, name);
  return ({ isFixed }) => isAgreed && isFixed !== true;
}

/** Ways to fail that a new sign-in may mend. */
const SIGN_IN_HELPS: ReadonlySet<string> = new Set(["signed_out", "forbidden", "not_found"]);

/** The remote to sign in to, where that can help against a problem. */
export function remoteToSignIn(
  remotes: readonly ConnectedRemote[],
  problem: Problem,
): ConnectedRemote | null {
  if (problem.code !== "hub_failed" || !SIGN_IN_HELPS.has(problem.data.kind)) return null;
  return remotes.find(({ label }) => label === problem.data.remote) ?? null;
}

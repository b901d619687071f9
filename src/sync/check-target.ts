// Whether a repository can be synced with at all: its address, its name, and what of here may go there.
import { CairnError, errorOf } from "../core/errors.ts";
import { parseArtifactName, parseProjectName } from "../core/names.ts";
import { labelOf, type RemoteTarget, type RemoteUid, type SyncScope } from "../core/sync/remote.ts";
import { checkRepoName } from "../core/sync/repo-name.ts";
import type { RemoteRecord } from "../store/sync-records.ts";

/** Hosts that are this computer, where plain http is safe. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A repository with its hub's address as it is kept. Throws `invalid_remote_name`. */
export function checkTarget({ hubUrl, type, repo }: RemoteTarget): RemoteTarget {
  const problem = checkRepoName(repo);
  if (problem !== null) throw errorOf(problem);
  return { hubUrl: checkHubUrl(hubUrl), type, repo };
}

/** A hub's origin, without a slash at its end. Throws `invalid_remote_name`. */
export function checkHubUrl(hubUrl: string): string {
  const url = URL.canParse(hubUrl) ? new URL(hubUrl) : null;
  const isSafe =
    url !== null &&
    (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname)));
  if (isSafe) return url.origin;
  throw new CairnError("invalid_remote_name", {
    name: hubUrl,
    reason: "a hub's address begins with https://, unless it is on this computer",
  });
}

/** A scope as it is kept. Throws `invalid_name`. */
export function checkScope({ projects, registries }: SyncScope): SyncScope {
  const byName = new Map(
    projects.map(({ name, keepLocal, never }) => [
      name,
      {
        name: parseProjectName(name),
        keepLocal,
        never: [...new Set(never)].map(parseArtifactName),
      },
    ]),
  );
  return { projects: [...byName.values()], registries: [...new Set(registries)] };
}

/** Throws `synced_elsewhere` where another remote has one of the projects [S3]. */
export function refuseElsewhere(
  rows: readonly RemoteRecord[],
  own: RemoteUid | null,
  { projects }: SyncScope,
): void {
  for (const row of rows) {
    if (row.uid === own) continue;
    const taken = new Set<string>(row.scope.projects.map(({ name }) => name));
    const shared = projects.find(({ name }) => taken.has(name));
    if (shared !== undefined)
      throw new CairnError("synced_elsewhere", {
        what: "project",
        name: shared.name,
        remote: labelOf(row),
      });
  }
}

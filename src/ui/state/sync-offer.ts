// What can sync with a repository: what is here, there, or both.
import type { ProjectRecord } from "../../core/records.ts";
import type { ConnectionReport, RemoteView } from "../../protocol/sync-api.ts";
import type { RegistrySummary } from "../../protocol/registry-link-api.ts";

export type Whereabouts = "both" | "there" | "here";

export interface OfferedProject {
  readonly name: string;
  readonly where: Whereabouts;
  /** Here; `null` where it is only there. */
  readonly size: { readonly versions: number; readonly bytes: number } | null;
  /** Where it syncs now: choosing it here takes it away from there [S3]. */
  readonly elsewhere: RemoteView | null;
}

export interface OfferedRegistry {
  readonly uid: string;
  readonly name: string;
  readonly where: Whereabouts;
}

/** Made once: comparing by it is many times as fast as by `localeCompare`. */
const BY_NAME = new Intl.Collator();

/** By name. Deleted ones are left out. */
export function offeredProjects(
  local: readonly ProjectRecord[],
  report: Pick<ConnectionReport, "projects">,
  remotes: readonly RemoteView[],
): readonly OfferedProject[] {
  const there = new Set(report.projects);
  const here = new Map(
    local
      .filter(({ deletedAt }) => deletedAt === null)
      .map((project) => [project.name as string, project]),
  );
  const places = new Map(
    remotes.flatMap((remote) => remote.scope.projects.map(({ name }) => [name as string, remote])),
  );
  const names = new Set([...here.keys(), ...there]);
  return [...names].toSorted(BY_NAME.compare).map((name) => {
    const record = here.get(name);
    return {
      name,
      where: whereIs(record !== undefined, there.has(name)),
      size:
        record === undefined ? null : { versions: record.versionCount, bytes: record.sizeBytes },
      elsewhere: places.get(name) ?? null,
    };
  });
}

/** By name. */
export function offeredRegistries(
  local: readonly RegistrySummary[],
  { registries: there }: Pick<ConnectionReport, "registries">,
): readonly OfferedRegistry[] {
  const here = new Map(local.map(({ uid, name }) => [uid as string, name as string]));
  const known = new Map(there.map(({ uid, name }) => [uid as string, name]));
  return [...new Map([...known, ...here])]
    .map(([uid, name]) => ({ uid, name, where: whereIs(here.has(uid), known.has(uid)) }))
    .toSorted((a, b) => BY_NAME.compare(a.name, b.name));
}

function whereIs(isHere: boolean, isThere: boolean): Whereabouts {
  if (isHere) return isThere ? "both" : "here";
  return "there";
}

export const WHERE_TEXT: Readonly<Record<Whereabouts, string>> = {
  both: "here and there",
  there: "only there",
  here: "only here",
};

// Where a project syncs to, and what of it.
import type { Brand } from "../brand.ts";
import type { ArtifactName, ProjectName } from "../names.ts";
import type { RegistryUid } from "../registry/records.ts";

export type RemoteUid = Brand<string, "RemoteUid">;

/** Kinds of repositories that the Hub keeps in git. */
export const REPO_TYPES = ["space", "dataset", "model"] as const;
export type RepoType = (typeof REPO_TYPES)[number];

/** The usual hub. */
export const HUB_URL = "https://huggingface.co";

/** A repository on a hub. */
export interface RemoteTarget {
  /** Origin, without a slash at its end. */
  readonly hubUrl: string;
  readonly type: RepoType;
  /** `owner/name`. */
  readonly repo: string;
}

/** What syncs [S1]. */
export interface SyncScope {
  readonly projects: readonly SyncedProject[];
  readonly registries: readonly RegistryUid[];
}

export interface SyncedProject {
  readonly name: ProjectName;
  /** Bring all bytes here too; else they come when somebody asks for them. */
  readonly keepLocal: boolean;
  /** Artifacts of which nothing leaves this browser, not even their names. */
  readonly never: readonly ArtifactName[];
}

/** The repository for people, such as `the dataset ada/models`. */
export function labelOf({ type, repo }: Pick<RemoteTarget, "type" | "repo">): string {
  return `the ${type === "space" ? "Space" : type} ${repo}`;
}

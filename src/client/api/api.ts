// Everything about what is stored that needs no run.
import type { AliasChange, AliasMove } from "../../core/alias.ts";
import type { KeepPlan, KeepRule } from "../../core/keep.ts";
import { DEFAULT_LINEAGE, type LineageGraph, type LineageOptions } from "../../core/lineage.ts";
import type {
  ArtifactRecord,
  EventRecord,
  ProjectRecord,
  RunRecord,
  RunUid,
  TrashRecord,
  TrashUid,
  VersionRef,
} from "../../core/records.ts";
import { findVersionNumber } from "../../core/version.ts";
import type { SearchHit, StorageReport, VersionSummary } from "../../protocol/browse-api.ts";
import type { EventQuery, LogCheck, VerifyReport } from "../../protocol/care-api.ts";
import type {
  DeleteImpact,
  Deleted,
  DeleteTarget,
  Freed,
  Restored,
} from "../../protocol/trash-api.ts";
import { asJob } from "../connect.ts";
import { artifactOf, type Artifact, type LongOptions } from "./artifact.ts";
import { connection } from "./connection.ts";
import { logDraft, type LogOptions } from "./log-draft.ts";

/** What to delete: versions of an artifact, an artifact, or a project. */
export type Deletable =
  | { readonly project: string; readonly name: string; readonly versions: readonly string[] }
  | { readonly project: string; readonly name: string }
  | { readonly project: string };

/** A page of versions. */
export interface PageOptions {
  /** Only versions below this one, such as `"v40"`. */
  readonly before?: string;
  /** At most this many; 50 when left out. */
  readonly limit?: number;
}

/**
 * Reads and looks after what is stored, without recording uses. Methods reject with CairnError.
 */
export class Api {
  /** The version a spec names, without recording a use. Throws `invalid_spec`, `not_found`, `in_trash`. */
  async artifact(spec: string, options: { readonly project?: string } = {}): Promise<Artifact> {
    const { store } = await connection();
    const detail = await store.resolve(spec, options.project ?? null);
    return artifactOf(detail, await store.getManifest(detail.version.digest));
  }

  /** Logs an artifact that no run made. Throws as {@link Run.logArtifact}. */
  async logArtifact(
    artifact: Artifact,
    project: string,
    options: LogOptions = {},
  ): Promise<Artifact> {
    await logDraft(artifact, project, null, options);
    return artifact;
  }

  /** All projects that are not deleted, by name. */
  async projects(): Promise<readonly ProjectRecord[]> {
    return (await connection()).store.listProjects();
  }

  /** A project's artifacts, by name. */
  async artifacts(project: string): Promise<readonly ArtifactRecord[]> {
    const { store } = await connection();
    return (await store.listArtifacts(project)).map(({ artifact }) => artifact);
  }

  /** An artifact's versions with their aliases, newest first, a page at a time. */
  async versions(
    project: string,
    name: string,
    { before, limit = 50 }: PageOptions = {},
  ): Promise<readonly VersionSummary[]> {
    const below = before === undefined ? null : (findVersionNumber(before) ?? null);
    return (await connection()).store.listVersions(project, name, below, limit);
  }

  /** A project's runs that are not deleted, by name. Throws `not_found`. */
  async runs(project: string): Promise<readonly RunRecord[]> {
    return (await connection()).store.listRuns(project);
  }

  /** Deletes a run; versions keep its name in their lineage. */
  async deleteRun(id: string): Promise<void> {
    await (await connection()).store.deleteRun(id as RunUid);
  }

  /** Takes the delete of a run back. */
  async restoreRun(id: string): Promise<void> {
    await (await connection()).store.restoreRun(id as RunUid);
  }

  /** What a version came from and what came of it. */
  async lineage(spec: string, options: Partial<LineageOptions> = {}): Promise<LineageGraph> {
    return (await connection()).store.lineage(spec, null, { ...DEFAULT_LINEAGE, ...options });
  }

  /** Projects, artifacts, versions and runs with the text in a name, alias, tag or digest. */
  async search(text: string, limit: number = 50): Promise<readonly SearchHit[]> {
    return (await connection()).store.search(text, limit);
  }

  /** Versions and artifacts that have all the tags. */
  async findByTags(tags: readonly string[]): Promise<readonly SearchHit[]> {
    return (await connection()).store.findByTags(tags);
  }

  /** Puts an alias on a version, taking it from its holder; `null` when it was there already. */
  async setAlias(version: VersionRef, alias: string): Promise<AliasMove | null> {
    return (await connection()).store.setAlias(version, alias);
  }

  /** Takes an alias away without moving it. Throws `not_found`, `alias_reserved`. */
  async removeAlias(project: string, name: string, alias: string): Promise<void> {
    await (await connection()).store.removeAlias(project, name, alias);
  }

  /** How an artifact's aliases came and went, oldest first. */
  async aliasHistory(project: string, name: string): Promise<readonly AliasChange[]> {
    return (await connection()).store.aliasHistory(project, name);
  }

  /** Replaces the tags of an artifact, which all its versions share. Throws `invalid_tag`. */
  async setArtifactTags(project: string, name: string, tags: readonly string[]): Promise<void> {
    await (await connection()).store.setArtifactTags(project, name, tags);
  }

  /** What a delete would touch, and exactly how many bytes emptying the trash would free. */
  async planDelete(what: Deletable): Promise<DeleteImpact> {
    return (await connection()).store.planDelete(targetOf(what));
  }

  /**
   * Puts versions, an artifact or a project into the trash.
   *
   * @param options `deleteAliases` confirms that custom aliases go too: `true`, or their names
   * @throws CairnError `aliases_held`, `not_found`
   */
  async delete(
    what: Deletable,
    { deleteAliases = [] }: { readonly deleteAliases?: true | readonly string[] } = {},
  ): Promise<Deleted> {
    return (await connection()).store.deleteVersions(targetOf(what), deleteAliases);
  }

  /** What was deleted and can be restored, newest first. */
  async trash(): Promise<readonly TrashRecord[]> {
    return (await connection()).store.listTrash();
  }

  /** Puts everything of a trash entry back, with the aliases that are still free. */
  async restore(entry: string): Promise<Restored> {
    return (await connection()).store.restore(entry as TrashUid);
  }

  /** Deletes trash entries, or all of them, for good, and says how many bytes that freed. */
  async emptyTrash(entries: readonly string[] | null = null): Promise<Freed> {
    return (await connection()).store.emptyTrash(entries as readonly TrashUid[] | null);
  }

  /** What a keep rule would put into the trash now. */
  async planKeep(project: string, name: string, rule: KeepRule): Promise<KeepPlan> {
    return (await connection()).store.planKeep(project, name, rule);
  }

  /** Sets or clears an artifact's keep rule, and applies it. */
  async setKeep(project: string, name: string, rule: KeepRule | null): Promise<Deleted | null> {
    return (await connection()).store.setKeep(project, name, rule);
  }

  /** Reads every byte in the store and compares it with its digest. */
  async verify({ onProgress = () => undefined, signal }: LongOptions = {}): Promise<VerifyReport> {
    const { store } = await connection();
    return asJob(store, signal, (job) => store.verify(job, { kind: "all" }, onProgress));
  }

  /** The event log, newest first. */
  async events(query: EventQuery): Promise<readonly EventRecord[]> {
    return (await connection()).store.listEvents(query);
  }

  /** Checks the chain of the whole event log. */
  async verifyLog(): Promise<LogCheck> {
    return (await connection()).store.verifyLog();
  }

  /** How much the store holds. */
  async storage(): Promise<StorageReport> {
    return (await connection()).store.getStorage();
  }

  /** Calls the listener whenever a project changed, here, in the app or in another tab. Returns the way to stop. */
  async onChange(listener: (project: string) => void): Promise<() => void> {
    const { onChange } = await connection();
    return onChange((notice) => {
      if (notice.kind === "changed") listener(notice.project);
    });
  }
}

function targetOf(what: Deletable): DeleteTarget {
  if (!("name" in what)) return { kind: "project", project: what.project };
  const { project, name } = what;
  if (!("versions" in what)) return { kind: "artifact", project, name };
  const numbers = what.versions.map(findVersionNumber).filter((number) => number !== undefined);
  return { kind: "versions", project, name, numbers };
}

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
} from "../../core/records.ts";
import type { Visibility } from "../../core/registry/roles.ts";
import type { SearchHit, StorageReport, VersionSummary } from "../../protocol/browse-api.ts";
import type { EventQuery, LogCheck, VerifyReport } from "../../protocol/care-api.ts";
import type { RegistrySummary, RequestFile } from "../../protocol/registry-link-api.ts";
import type { Imported, ImportPlan, LogVerdict } from "../../protocol/registry-log-api.ts";
import type { Person, Profile } from "../../protocol/registry-manage-api.ts";
import type { DeleteImpact, Deleted, Freed, Restored } from "../../protocol/trash-api.ts";
import { asJob } from "../connect.ts";
import { artifactOf, type Artifact } from "./artifact.ts";
import type { LongOptions } from "./options.ts";
import { connection } from "./connection.ts";
import { linksToo, numberOf, targetOf, type Deletable, type DeleteOptions } from "./deletable.ts";
import { logDraft, type LogOptions } from "./log-draft.ts";
import { Registry } from "./registry.ts";

/** A page of versions. */
export interface PageOptions {
  /** Only versions below this one, such as `"v40"`. */
  readonly before?: string;
  /** At most this many; 50 when left out. */
  readonly limit?: number;
}

/** A registry to make. */
export interface RegistryOptions {
  readonly name: string;
  readonly description?: string;
  /** The types it takes, which can grow later; all when left out. */
  readonly types?: readonly string[];
  /** What everybody who isn't in its list of people is: a Viewer (`open`, as when left out), or a Restricted Viewer (`members`). */
  readonly visibility?: Visibility;
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

  /** A project's artifacts, by name. Throws `not_found`, `in_trash`. */
  async artifacts(project: string): Promise<readonly ArtifactRecord[]> {
    const { store } = await connection();
    return (await store.listArtifacts(project)).map(({ artifact }) => artifact);
  }

  /**
   * An artifact's versions with their aliases, newest first, a page at a time.
   *
   * @throws CairnError `not_found`, `invalid_text` for a `before` that is no version
   */
  async versions(
    project: string,
    name: string,
    { before, limit = 50 }: PageOptions = {},
  ): Promise<readonly VersionSummary[]> {
    const below = before === undefined ? null : numberOf(before);
    return (await connection()).store.listVersions(project, name, below, limit);
  }

  /** A project's runs that are not deleted, by name. Throws `not_found`. */
  async runs(project: string): Promise<readonly RunRecord[]> {
    return (await connection()).store.listRuns(project);
  }

  /** Deletes a run; versions keep its name in their lineage. Throws `not_found`. */
  async deleteRun(id: string): Promise<void> {
    await (await connection()).store.deleteRun(id as RunUid);
  }

  /** Takes the delete of a run back. Throws `not_found`. */
  async restoreRun(id: string): Promise<void> {
    await (await connection()).store.restoreRun(id as RunUid);
  }

  /**
   * What a version came from and what came of it: 6 hops and 500 nodes, unless the options say
   * otherwise.
   *
   * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
   */
  async lineage(spec: string, options: Partial<LineageOptions> = {}): Promise<LineageGraph> {
    return (await connection()).store.lineage(spec, null, { ...DEFAULT_LINEAGE, ...options });
  }

  /** Projects, artifacts, versions and runs with the text in a name, alias, tag or digest. */
  async search(text: string, limit: number = 50): Promise<readonly SearchHit[]> {
    return (await connection()).store.search(text, limit);
  }

  /** Versions and artifacts that have all the tags. Throws `invalid_tag`. */
  async findByTags(tags: readonly string[]): Promise<readonly SearchHit[]> {
    return (await connection()).store.findByTags(tags);
  }

  /**
   * Puts an alias on a version, taking it from its holder; `null` when it was there already.
   *
   * @param spec the version, such as `project/name:v2`
   * @throws CairnError `invalid_spec`, `not_found`, `in_trash`, `invalid_name`, `alias_reserved`
   */
  async setAlias(spec: string, alias: string): Promise<AliasMove | null> {
    const { store } = await connection();
    const { artifact, version } = await store.resolve(spec, null);
    const { project, name } = artifact;
    return store.setAlias({ project, name, number: version.number }, alias);
  }

  /** Takes an alias away without moving it. Throws `not_found`, `alias_reserved`. */
  async removeAlias(project: string, name: string, alias: string): Promise<void> {
    await (await connection()).store.removeAlias(project, name, alias);
  }

  /** How an artifact's aliases, `latest` among them, came and went, oldest first. Throws `not_found`. */
  async aliasHistory(project: string, name: string): Promise<readonly AliasChange[]> {
    return (await connection()).store.aliasHistory(project, name);
  }

  /** Replaces the tags of an artifact, which all its versions share. Throws `invalid_tag`, `not_found`. */
  async setArtifactTags(project: string, name: string, tags: readonly string[]): Promise<void> {
    await (await connection()).store.setArtifactTags(project, name, tags);
  }

  /**
   * What a delete would touch, and exactly how many bytes emptying the trash would free.
   *
   * @throws CairnError `not_found`, `invalid_text` for a version that is none
   */
  async planDelete(what: Deletable): Promise<DeleteImpact> {
    return (await connection()).store.planDelete(targetOf(what));
  }

  /**
   * Puts versions, an artifact or a project into the trash.
   *
   * @param options `deleteAliases` confirms that custom aliases go too: `true`, or their names;
   *   `unlink` takes the versions out of the collections that link them
   * @throws CairnError `aliases_held`, `version_linked`, `protected_held`, `not_permitted`,
   *   `not_found`, `invalid_text` for a version that is none
   */
  async delete(
    what: Deletable,
    options: DeleteOptions & { readonly deleteAliases?: true | readonly string[] } = {},
  ): Promise<Deleted> {
    const { deleteAliases = [] } = options;
    const { store } = await connection();
    return store.deleteVersions(targetOf(what), deleteAliases, ...linksToo(options));
  }

  /** What was deleted and can be restored, newest first. */
  async trash(): Promise<readonly TrashRecord[]> {
    return (await connection()).store.listTrash();
  }

  /** Puts everything of a trash entry, by its `uid`, back, with the aliases that are still free. Throws `not_found`. */
  async restore(entry: string): Promise<Restored> {
    return (await connection()).store.restore(entry as TrashUid);
  }

  /** Deletes trash entries, or all of them, for good, and says how many bytes that freed. Throws `not_found`. */
  async emptyTrash(entries: readonly string[] | null = null): Promise<Freed> {
    return (await connection()).store.emptyTrash(entries as readonly TrashUid[] | null);
  }

  /** What a keep rule would put into the trash now. Throws `not_found`, `invalid_text`. */
  async planKeep(project: string, name: string, rule: KeepRule): Promise<KeepPlan> {
    return (await connection()).store.planKeep(project, name, rule);
  }

  /** Sets or clears an artifact's keep rule, and applies it; `null` when it takes nothing. Throws `not_found`, `invalid_text`. */
  async setKeep(project: string, name: string, rule: KeepRule | null): Promise<Deleted | null> {
    return (await connection()).store.setKeep(project, name, rule);
  }

  /** Reads every byte in the store and compares it with its digest. Throws `aborted`. */
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

  /** All registries in this browser, by name, deleted ones at the end. */
  async registries(): Promise<readonly RegistrySummary[]> {
    return (await connection()).store.listRegistries();
  }

  /** A registry by what it is called here. Throws `no_registry`. */
  async registry(name: string): Promise<Registry> {
    const registry = new Registry(name);
    await registry.details();
    return registry;
  }

  /** Makes a registry, whose first Admin is the person using this browser. Throws `invalid_name`, `already_exists`, `no_profile`. */
  async createRegistry({
    description = "",
    types = [],
    visibility = "open",
    name,
  }: RegistryOptions): Promise<Registry> {
    const { store } = await connection();
    await store.createRegistry({ name, description, types, visibility });
    return new Registry(name);
  }

  /** Checks a registry's exported log without taking it in. Throws `invalid_log`. */
  async verifyExport(file: Blob): Promise<LogVerdict> {
    return (await connection()).store.verifyExport(file);
  }

  /** What bringing a registry's file in would do. Throws `invalid_log`, `log_forked`. */
  async planImport(file: Blob): Promise<ImportPlan> {
    return (await connection()).store.planImport(file);
  }

  /**
   * Brings in what `Registry.export` gave elsewhere: a new registry, or what was done since in one
   * that is here.
   *
   * @param options `name` is what to call a new one here, where its own name is taken
   * @throws CairnError `invalid_log`, `log_forked`, `already_exists`, `invalid_name`
   */
  async importRegistry(file: Blob, options: { readonly name?: string } = {}): Promise<Imported> {
    return (await connection()).store.importRegistry(file, options.name ?? null);
  }

  /** Reads and checks what `Registry.writeRequest` gave elsewhere. Throws `invalid_log`. */
  async readRequest(text: string): Promise<RequestFile> {
    return (await connection()).store.readRequestFile(text);
  }

  /** Who uses this browser; `null` before they said so. Their `card` is what others add them by. */
  async profile(): Promise<Profile | null> {
    return (await connection()).store.getProfile();
  }

  /** Says who uses this browser, and makes their key the first time. Throws `invalid_text`, `signing_unavailable`. */
  async setProfile(name: string, options: { readonly hubUser?: string } = {}): Promise<Profile> {
    return (await connection()).store.setProfile(name, options.hubUser ?? null);
  }

  /** Everybody in the registries that are here. */
  async people(): Promise<readonly Person[]> {
    return (await connection()).store.listPeople();
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

  /** As {@link Api.onChange}, for registries. */
  async onRegistryChange(listener: (registry: string) => void): Promise<() => void> {
    const { onChange } = await connection();
    return onChange((notice) => {
      // Without a name it is about the profile.
      if (notice.kind === "registry-changed" && notice.registry !== "") listener(notice.registry);
    });
  }
}

// Runs of the public API: what logs and uses artifacts.
import { CairnError } from "../../core/errors.ts";
import { defaultArtifactName } from "../../core/draft.ts";
import type { JsonObject } from "../../core/json.ts";
import type { RunRecord, RunState, RunUid } from "../../core/records.ts";
import { artifactOf, Artifact } from "./artifact.ts";
import { specOf } from "./artifact-internals.ts";
import type { ArtifactOptions } from "./options.ts";
import { connection } from "./connection.ts";
import { isDirectoryHandle, isFileList } from "./directory.ts";
import { checkLink, linkVersion } from "./link-artifact.ts";
import type { LinkedArtifact, LinkOptions } from "./links.ts";
import { logDraft, type LogOptions } from "./log-draft.ts";
import { checkedJson } from "./metadata.ts";

/** What run to start, or to take up again. */
export interface InitOptions {
  /** The project it belongs to; made when it is new. */
  readonly project: string;
  /** Two words and a number when left out. */
  readonly name?: string;
  /** What it was started with: a plain JSON object. */
  readonly config?: object;
  /** The id of a run to take up again; the other fields don't count then. */
  readonly resume?: string;
}

/** What can be logged as it is: a file or folder, or a list of files. */
export type PathLike = File | FileSystemFileHandle | FileSystemDirectoryHandle | FileList;

/** `name` and the fields beside it are for what is no Artifact yet. */
export interface LogArtifactOptions extends LogOptions, Partial<ArtifactOptions> {}

let current: Run | null = null;

/**
 * Starts a run, or takes one up again, and makes it the one that {@link logArtifact},
 * {@link useArtifact} and {@link finish} mean. It is running until it is finished or failed; when
 * its page goes away before, it is abandoned.
 *
 * @throws CairnError `invalid_name`, `invalid_metadata`, `not_found` for a run to resume
 */
export async function init(options: InitOptions): Promise<Run> {
  const { store } = await connection();
  const { project, name = "", config = {}, resume } = options;
  const record =
    resume === undefined
      ? await store.startRun(project, name, checkedJson(config))
      : await store.resumeRun(resume as RunUid);
  current = new Run(record);
  return current;
}

/** Logs with the current run; see {@link Run.logArtifact}. Throws `no_run`. */
export async function logArtifact(
  source: Artifact | PathLike,
  options: LogArtifactOptions = {},
): Promise<Artifact> {
  return currentRun().logArtifact(source, options);
}

/** Uses with the current run; see {@link Run.useArtifact}. Throws `no_run`. */
export async function useArtifact(
  spec: string | Artifact,
  options: { readonly type?: string } = {},
): Promise<Artifact> {
  return currentRun().useArtifact(spec, options);
}

/** Links with the current run; see {@link Run.linkArtifact}. Throws `no_run`. */
export async function linkArtifact(
  source: Artifact | string,
  target: string,
  options: LinkOptions = {},
): Promise<LinkedArtifact> {
  return currentRun().linkArtifact(source, target, options);
}

/** Finishes the current run. Throws `no_run`. */
export async function finish(): Promise<void> {
  return currentRun().finish();
}

/** One execution that makes and uses artifacts. Made by {@link init}. */
export class Run {
  #record: RunRecord;

  /** @internal Runs are made by {@link init}. */
  constructor(record: RunRecord) {
    this.#record = record;
  }

  /** Its permanent id, for `init({ resume })`. */
  get id(): string {
    return this.#record.uid;
  }
  /** The project it belongs to. */
  get project(): string {
    return this.#record.project;
  }
  /** Its name, which need not be unique. */
  get name(): string {
    return this.#record.name;
  }
  /** What it was started with. */
  get config(): JsonObject {
    return this.#record.config;
  }
  /** `running`, `finished`, `failed` or `abandoned`, as far as this object knows. */
  get state(): RunState {
    return this.#record.state;
  }

  /**
   * Logs an artifact as an output of this run. Content that a version of that name holds already is
   * that version: nothing is stored, and `latest` stays.
   *
   * The artifact's `outcome` says so. A draft is frozen from the call on, and a draft again when the
   * call fails.
   *
   * A file or folder becomes an artifact called `run-<id>-<its name>` of type `unspecified`, unless
   * `name` and `type` say otherwise. An Artifact brings those itself.
   *
   * @returns the artifact, logged and frozen
   * @throws CairnError `run_over`, `frozen`, `empty_artifact`, `type_mismatch`, `invalid_name`,
   *   `alias_reserved`, `file_changed`, `file_unreadable`, `quota_exceeded`, `aborted`
   */
  async logArtifact(
    source: Artifact | PathLike,
    options: LogArtifactOptions = {},
  ): Promise<Artifact> {
    const artifact =
      source instanceof Artifact ? asGiven(source, options) : await this.#wrap(source, options);
    await logDraft(artifact, this.project, this.#record.uid, options);
    return artifact;
  }

  /**
   * Finds a version and records it as an input of this run.
   *
   * @param spec `name`, `name:v2`, `name:alias`, `project/name…`, `blake3:…`, `registry-models/name…`
   *   for what a registry links, whose link is recorded too, or an artifact that is logged
   * @param options `type` is the type it must have
   * @throws CairnError `invalid_spec`, `not_found`, `in_trash`, `wrong_type`, `run_over`, `not_logged`,
   *   `not_permitted` where the registry doesn't let one use it
   */
  async useArtifact(
    spec: string | Artifact,
    options: { readonly type?: string } = {},
  ): Promise<Artifact> {
    const { store } = await connection();
    const text = typeof spec === "string" ? spec : specOf(spec);
    const { type = null } = options;
    const detail = await store.useVersion(text, this.project, this.#record.uid, type);
    return artifactOf(detail, await store.getManifest(detail.version.digest));
  }

  /**
   * Links a version to a collection of a registry, which counts it on its own. The collection is made
   * when it is new, the registry never. A draft is logged first, and stays logged when the registry
   * refuses it. Of a link its source is linked. What is linked there already keeps its number.
   *
   * @param source an artifact, or a spec as {@link Run.useArtifact} takes it
   * @param target `registry-models/my-model`, `wandb-registry-models/my-model` or `models/my-model`
   * @throws CairnError `invalid_spec`, `no_registry`, `no_profile`, `not_permitted`,
   *   `type_not_accepted`, `type_mismatch`, `alias_protected`, `condition_failed`, `alias_reserved`,
   *   `invalid_name`, `not_found`, `in_trash`; for a draft as {@link Run.logArtifact}
   */
  async linkArtifact(
    source: Artifact | string,
    target: string,
    options: LinkOptions = {},
  ): Promise<LinkedArtifact> {
    checkLink(target, options);
    if (typeof source !== "string" && !source.isLogged) await this.logArtifact(source);
    return linkVersion(source, this.project, target, options);
  }

  /** Marks the run as finished. Throws `not_found` when it was deleted. */
  async finish(): Promise<void> {
    await this.#end("finished");
  }

  /** Marks the run as failed. Throws `not_found` when it was deleted. */
  async fail(): Promise<void> {
    await this.#end("failed");
  }

  async #end(state: "finished" | "failed"): Promise<void> {
    this.#record = await (await connection()).store.endRun(this.#record.uid, state);
    if (current === this) current = null;
  }

  async #wrap(source: PathLike, options: LogArtifactOptions): Promise<Artifact> {
    const name = options.name ?? defaultArtifactName(this.#record.uid, baseNameOf(source));
    const artifact = new Artifact({ ...options, name });
    if (isDirectoryHandle(source) || isFileList(source)) return artifact.addDirectory(source);
    return artifact.addFile(source);
  }
}

function currentRun(): Run {
  if (current === null) throw new CairnError("no_run", {});
  return current;
}

/** An Artifact says itself what it is. */
function asGiven(artifact: Artifact, options: LogArtifactOptions): Artifact {
  for (const field of ["name", "type", "description", "metadata"] as const)
    if (options[field] !== undefined)
      throw new CairnError("invalid_text", {
        field,
        reason: "the artifact brings its own; give it to new Artifact() or newDraft()",
      });
  return artifact;
}

function baseNameOf(source: PathLike): string {
  if (!isFileList(source)) return source.name;
  const [first] = source;
  const [top = "files", ...below] = (first?.webkitRelativePath ?? "").split("/");
  if (below.length > 0) return top;
  return source.length === 1 && first !== undefined ? first.name : "files";
}

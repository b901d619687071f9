// One draft from drop to commit.
import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { problemOf, isCairnError, type Problem } from "../../core/errors.ts";
import type { Root } from "../../core/reroot.ts";
import type { LogResult } from "../../protocol/ingest.ts";
import type { Cairn } from "../../client/cairn.ts";
import type { Picked, PickedTop, ReadOptions } from "../../client/pick/found.ts";
import type { IgnoreRule } from "../../client/pick/ignore-rules.ts";
import { readSkipped } from "../../client/pick/read-transfer.ts";
import type { Catalog } from "./catalog.ts";
import { createComparer, type ComparisonState } from "./comparer.ts";
import { createDraftFields, type DraftFields } from "./draft-fields.ts";
import type { DraftStart } from "./draft-file.ts";
import { DraftFiles } from "./draft-files.ts";
import { checkPaths, draftEntriesOf, type PathReport } from "./draft-paths.ts";
import { SpeedMeter } from "./speed.ts";
import { StageLink } from "./stage-link.ts";

export type DraftPhase =
  | "reading"
  | "staging"
  | "ready"
  | "committing"
  | "committed"
  | "halted"
  | "cancelled";

/** What keeps a draft from being committed, the first of these that applies. */
export type Blocker = "fields" | "failed" | "invalid_paths" | "path_conflict" | "no_files";

export interface DraftOptions {
  readonly cairn: Cairn;
  readonly catalog: Catalog;
  readonly project: string | null;
  readonly rules: readonly IgnoreRule[];
  /** A version whose files it begins with. */
  readonly start: DraftStart | null;
  readonly onCommitted: (result: LogResult) => void;
}

/** How long changes are gathered before paths are checked again. */
const SETTLE_MS = 100;

let drafts = 0;

export class DraftState {
  readonly id = ++drafts;
  readonly fields: DraftFields;
  readonly files: DraftFiles;
  readonly tops = signal<readonly PickedTop[]>([]);
  readonly rules;
  readonly emptyFolders = signal(0);
  /** The last path check; out of date while {@link isChecked} is false. */
  readonly paths = signal<PathReport | null>(null);
  readonly halted = signal<Problem | null>(null);
  readonly commitProblem = signal<Problem | null>(null);
  /** The person pressed Commit before everything was staged. */
  readonly isCommitWanted = signal(false);
  /** The person tried to commit, so even fields left blank show their problem. */
  readonly showsAllProblems = signal(false);
  readonly bytesPerSecond = signal<number | null>(null);
  readonly root: ReadonlySignal<Root>;
  readonly phase: ReadonlySignal<DraftPhase>;
  readonly blocker: ReadonlySignal<Blocker | null>;
  readonly comparison: ReadonlySignal<ComparisonState>;

  readonly #options: DraftOptions;
  readonly #link: StageLink;
  readonly #meter = new SpeedMeter();
  readonly #stop = new AbortController();
  readonly #typedRoot = signal<Root | null>(null);
  readonly #reads = signal(0);
  readonly #end = signal<"committing" | "committed" | "cancelled" | null>(null);
  readonly #checkedKey = signal("");
  readonly #comparer;
  readonly #disposeEffect: () => void;
  #settleTimer: ReturnType<typeof setTimeout> | null = null;
  #drops = 0;
  /** The store can't be reached: no notice of it will say that things are well again. */
  #isLinkBroken = false;

  constructor(options: DraftOptions) {
    this.#options = options;
    this.rules = signal(options.rules);
    this.#link = new StageLink({
      store: options.cairn.store,
      base: options.start?.digest ?? null,
      onNotice: (notice) => {
        this.#meter.note(notice.doneBytes, performance.now());
        batch(() => {
          this.bytesPerSecond.value = this.#meter.bytesPerSecond();
          if (notice.halted !== null) this.#halt(notice.halted);
          else if (!this.#isLinkBroken) this.halted.value = null;
          this.files.applyNotice(notice);
        });
      },
      onBroken: (problem) => {
        this.#isLinkBroken = true;
        this.#halt(problem);
      },
    });
    this.files = new DraftFiles(this.#link, this.rules);
    this.fields = createDraftFields(options.catalog, options.project, this.tops);
    const { start } = options;
    if (start !== null) {
      this.files.startFrom(start.manifest);
      this.fields.project.type(start.version.project);
      this.fields.name.type(start.version.name);
    }
    this.root = computed(() => this.#typedRoot.value ?? defaultRoot(this.tops.value));
    this.blocker = computed(() => this.#findBlocker());
    this.phase = computed(() => this.#findPhase());
    this.#comparer = createComparer(options.cairn.store, this.files, options.start, () =>
      this.#link.flushed(),
    );
    this.comparison = this.#comparer.state;
    this.#disposeEffect = effect(() => {
      // What a check or comparison depends on; `phase` also follows reading and staging.
      void [
        this.#setKey(),
        this.phase.value,
        this.fields.input.value,
        this.fields.existing.value,
        this.blocker.value,
      ];
      this.#settleSoon();
    });
  }

  /** The version it starts from, or `null`. */
  get start(): DraftStart | null {
    return this.#options.start;
  }

  /** True when the path check is of the files and root as they are now. */
  get isChecked(): boolean {
    return this.#checkedKey.value === this.#setKey();
  }

  /** True once the files are all staged and nothing stands in the way. */
  get isReady(): boolean {
    return this.phase.value === "ready" && this.isChecked && this.blocker.value === null;
  }

  /** Reads what the person gave into this draft. Throws `nothing_dropped` when that was empty folders. */
  async add(pick: Picked): Promise<void> {
    const drop = ++this.#drops;
    this.tops.value = withTops(this.tops.value, pick.tops);
    await this.#read(drop, (options) => pick.read(options));
  }

  async setRules(rules: readonly IgnoreRule[]): Promise<void> {
    this.rules.value = rules;
    const folders = this.files.applyRules();
    if (folders.length > 0)
      await this.#read(this.#drops, (options) => readSkipped(folders, options));
  }

  /** `null` goes back to the root that fits what was dropped. */
  setRoot(root: Root | null): void {
    this.#typedRoot.value = root;
  }

  /** Commits now, or as soon as everything is staged. Does nothing while something is in the way. */
  commit(): void {
    this.showsAllProblems.value = true;
    this.commitProblem.value = null;
    if (this.blocker.value !== null || this.#end.value !== null) return;
    this.isCommitWanted.value = true;
    this.#settle();
  }

  takeBackCommit(): void {
    this.isCommitWanted.value = false;
  }

  /** Goes on after a halt, for instance once there is space again. */
  async resume(): Promise<void> {
    this.halted.value = null;
    this.#isLinkBroken = false;
    try {
      if (!(await this.#link.resume())) this.files.restageAll();
    } catch (error) {
      this.#halt(problemOf(error));
    }
  }

  /** Ends the draft and drops every byte it staged. */
  async cancel(): Promise<void> {
    if (this.#end.value === "committing") return;
    this.#end.value = "cancelled";
    this.#dispose();
    await this.#link.cancel();
  }

  async #read(drop: number, read: (options: ReadOptions) => Promise<void>): Promise<void> {
    this.#reads.value++;
    try {
      await read({
        signal: this.#stop.signal,
        skipsFolder: (path) => this.files.skipsFolder(path),
        onBatch: (found) =>
          batch(() => {
            this.emptyFolders.value += found.emptyFolders;
            this.files.add(found, drop);
          }),
      });
    } catch (error) {
      if (!isCairnError(error, "aborted")) throw error;
    } finally {
      this.#reads.value--;
    }
  }

  #halt(problem: Problem): void {
    this.halted.value = problem;
    this.isCommitWanted.value = false;
  }

  #setKey(): string {
    void this.files.version.value;
    const { strip, prefix } = this.root.value;
    return `${this.files.setRevision} ${strip} ${prefix}`;
  }

  #findPhase(): DraftPhase {
    if (this.#end.value !== null) return this.#end.value;
    if (this.halted.value !== null) return "halted";
    if (this.#reads.value > 0) return "reading";
    const { files, stagedFiles } = this.files.totals.value;
    return stagedFiles < files ? "staging" : "ready";
  }

  #findBlocker(): Blocker | null {
    if (Object.keys(this.fields.problems.value).length > 0) return "fields";
    const { failed, files } = this.files.totals.value;
    if (failed > 0) return "failed";
    if (files === 0 && this.#reads.value === 0) return "no_files";
    const report = this.paths.value;
    if (report === null || !this.isChecked) return null;
    if (report.invalid.size > 0) return "invalid_paths";
    return report.conflict === null ? null : "path_conflict";
  }

  #settleSoon(): void {
    this.#settleTimer ??= setTimeout(() => this.#settle(), SETTLE_MS);
  }

  #settle(): void {
    if (this.#settleTimer !== null) clearTimeout(this.#settleTimer);
    this.#settleTimer = null;
    if (this.#end.value !== null || this.#reads.value > 0) return;
    if (!this.isChecked) {
      batch(() => {
        this.paths.value = checkPaths(this.files.all, this.root.value);
        this.#checkedKey.value = this.#setKey();
      });
    }
    const report = this.paths.value;
    if (this.blocker.value !== null) this.isCommitWanted.value = false;
    if (!this.isReady || report === null) return this.#comparer.clear();
    if (this.isCommitWanted.value) {
      void this.#commit(report);
      return;
    }
    const { project, name } = this.fields.input.value;
    this.#comparer.want({
      key: `${this.#setKey()} ${project}/${name} ${this.fields.existing.value?.latest ?? ""}`,
      project,
      name,
      report,
    });
  }

  async #commit(report: PathReport): Promise<void> {
    this.#end.value = "committing";
    try {
      const ingest = await this.#link.flushed();
      const entries = this.isChecked
        ? draftEntriesOf(report, this.#options.start, this.files.all)
        : null;
      if (entries === null) {
        // Files were taken out or put in meanwhile: the commit waits for the next check.
        this.#end.value = null;
        return;
      }
      const result = await this.#options.cairn.store.commitDraft(
        ingest,
        this.fields.input.value,
        entries,
      );
      this.#end.value = "committed";
      this.#link.close();
      this.#dispose();
      this.#options.onCommitted(result);
    } catch (error) {
      batch(() => {
        this.#end.value = null;
        this.isCommitWanted.value = false;
        this.commitProblem.value = problemOf(error);
      });
    }
  }

  #dispose(): void {
    this.#disposeEffect();
    this.#stop.abort();
    this.#comparer.clear();
    if (this.#settleTimer !== null) clearTimeout(this.#settleTimer);
  }
}

/** A single folder is stripped, so that paths are relative to it. */
function defaultRoot(tops: readonly PickedTop[]): Root {
  return { strip: tops.filter((top) => top.isFolder).length === 1 ? 1 : 0, prefix: "" };
}

function withTops(known: readonly PickedTop[], more: readonly PickedTop[]): readonly PickedTop[] {
  const added = more.filter(
    (top) => !known.some((other) => other.name === top.name && other.isFolder === top.isFolder),
  );
  return [...known, ...added];
}

// The files of a draft: what was found, left out, removed, staged.
import { signal, type ReadonlySignal } from "@preact/signals";
import { entriesOf, type Manifest } from "../../core/manifest.ts";
import { compareUtf8 } from "../../core/utf8.ts";
import type { IngestNotice } from "../../protocol/ingest.ts";
import type { FoundBatch, SkippedFolder } from "../../client/pick/found.ts";
import {
  compileRules,
  type IgnoreMatcher,
  type IgnoreRule,
} from "../../client/pick/ignore-rules.ts";
import { takesPart, totalsOf, type DraftFile, type DraftTotals } from "./draft-file.ts";
import type { StageLink } from "./stage-link.ts";

/** Most files worth putting in order. */
const SORTED_FILES = 20_000;

/** What an ignore rule leaves out. */
export interface LeftOutCount {
  files: number;
  folders: number;
}

/** All files of one draft in arrival order. */
export class DraftFiles {
  readonly all: DraftFile[] = [];
  readonly #link: StageLink;
  readonly #version = signal(0);
  readonly #totals = signal<DraftTotals>(totalsOf([]));
  readonly #rules: ReadonlySignal<readonly IgnoreRule[]>;
  #matcher: IgnoreMatcher;
  /** Rows the store works on now, so that they can be set back when it moves on. */
  #active: DraftFile[] = [];
  readonly #removals: DraftFile[][] = [];
  #sorted: readonly DraftFile[] = [];
  /** Grows whenever the set of files that will be logged changes. */
  setRevision = 0;

  constructor(link: StageLink, rules: ReadonlySignal<readonly IgnoreRule[]>) {
    this.#link = link;
    this.#rules = rules;
    this.#matcher = compileRules(rules.value);
  }

  /** Changes with every change of {@link all}. */
  get version(): ReadonlySignal<number> {
    return this.#version;
  }

  get totals(): ReadonlySignal<DraftTotals> {
    return this.#totals;
  }

  /** All files by path once nothing is being added, as sorting would make the list jump; a very long list is searched, not read. */
  ordered(isComplete: boolean): readonly DraftFile[] {
    if (!isComplete || this.all.length > SORTED_FILES) return this.all;
    if (this.#sorted.length !== this.all.length)
      this.#sorted = this.all.toSorted((a, b) => compareUtf8(a.source, b.source));
    return this.#sorted;
  }

  /** Number of files the last removal took, or 0: what {@link undoRemoval} would put back. */
  get undoableCount(): number {
    return this.#removals.at(-1)?.length ?? 0;
  }

  skipsFolder(path: string): boolean {
    return this.#matcher.findForFolder(path) !== null;
  }

  /** Begins with the files of a version, which are there already. */
  startFrom(manifest: Manifest): void {
    for (const { path, size } of entriesOf(manifest)) {
      const row = this.#push({ source: path, drop: 0, isBase: true, sizeBytes: size });
      row.status = "staged";
    }
    this.#changeSet();
  }

  /** Adds what was found. A file that failed before and is given again replaces the failed one. */
  add(batch: FoundBatch, drop: number): void {
    const failed = this.#failedBySource();
    for (const { path, file, sizeBytes, modifiedMs } of batch.files) {
      const earlier = failed?.get(path);
      if (earlier !== undefined && earlier.drop !== drop) this.#replace(earlier);
      const row = this.#push({ source: path, drop, file, sizeBytes, modifiedMs });
      row.ignoredBy = this.#matcher.findForFile(path);
      if (row.ignoredBy === null) this.#link.stage(row);
    }
    for (const { path, isFolder, problem } of batch.problems) {
      const row = this.#push({ source: path, drop, isFolder });
      row.status = "failed";
      row.problem = problem;
    }
    for (const folder of batch.skipped) {
      const row = this.#push({ source: folder.path, drop, isFolder: true, skipped: folder });
      row.ignoredBy = this.#matcher.findForFolder(folder.path);
    }
    this.#changeSet();
  }

  /** Takes in what the store says. Rows that were sent again in the meantime don't listen to old news. */
  applyNotice(notice: IngestNotice): void {
    for (const row of this.#active) {
      if (row.status !== "storing" && row.status !== "hashing") continue;
      row.status = "waiting";
      row.doneBytes = 0;
    }
    let hasRecovered = false;
    for (const id of notice.staged) {
      const row = this.#link.rowOf(id);
      if (row === undefined) continue;
      hasRecovered ||= row.status === "failed";
      row.status = "staged";
      row.problem = null;
    }
    for (const { id, problem } of notice.failed) {
      const row = this.#link.rowOf(id);
      if (row === undefined) continue;
      row.status = "failed";
      row.problem = problem;
    }
    this.#active = [];
    for (const { id, phase, doneBytes } of notice.active) {
      const row = this.#link.rowOf(id);
      if (row === undefined || row.status === "staged" || row.status === "failed") continue;
      row.status = phase;
      row.doneBytes = doneBytes;
      this.#active.push(row);
    }
    if (notice.failed.length > 0 || hasRecovered) this.#changeSet();
    else this.bump();
  }

  /** Leaves files out until {@link undoRemoval}. */
  remove(rows: readonly DraftFile[]): void {
    const removed = rows.filter((row) => !row.isRemoved);
    if (removed.length === 0) return;
    for (const row of removed) {
      row.isRemoved = true;
      this.#link.unstage(row);
    }
    this.#removals.push(removed);
    this.#changeSet();
  }

  undoRemoval(): void {
    this.#restore(this.#removals.pop() ?? []);
  }

  /** Puts back one removed file. */
  restore(row: DraftFile): void {
    for (const removal of this.#removals) {
      const at = removal.indexOf(row);
      if (at >= 0) removal.splice(at, 1);
    }
    while (this.#removals.at(-1)?.length === 0) this.#removals.pop();
    this.#restore([row]);
  }

  /** Applies changed rules. Returns the folders that are to be read now. */
  applyRules(): readonly SkippedFolder[] {
    this.#matcher = compileRules(this.#rules.value);
    const toRead: SkippedFolder[] = [];
    for (const row of this.all) {
      if (row.isReplaced) continue;
      if (row.skipped !== null) {
        row.ignoredBy = this.#matcher.findForFolder(row.source);
        if (row.ignoredBy !== null) continue;
        row.isReplaced = true;
        toRead.push(row.skipped);
      } else if (row.file !== null) {
        const before = row.ignoredBy;
        row.ignoredBy = this.#matcher.findForFile(row.source);
        if (row.isRemoved || (before === null) === (row.ignoredBy === null)) continue;
        if (row.ignoredBy === null) this.#link.stage(row);
        else this.#link.unstage(row);
      }
    }
    this.#changeSet();
    return toRead;
  }

  /** Per rule, what it leaves out now. */
  leftOutCounts(): ReadonlyMap<string, LeftOutCount> {
    const counts = new Map<string, LeftOutCount>();
    for (const row of this.all) {
      if (row.ignoredBy === null || row.isReplaced || row.isRemoved) continue;
      let count = counts.get(row.ignoredBy);
      if (count === undefined) counts.set(row.ignoredBy, (count = { files: 0, folders: 0 }));
      if (row.isFolder) count.folders++;
      else count.files++;
    }
    return counts;
  }

  /** Queues every file for the store again, after the staging area itself was lost. */
  restageAll(): void {
    for (const row of this.all) if (row.file !== null && takesPart(row)) this.#link.stage(row);
    this.bump();
  }

  /** Tells that rows were changed in place. */
  bump(): void {
    this.#totals.value = totalsOf(this.all);
    this.#version.value++;
  }

  #changeSet(): void {
    this.setRevision++;
    this.bump();
  }

  #restore(rows: readonly DraftFile[]): void {
    for (const row of rows) {
      row.isRemoved = false;
      if (row.file !== null && row.ignoredBy === null) this.#link.stage(row);
    }
    this.#changeSet();
  }

  #replace(row: DraftFile): void {
    row.isReplaced = true;
    this.#link.unstage(row);
  }

  #failedBySource(): Map<string, DraftFile> | undefined {
    if (this.#totals.value.failed === 0) return undefined;
    return new Map(
      this.all
        .filter((row) => takesPart(row) && row.status === "failed")
        .map((row) => [row.source, row]),
    );
  }

  #push(known: Partial<DraftFile> & { source: string; drop: number }): DraftFile {
    const row: DraftFile = {
      index: this.all.length,
      file: null,
      isBase: false,
      isFolder: false,
      sizeBytes: 0,
      modifiedMs: 0,
      skipped: null,
      status: "waiting",
      doneBytes: 0,
      problem: null,
      stageId: null,
      ignoredBy: null,
      isRemoved: false,
      isReplaced: false,
      mark: null,
      ...known,
    };
    this.all.push(row);
    return row;
  }
}

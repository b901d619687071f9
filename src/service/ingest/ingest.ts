// One staging area: the files waiting, staged and failed, and the packs they went into.
import { CairnError, type Problem } from "../../core/errors.ts";
import type { Digest } from "../../core/digest.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { IngestUid } from "../../core/records.ts";
import type { ActiveFile, FileId, IngestNotice, StageRequest } from "../../protocol/ingest.ts";
import { createNotices, type Notices } from "./notices.ts";
import { WaitingFiles } from "./units.ts";

/** A file whose bytes are in the store, either in a pack of this ingest or in a committed one. */
export interface StagedFile {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Runs tasks one after another, whether those before them succeed or fail. */
type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

export interface Ingest {
  readonly uid: IngestUid;
  readonly waiting: WaitingFiles;
  readonly staged: Map<FileId, StagedFile>;
  readonly failed: Map<FileId, { readonly request: StageRequest; readonly problem: Problem }>;
  readonly forgotten: Set<FileId>;
  readonly active: Map<FileId, ActiveFile>;
  /** The packs written here, by number. */
  readonly packs: Map<number, readonly Digest[]>;
  /** Digests in those packs. */
  readonly own: Set<Digest>;
  /** The manifests it builds on, pinned in the store. */
  readonly bases: Map<Digest, Manifest>;
  /** Runs index writes one after another, so that each sees in `own` what the ones before it stored. */
  readonly inTurn: InTurn;
  /** Runs commits and cancels one after another: a cancel must never delete what a commit just sealed. */
  readonly exclusively: InTurn;
  nextPack: number;
  nextPin: number;
  /** Bytes of all staged files. */
  stagedBytes: number;
  halted: Problem | null;
  /** A commit is writing: files that come now wait until it is over. */
  isSealing: boolean;
  readonly abort: AbortController;
  readonly notices: Notices;
  /** Gives up the lock that keeps other tabs from sweeping this ingest. */
  readonly release: () => void;
}

/** Makes an empty staging area. */
export function createIngest(
  uid: IngestUid,
  release: () => void,
  onNotice: (notice: IngestNotice) => void,
): Ingest {
  const ingest: Ingest = {
    uid,
    waiting: new WaitingFiles(),
    staged: new Map(),
    failed: new Map(),
    forgotten: new Set(),
    active: new Map(),
    packs: new Map(),
    own: new Set(),
    bases: new Map(),
    inTurn: createTurns(),
    exclusively: createTurns(),
    nextPack: 0,
    nextPin: 0,
    stagedBytes: 0,
    halted: null,
    isSealing: false,
    abort: new AbortController(),
    notices: createNotices(() => snapshot(ingest), onNotice),
    release,
  };
  return ingest;
}

/** Records a file as staged. */
export function markStaged(ingest: Ingest, id: FileId, file: StagedFile): void {
  ingest.active.delete(id);
  if (ingest.forgotten.has(id)) return;
  ingest.staged.set(id, file);
  ingest.stagedBytes += file.sizeBytes;
  ingest.notices.staged(id);
}

/** Records a file as failed. */
export function markFailed(ingest: Ingest, request: StageRequest, problem: Problem): void {
  ingest.active.delete(request.id);
  if (ingest.forgotten.has(request.id)) return;
  ingest.failed.set(request.id, { request, problem });
  ingest.notices.failed(request.id, problem);
}

/** Records a pack that was written. */
export function addPack(ingest: Ingest, number: number, digests: readonly Digest[]): void {
  ingest.packs.set(number, digests);
  for (const digest of digests) ingest.own.add(digest);
}

/** Shows how far a file is. */
export function markActive(ingest: Ingest, active: ActiveFile): void {
  ingest.active.set(active.id, active);
  ingest.notices.changed();
}

/** The staged files with these ids. Throws the problem of the first that failed. */
export function stagedFiles(ingest: Ingest, ids: Iterable<FileId>): readonly StagedFile[] {
  return Array.from(ids, (id) => {
    const file = ingest.staged.get(id);
    if (file !== undefined) return file;
    const failure = ingest.failed.get(id);
    if (failure !== undefined) throw new CairnError(failure.problem.code, failure.problem.data);
    throw new CairnError("internal", { reason: `file ${id} of this draft is not staged` });
  });
}

function snapshot(ingest: Ingest): Pick<IngestNotice, "active" | "doneBytes" | "halted"> {
  const active = [...ingest.active.values()];
  const activeBytes = active.reduce((sum, file) => sum + file.doneBytes, 0);
  return { active, doneBytes: ingest.stagedBytes + activeBytes, halted: ingest.halted };
}

function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (write) => {
    const turn = last.then(write, write);
    last = turn.catch(() => undefined);
    return turn;
  };
}

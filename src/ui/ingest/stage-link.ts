// A draft's line to its staging area in the store: messages in order, a few hundred files each.
import type { Digest } from "../../core/digest.ts";
import { errorOf, problemOf, type Problem } from "../../core/errors.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import type { FileId, IngestNotice, StageRequest } from "../../protocol/ingest.ts";
import type { IngestUid } from "../../core/records.ts";
import { takesPart, type DraftFile } from "./draft-file.ts";

const FILES_PER_MESSAGE = 500;

export interface StageLinkOptions {
  readonly store: StoreApi;
  /** The manifest that the draft starts from. */
  readonly base: Digest | null;
  readonly onNotice: (notice: IngestNotice) => void;
  readonly onBroken: (problem: Problem) => void;
}

/** Sends a draft's files to the store, and keeps the numbers they go by there. */
export class StageLink {
  readonly #options: StageLinkOptions;
  /** Rows by the number the store knows them by. */
  readonly #sent: DraftFile[] = [];
  #waiting: DraftFile[] = [];
  #dropped: FileId[] = [];
  #ingest: Promise<IngestUid> | null = null;
  #pumping: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: StageLinkOptions) {
    this.#options = options;
  }

  /** The staging area's id; opens it when that didn't happen yet. */
  open(): Promise<IngestUid> {
    this.#ingest ??= this.#begin();
    return this.#ingest;
  }

  async #begin(): Promise<IngestUid> {
    const { store, onNotice, base } = this.#options;
    const ingest = await store.openIngest((notice) => {
      if (!this.#isClosed) onNotice(notice);
    });
    if (base !== null) await store.startFrom(ingest, base);
    return ingest;
  }

  /** Queues a file to be read, hashed and stored. */
  stage(row: DraftFile): void {
    row.status = "waiting";
    row.problem = null;
    row.doneBytes = 0;
    row.stageId = null;
    this.#waiting.push(row);
    this.#pump();
  }

  /** Forgets a file, whether it was sent already or not. */
  unstage(row: DraftFile): void {
    if (row.stageId === null) return;
    this.#dropped.push(row.stageId);
    row.stageId = null;
    this.#pump();
  }

  /** The row that the store means by a number, unless that number is out of date. */
  rowOf(id: FileId): DraftFile | undefined {
    const row = this.#sent[id];
    return row?.stageId === id ? row : undefined;
  }

  /** Settles when everything queued so far was sent; `onBroken` tells when it could not be. */
  async flushed(): Promise<IngestUid> {
    while (this.#pumping !== null) await this.#pumping;
    if (this.#isClosed) throw errorOf({ code: "aborted", data: {} });
    return this.open();
  }

  /** Takes a halted staging area up again; `false` when it never opened, and all files must be sent anew. */
  async resume(): Promise<boolean> {
    const opened = await this.#ingest?.catch(() => null);
    if (opened === null || opened === undefined) {
      this.#ingest = null;
      this.#waiting = [];
      return false;
    }
    await this.#options.store.resumeIngest(opened);
    this.#pump();
    return true;
  }

  /** Stops listening and sending; the staging area itself is left to whoever ended it. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#dropped = [];
  }

  /** Drops the staging area with every byte in it. */
  async cancel(): Promise<void> {
    this.close();
    const opened = await this.#ingest?.catch(() => null);
    if (opened !== null && opened !== undefined) await this.#options.store.cancelIngest(opened);
  }

  #pump(): void {
    if (this.#isClosed) return;
    this.#pumping ??= this.#send()
      .catch((error: unknown) => this.#options.onBroken(problemOf(error)))
      .finally(() => (this.#pumping = null));
  }

  async #send(): Promise<void> {
    const { store } = this.#options;
    const ingest = await this.open();
    for (;;) {
      if (this.#dropped.length > 0) await store.unstageFiles(ingest, this.#dropped.splice(0));
      const requests = this.#nextRequests();
      if (requests.length > 0) await store.stageFiles(ingest, requests);
      else if (this.#dropped.length === 0) return;
    }
  }

  #nextRequests(): readonly StageRequest[] {
    const requests: StageRequest[] = [];
    let taken = 0;
    for (const row of this.#waiting) {
      if (requests.length === FILES_PER_MESSAGE) break;
      taken++;
      // Removed, ignored, or queued twice since.
      if (row.file === null || !takesPart(row) || row.stageId !== null) continue;
      row.stageId = this.#sent.length;
      this.#sent.push(row);
      const { file, source, sizeBytes, modifiedMs, stageId } = row;
      requests.push({ id: stageId, file, path: source, sizeBytes, modifiedMs });
    }
    this.#waiting = this.#waiting.slice(taken);
    return requests;
  }
}

// All drafts on this page: the queue, which one is open, and what happens when one ends.
import { signal } from "@preact/signals";
import { describeError, isCairnError, problemOf } from "../../core/errors.ts";
import type { LogResult } from "../../protocol/ingest.ts";
import type { Cairn, StorageState } from "../../client/cairn.ts";
import type { VersionRef } from "../../core/records.ts";
import { choose } from "../../client/pick/choose.ts";
import type { Picked } from "../../client/pick/found.ts";
import { readyMadeRules, type IgnoreRule } from "../../client/pick/ignore-rules.ts";
import { takeTransfer, type Transfer } from "../../client/pick/read-transfer.ts";
import { describeKept, describeLogged, describeTwin } from "./describe-result.ts";
import { Catalog } from "./catalog.ts";
import type { DraftStart } from "./draft-file.ts";
import { DraftState } from "./draft-state.ts";
import type { Toasts } from "../parts/toasts.tsx";

/** What ingest needs from the app around it. */
export interface IngestApp {
  currentProject(): string | null;
  openVersion(ref: VersionRef): void;
  openTrash(): void;
  readonly toasts: Toasts;
}

export class IngestState {
  readonly drafts = signal<readonly DraftState[]>([]);
  /** The draft whose sheet is open; the others wait in the tray. */
  readonly open = signal<DraftState | null>(null);
  readonly storage = signal<StorageState | null>(null);
  readonly #cairn: Cairn;
  readonly #app: IngestApp;
  readonly #catalog: Catalog;
  /** The rules set last, so that a person's own globs hold for the next drop too. */
  #rules: readonly IgnoreRule[] = readyMadeRules();
  #hasAskedToPersist = false;

  constructor(cairn: Cairn, app: IngestApp) {
    this.#cairn = cairn;
    this.#app = app;
    this.#catalog = new Catalog(cairn);
  }

  chooseFiles(into: DraftState | null = null): void {
    this.#choose("files", into);
  }

  chooseFolder(into: DraftState | null = null): void {
    this.#choose("folder", into);
  }

  /** Takes a drop or paste. Call it inside the event. */
  drop(transfer: Transfer, into: DraftState | null = null): void {
    try {
      this.take(takeTransfer(transfer), into);
    } catch (error) {
      this.#say(error);
    }
  }

  /** Makes a draft of something given, or adds it to one. */
  take(pick: Picked, into: DraftState | null = null): void {
    const phase = into?.phase.value;
    const draft =
      into !== null && phase !== "committing" && phase !== "committed" ? into : this.#newDraft();
    void this.#refreshStorage();
    draft.add(pick).catch((error: unknown) => {
      this.#say(error);
      if (draft.files.all.length === 0) this.cancel(draft);
    });
  }

  /** Opens a draft that begins with the files of a version; they are not copied. */
  startFrom(start: DraftStart): void {
    this.open.value = this.#newDraft(start);
  }

  show(draft: DraftState): void {
    this.open.value = draft;
  }

  /** Closes the sheet; its draft goes on in the tray. */
  minimise(): void {
    this.open.value = null;
  }

  /** Ends a draft at once, with nothing left behind. */
  cancel(draft: DraftState): void {
    if (draft.phase.value === "committing") return;
    const hadFiles = draft.files.all.length > 0;
    this.#forget(draft);
    draft.cancel().then(
      () => {
        if (hadFiles)
          this.#app.toasts.show({ kind: "info", text: "Draft cancelled. Nothing of it was kept." });
      },
      (error: unknown) => this.#say(error),
    );
  }

  setRules(draft: DraftState, rules: readonly IgnoreRule[]): void {
    this.#rules = rules;
    draft.setRules(rules).catch((error: unknown) => this.#say(error));
  }

  #newDraft(start: DraftStart | null = null): DraftState {
    const draft: DraftState = new DraftState({
      cairn: this.#cairn,
      catalog: this.#catalog,
      project: this.#app.currentProject(),
      rules: this.#rules,
      start,
      onCommitted: (result) => this.#finish(draft, result),
    });
    this.drafts.value = [...this.drafts.value, draft];
    this.open.value ??= draft;
    return draft;
  }

  #choose(what: "files" | "folder", into: DraftState | null): void {
    choose(what).then(
      (pick) => {
        if (pick !== null) this.take(pick, into);
      },
      (error: unknown) => this.#say(error),
    );
  }

  #finish(draft: DraftState, result: LogResult): void {
    const ref: VersionRef = {
      project: result.project,
      name: result.name,
      number: result.version.number,
    };
    const wasOpen = this.open.value === draft;
    this.#forget(draft);
    const toast = { kind: "success", text: describeLogged(result) } as const;
    if (wasOpen) {
      this.#app.toasts.show(toast);
      this.#app.openVersion(ref);
    } else
      this.#app.toasts.show({
        ...toast,
        action: { label: "Show", run: () => this.#app.openVersion(ref) },
      });
    this.#sayTwin(result);
    void this.#askToPersist();
  }

  #sayTwin(result: LogResult): void {
    const text = describeTwin(result);
    if (text === null) return;
    const run = (): void => this.#app.openTrash();
    this.#app.toasts.show({ text, action: { label: "Open the trash", run } });
  }

  /** Takes a draft off the list; the next one opens in its place. */
  #forget(draft: DraftState): void {
    const left = this.drafts.value.filter((other) => other !== draft);
    this.drafts.value = left;
    if (this.open.value === draft) this.open.value = left[0] ?? null;
  }

  /** Asks once, at the first commit, and says the answer; a browser that promised before isn't asked. */
  async #askToPersist(): Promise<void> {
    if (this.#hasAskedToPersist) return;
    this.#hasAskedToPersist = true;
    try {
      if ((await this.#cairn.storageState()).persisted === true) return;
      const kept = await this.#cairn.askToPersist();
      const state = await this.#cairn.storageState();
      this.storage.value = state;
      this.#app.toasts.show({ kind: "info", text: describeKept(kept, state) });
    } catch (error) {
      this.#say(error);
    }
  }

  async #refreshStorage(): Promise<void> {
    try {
      this.storage.value = await this.#cairn.storageState();
    } catch (error) {
      this.#say(error);
    }
  }

  #say(error: unknown): void {
    if (isCairnError(error, "aborted")) return;
    this.#app.toasts.show({ kind: "error", text: describeError(problemOf(error)) });
  }
}

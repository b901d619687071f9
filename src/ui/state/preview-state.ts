// The file in the preview pane: opened in a worker that a hostile file may hang, but never the page.
import { computed, signal } from "@preact/signals";
import type { Fetching } from "../../protocol/downloads.ts";
import type { PreviewWorker } from "../../client/preview-worker.ts";
import { CairnError, isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import type { Preview, PreviewApi, PreviewId, PreviewKind } from "../../protocol/preview-api.ts";

/** After this long a person is told that it still goes on, and may stop it. */
const SLOW_MS = 10_000;

/** What the pane shows. */
export type PreviewPhase =
  | { readonly phase: "loading" }
  /** Its bytes come from elsewhere first. */
  | { readonly phase: "fetching"; readonly fetching: Fetching }
  | { readonly phase: "stopped" }
  | { readonly phase: "failed"; readonly problem: Problem }
  | {
      readonly phase: "ready";
      /** Another for each time a file is opened. */
      readonly serial: number;
      readonly file: Blob;
      readonly preview: Preview;
    };

/** Asks something about the file that is open. */
export type Ask = <T>(call: (api: PreviewApi, id: PreviewId) => Promise<T>) => Promise<T>;

/** Where files and the worker come from. */
interface PreviewSource {
  /** A file's handle; nothing of it is read. Told to stop, it rejects. */
  peek(path: string, signal: AbortSignal, onFetch: (fetching: Fetching) => void): Promise<Blob>;
  startWorker(): PreviewWorker;
}

interface Running {
  readonly worker: PreviewWorker;
  /** Each ends a call under way: the worker would never settle it once it is stopped. */
  readonly waiting: Set<() => void>;
}

/** The file as it is open in the worker that runs now. */
interface Opened {
  readonly id: PreviewId;
  readonly preview: Promise<Preview>;
}

export class PreviewState {
  readonly shown = signal<PreviewPhase>({ phase: "loading" });
  readonly #late = signal(0);
  readonly #source: PreviewSource;
  #file: { readonly blob: Blob; readonly path: string; readonly kind: PreviewKind | null } | null =
    null;
  #running: Running | null = null;
  #opened: Opened | null = null;
  #request = 0;
  /** Ends what is being fetched. */
  #peeking = new AbortController();

  constructor(source: PreviewSource) {
    this.#source = source;
  }

  /** Whether an answer is late. */
  readonly isSlow = computed(() => this.#late.value > 0);

  /** Opens a file in place of the one that is open; `null` for the kind that fits best. */
  async open(path: string, kind: PreviewKind | null = null): Promise<void> {
    this.#leave();
    const request = ++this.#request;
    this.shown.value = { phase: "loading" };
    try {
      const blob = await this.#source.peek(path, this.#peeking.signal, (fetching) => {
        if (request === this.#request) this.shown.value = { phase: "fetching", fetching };
      });
      if (request !== this.#request) return;
      this.#file = { blob, path, kind };
      const preview = await this.#open().preview;
      if (request === this.#request)
        this.shown.value = { phase: "ready", serial: request, file: blob, preview };
    } catch (error) {
      if (request === this.#request)
        this.shown.value = { phase: "failed", problem: problemOf(error) };
    }
  }

  /**
   * Asks about the open file. Late answers raise {@link PreviewState.isSlow}.
   *
   * @throws CairnError `aborted` after a stop, or what the call throws
   */
  readonly ask: Ask = (call) => this.#ask(call, SLOW_MS);

  /** As {@link PreviewState.ask}, for a call that shows its own progress and may take any time. */
  readonly askLong: Ask = (call) => this.#ask(call, null);

  /** Ends what the worker is at. What is shown stays, and can be asked about again. */
  interrupt(): void {
    this.#stopWorker();
  }

  /** Gives up on the file. */
  stop(): void {
    this.close();
    this.shown.value = { phase: "stopped" };
  }

  /** Ends everything. */
  close(): void {
    this.#request++;
    this.#file = null;
    this.#stopPeeking();
    this.#stopWorker();
  }

  /** Nothing of the former file may keep the worker from the next one. */
  #leave(): void {
    this.#file = null;
    this.#stopPeeking();
    const running = this.#running;
    const opened = this.#opened;
    if (running === null || opened === null) return;
    this.#opened = null;
    if (running.waiting.size > 0) this.#stopWorker();
    else running.worker.api.closePreview(opened.id).catch(() => this.#stopWorker());
  }

  #stopPeeking(): void {
    this.#peeking.abort();
    this.#peeking = new AbortController();
  }

  async #ask<T>(
    call: (api: PreviewApi, id: PreviewId) => Promise<T>,
    slowMs: number | null,
  ): Promise<T> {
    const opened = this.#open();
    // A worker that was stopped is followed by one that has to open the file first.
    await opened.preview;
    return this.#wait((api) => call(api, opened.id), slowMs);
  }

  #open(): Opened {
    const file = this.#file;
    if (file === null) throw new CairnError("aborted", {});
    if (this.#opened !== null) return this.#opened;
    const id = crypto.randomUUID();
    const preview = this.#wait(
      (api) => api.openPreview(id, file.blob, file.path, file.kind),
      SLOW_MS,
    );
    return (this.#opened = { id, preview });
  }

  async #wait<T>(call: (api: PreviewApi) => Promise<T>, slowMs: number | null): Promise<T> {
    const running = (this.#running ??= {
      worker: this.#source.startWorker(),
      waiting: new Set(),
    });
    let isLate = false;
    const tell = (): void => {
      isLate = true;
      this.#late.value++;
    };
    const timer = slowMs === null ? undefined : setTimeout(tell, slowMs);
    let end = (): void => undefined;
    const stopped = new Promise<never>((_, reject) => {
      end = () => reject(new CairnError("aborted", {}));
      running.waiting.add(end);
    });
    try {
      return await Promise.race([call(running.worker.api), stopped]);
    } catch (error) {
      // A dead worker answers nothing any more: the next call starts another.
      if (isCairnError(error, "worker_lost") && this.#running === running) this.#stopWorker();
      throw error;
    } finally {
      running.waiting.delete(end);
      clearTimeout(timer);
      if (isLate) this.#late.value--;
    }
  }

  #stopWorker(): void {
    const running = this.#running;
    this.#running = null;
    this.#opened = null;
    if (running === null) return;
    running.worker.stop();
    for (const end of running.waiting) end();
  }
}

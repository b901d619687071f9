// A file's bytes as a stream that goes on by itself where it breaks off.
import type { RemoteTarget } from "../core/sync/remote.ts";
import { fileAt } from "./addresses.ts";
import type { CommitOid, OpenedFile } from "./hub.ts";
import { isWorthARetry, MOST_TRIES, pause, retrying } from "./pace.ts";
import { get } from "./read.ts";
import { isNoEntry, type OpenAnswer, type Wire } from "./wire.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Opens a file at a commit; `null` where there is none. */
export async function openFile(
  wire: Wire,
  target: RemoteTarget,
  commit: CommitOid,
  path: string,
  signal: AbortSignal,
): Promise<OpenedFile | null> {
  const url = fileAt(target, commit, path);
  const first = await retrying(() => begin(wire, target, url, signal), wire.pace, signal);
  if (first === null) return null;
  const sizeBytes = sizeOf(first.response);
  const source = new ResumedBody({ wire, url, signal, sizeBytes }, first);
  return { sizeBytes, stream: new ReadableStream<Bytes>(source, { highWaterMark: 0 }) };
}

async function begin(
  wire: Wire,
  { hubUrl }: RemoteTarget,
  url: string,
  signal: AbortSignal,
): Promise<OpenAnswer | null> {
  const opened = await wire.open(get(url), signal);
  const { status, headers, ok, url: from } = opened.response;
  if (ok) return opened;
  const error = await wire.refusalOf(opened, signal);
  const answer = { status, headers, url: from, bytes: new Uint8Array(), text: () => "" };
  if (!signal.aborted && isNoEntry(answer, hubUrl)) return null;
  throw error;
}

/** What an answer says of its size; `null` where it doesn't, or packed it for the way. */
function sizeOf({ headers }: Response): number | null {
  const length = headers.get("Content-Length");
  if (length === null || headers.get("Content-Encoding") !== null) return null;
  return /^\d{1,15}$/.test(length) ? Number(length) : null;
}

interface BodyOptions {
  readonly wire: Wire;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly sizeBytes: number | null;
}

class ResumedBody implements UnderlyingDefaultSource<Bytes> {
  readonly #options: BodyOptions;
  #opened: OpenAnswer | null;
  #reader: ReadableStreamDefaultReader<Bytes> | undefined;
  #received = 0;
  /** Bytes to pass over, of an answer that began anew. */
  #known = 0;
  #breaks = 0;

  constructor(options: BodyOptions, first: OpenAnswer) {
    this.#options = options;
    this.#opened = first;
    // It may lie unread for long; only once somebody reads is waiting counted.
    first.watch.rest();
  }

  async pull(controller: ReadableStreamDefaultController<Bytes>): Promise<void> {
    for (;;)
      try {
        const piece = await this.#next();
        if (piece === null) controller.close();
        else controller.enqueue(piece);
        return;
      } catch (error) {
        await this.#mend(error);
      }
  }

  cancel(): void {
    this.#drop();
  }

  /** The next bytes that are new; `null` at the end. */
  async #next(): Promise<Bytes | null> {
    this.#opened ??= await this.#goOn();
    if (this.#opened === null) return null;
    const { response, watch } = this.#opened;
    this.#reader ??= response.body?.getReader();
    for (;;) {
      watch.expect(this.#options.wire.pace.stallMs);
      const { value } = (await this.#reader?.read()) ?? {};
      watch.rest();
      if (value === undefined) return this.#end();
      const fresh = value.subarray(Math.min(this.#known, value.length));
      this.#known -= value.length - fresh.length;
      if (fresh.length === 0) continue;
      this.#received += fresh.length;
      this.#breaks = 0;
      return fresh;
    }
  }

  /** Some break off without a word. */
  #end(): null {
    const { sizeBytes } = this.#options;
    if (sizeBytes !== null && this.#received < sizeBytes)
      throw new TypeError("The file ended early.");
    this.#drop();
    return null;
  }

  async #mend(thrown: unknown): Promise<void> {
    const { wire, signal } = this.#options;
    this.#drop();
    const error = wire.failures.translate(thrown, signal);
    this.#breaks += 1;
    if (this.#breaks === MOST_TRIES || !isWorthARetry(error)) throw error;
    await pause(this.#breaks, wire.pace.retryMs, signal);
  }

  /** Asks for the rest, at the file's own address: the one it led to may have ended. `null`: there is none. */
  async #goOn(): Promise<OpenAnswer | null> {
    const { wire, url, signal, sizeBytes } = this.#options;
    const offset = this.#received;
    const ask = offset === 0 ? get(url) : { ...get(url), headers: { Range: `bytes=${offset}-` } };
    const opened = await wire.open(ask, signal);
    const { status, headers } = opened.response;
    const range = headers.get("Content-Range");
    if (status === 416 && range === `bytes */${offset}`) {
      opened.watch.end();
      return null;
    }
    if (!opened.response.ok) throw await wire.refusalOf(opened, signal);
    this.#known = status === 206 ? 0 : offset;
    if (status === 206 && !goesOnAt(range, offset, sizeBytes)) {
      opened.watch.end();
      throw wire.failures.failure("odd_answer", { detail: "The file goes on differently." });
    }
    return opened;
  }

  #drop(): void {
    this.#opened?.watch.end();
    this.#opened = null;
    this.#reader = undefined;
  }
}

/** Whether a range begins where we stopped, of a file as long as before. */
function goesOnAt(range: string | null, offset: number, sizeBytes: number | null): boolean {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range ?? "");
  if (match === null || Number(match[1]) !== offset) return false;
  return sizeBytes === null || match[2] === "*" || Number(match[2]) === sizeBytes;
}

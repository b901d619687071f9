// Sends requests to the hub: with the token, with an end to waiting, and told to the log.
import { labelOf } from "../core/sync/remote.ts";
import { failuresOf, wordsOf, type Failures } from "./failures.ts";
import type { HubOptions, HubPace } from "./hub.ts";
import { retrying, sendingMs, USUAL_PACE } from "./pace.ts";
import { Watch } from "./watch.ts";

// A text of a repository is anybody's: it must not fill the worker's memory.
const MOST_BYTES = 256 * 1024 ** 2;
const MOST_REFUSAL_BYTES = 64 * 1024;

/** One request. */
export interface Ask {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  readonly cache?: RequestCache;
  /** Whether the token goes along. */
  readonly isSigned: boolean;
  /** Whether doing it twice is as good as once. */
  readonly isRetried: boolean;
  /** For the answer to begin, once the body is sent; the usual patience when left out. */
  readonly waitMs?: number;
  /** Says of an answer that refuses that it is one all the same. */
  readonly accepts?: (answer: Answer) => boolean;
}

/** An answer read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Where it came from in the end. */
  readonly url: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: () => string;
}

/** An answer whose body is still to come. The watch ends it. */
export interface OpenAnswer {
  readonly response: Response;
  readonly watch: Watch;
}

export interface Wire {
  readonly failures: Failures;
  readonly pace: HubPace;
  /** Reads an answer whole. @throws CairnError `hub_failed`, `aborted` */
  ask(ask: Ask, signal: AbortSignal): Promise<Answer>;
  /** Gives an answer as it begins, whatever its status. @throws CairnError `hub_failed`, `aborted` */
  open(ask: Ask, signal: AbortSignal): Promise<OpenAnswer>;
  /** The error for an answer that was opened and refuses. */
  refusalOf(opened: OpenAnswer, signal: AbortSignal): Promise<Error>;
  /** Notes a request that went another way. */
  log(method: string, url: string, startedAt: number, response: Answered | null): void;
}

interface Answered {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
}

/** Makes the wire to one repository. */
export function createWire(options: HubOptions): Wire {
  const failures = failuresOf(labelOf(options.target));
  const pace = { ...USUAL_PACE, ...options.pace };
  const log: Wire["log"] = (method, url, startedAt, response) =>
    options.onRequest?.({
      method,
      path: new URL(url).pathname,
      status: response?.status ?? null,
      requestId: response?.headers.get("X-Request-Id") ?? null,
      ms: Math.round(performance.now() - startedAt),
    });

  const headersOf = async (ask: Ask): Promise<Record<string, string>> => {
    // A list says itself where it goes on.
    const isOurs = ask.isSigned && ask.url.startsWith(`${options.target.hubUrl}/`);
    const token = isOurs ? await options.token() : null;
    if (token === null) return { ...ask.headers };
    // Others can't stand in a header, and would look as if the network were gone.
    if (!/^[\x21-\x7e]+$/.test(token)) throw failures.failure("signed_out");
    return { ...ask.headers, Authorization: `Bearer ${token}` };
  };

  const open: Wire["open"] = async (ask, signal) => {
    if (signal.aborted) throw failures.translate(signal.reason, signal);
    const headers = await headersOf(ask);
    const startedAt = performance.now();
    const watch = new Watch(signal);
    const size = ask.body instanceof Blob ? ask.body.size : (ask.body?.length ?? 0);
    watch.expect((ask.waitMs ?? pace.firstByteMs) + sendingMs(size));
    try {
      const response = await (options.fetch ?? fetch)(ask.url, {
        method: ask.method,
        headers,
        signal: watch.signal,
        credentials: "omit",
        ...(ask.body !== undefined && { body: ask.body }),
        ...(ask.cache !== undefined && { cache: ask.cache }),
      });
      log(ask.method, ask.url, startedAt, response);
      watch.expect(pace.stallMs);
      return { response, watch };
    } catch (error) {
      watch.end();
      log(ask.method, ask.url, startedAt, null);
      throw failures.translate(error, signal);
    }
  };

  const readWhole = async (
    { response, watch }: OpenAnswer,
    signal: AbortSignal,
    mostBytes: number,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    try {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      let size = 0;
      const reader = response.body?.getReader();
      for (;;) {
        const piece = await reader?.read();
        if (piece?.value === undefined) break;
        watch.expect(pace.stallMs);
        size += piece.value.length;
        if (size > mostBytes) throw new RangeError("An answer of too many bytes.");
        pieces.push(piece.value);
      }
      return new Uint8Array(await new Blob(pieces).arrayBuffer());
    } catch (error) {
      throw failures.translate(error, signal);
    } finally {
      watch.end();
    }
  };

  const refusalOf: Wire["refusalOf"] = async (opened, signal) => {
    const { status, headers } = opened.response;
    const body = await readWhole(opened, signal, MOST_REFUSAL_BYTES).catch(() => new Uint8Array());
    if (signal.aborted) return failures.translate(signal.reason, signal);
    const words = wordsOf(new TextDecoder().decode(body), headers.get("X-Error-Message"));
    return failures.refusal(status, words, headers.get("X-Request-Id"));
  };

  const askOnce = async (ask: Ask, signal: AbortSignal): Promise<Answer> => {
    const opened = await open(ask, signal);
    const { response } = opened;
    const { status, headers, url } = response;
    const begun = { status, headers, url, bytes: new Uint8Array(), text: () => "" };
    if (!response.ok) {
      const error = await refusalOf(opened, signal);
      if (!signal.aborted && ask.accepts?.(begun) === true) return begun;
      throw error;
    }
    const bytes = await readWhole(opened, signal, MOST_BYTES);
    return { ...begun, bytes, text: () => textOf(bytes, failures) };
  };

  return {
    failures,
    pace,
    open,
    refusalOf,
    log,
    ask: (ask, signal) =>
      ask.isRetried ? retrying(() => askOnce(ask, signal), pace, signal) : askOnce(ask, signal),
  };
}

/** Reads bytes as the text they are, nothing left out, so that digests of it agree. */
function textOf(bytes: Uint8Array, failures: Failures): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw failures.failure("odd_answer", { detail: "This is not a text.", cause: error });
  }
}

/** Reads an answer's JSON. @throws CairnError `hub_failed` of kind `odd_answer` */
export function jsonOf(answer: Answer, failures: Failures): unknown {
  try {
    return JSON.parse(answer.text());
  } catch (error) {
    throw failures.failure("odd_answer", {
      detail: "This is not JSON.",
      requestId: answer.headers.get("X-Request-Id"),
      cause: error,
    });
  }
}

/** Whether a 404 says that the revision has no such file, rather than that there is no such repository. */
export function isNoEntry({ status, headers, url }: Answer, hubUrl: string): boolean {
  if (status !== 404) return false;
  const code = headers.get("X-Error-Code");
  // A storage that lost the bytes says nothing of what the repository lists.
  return code === "EntryNotFound" || (code === null && url.startsWith(`${hubUrl}/`));
}

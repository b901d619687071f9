// Uploads one object to the addresses that a plan gives: whole, or in parts.
import { LFS_HEADERS } from "./batch.ts";
import { wordsOf, type Failures } from "./failures.ts";
import type { PutBytes, UploadPlan, UploadProgress } from "./hub.ts";
import { retrying } from "./pace.ts";
import { inPool } from "./pool.ts";
import type { Wire } from "./wire.ts";

const PARTS_AT_ONCE = 4;

type BasicPlan = Extract<UploadPlan, { kind: "basic" }>;
type MultipartPlan = Extract<UploadPlan, { kind: "multipart" }>;

export interface UploadReport {
  readonly onSent: (sentBytes: number) => void;
  readonly onPart: (progress: UploadProgress) => Promise<void>;
}

/** Sends pieces to signed addresses, and says what went wrong as of this remote. */
export interface Putter {
  /** Sends a piece, up to four times. Gives its ETag, where that can be read. */
  put(
    piece: Piece,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ): Promise<string | null>;
}

interface Piece {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
}

export function createPutter(wire: Wire, putBytes: PutBytes): Putter {
  const once = async (
    { url, headers, body }: Piece,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ): Promise<string | null> => {
    if (signal.aborted) throw wire.failures.translate(signal.reason, signal);
    const startedAt = performance.now();
    const answer = await putBytes(url, headers, body, onProgress, signal, wire.pace.stallMs).catch(
      (error: unknown) => {
        wire.log("PUT", url, startedAt, null);
        throw wire.failures.translate(error, signal);
      },
    );
    const { status, etag, text } = answer;
    wire.log("PUT", url, startedAt, { status, headers: new Headers() });
    if (status >= 200 && status < 300) return etag;
    throw refusal(wire.failures, status, text);
  };
  return {
    put: (piece, onProgress, signal) =>
      retrying(() => once(piece, onProgress, signal), wire.pace, signal),
  };
}

const ADDRESS_IS_OVER: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** A storage that no longer knows the address, or holds it to be over, wants a new plan: `busy`. */
function refusal(failures: Failures, status: number, text: string): Error {
  const detail = wordsOf(text, null);
  return ADDRESS_IS_OVER.has(status)
    ? failures.failure("busy", { detail })
    : failures.refusal(status, detail, null);
}

/** Sends an object whole. */
export async function uploadWhole(
  putter: Putter,
  plan: BasicPlan,
  body: Blob,
  report: UploadReport,
  signal: AbortSignal,
): Promise<void> {
  await putter.put({ url: plan.url, headers: plan.headers, body }, report.onSent, signal);
  report.onSent(body.size);
}

/** Sends an object's parts that have not arrived yet, and has them put together. */
export async function uploadParts(
  { wire, putter }: { readonly wire: Wire; readonly putter: Putter },
  plan: MultipartPlan,
  body: Blob,
  { before, report }: { readonly before: UploadProgress | null; readonly report: UploadReport },
  signal: AbortSignal,
): Promise<void> {
  const parts = new PartsUnderWay(
    plan,
    body.size,
    before?.etags ?? new Map<number, string>(),
    report,
  );
  const send = async (number: number, inner: AbortSignal): Promise<void> => {
    const [start, end] = parts.rangeOf(number);
    const etag = await putter.put(
      { url: plan.urls[number] ?? "", headers: {}, body: body.slice(start, end) },
      (sent) => parts.sent(number, sent),
      inner,
    );
    if (etag === null)
      throw wire.failures.failure("odd_answer", { detail: "The storage doesn't show ETags." });
    await parts.arrived(number, etag);
  };
  await inPool(parts.missing(), PARTS_AT_ONCE, send, signal);
  await complete(wire, plan, parts.etags(), signal);
}

class PartsUnderWay {
  readonly #plan: MultipartPlan;
  readonly #size: number;
  readonly #report: UploadReport;
  readonly #etags: Map<number, string>;
  readonly #sent = new Map<number, number>();
  #sum = 0;
  #reported: Promise<void> = Promise.resolve();

  constructor(
    plan: MultipartPlan,
    size: number,
    etags: ReadonlyMap<number, string>,
    report: UploadReport,
  ) {
    this.#plan = plan;
    this.#size = size;
    this.#report = report;
    this.#etags = new Map(etags);
  }

  missing(): readonly number[] {
    return [...this.#plan.urls.keys()].filter((number) => !this.#etags.has(number));
  }

  rangeOf(number: number): readonly [start: number, end: number] {
    const start = number * this.#plan.chunkBytes;
    return [start, Math.min(start + this.#plan.chunkBytes, this.#size)];
  }

  sent(number: number, bytes: number): void {
    this.#sum += bytes - (this.#sent.get(number) ?? 0);
    this.#sent.set(number, bytes);
    this.#report.onSent(this.#sum);
  }

  /** Notes a part. Calls don't overlap, so that what is kept of it only grows. */
  async arrived(number: number, etag: string): Promise<void> {
    this.#etags.set(number, etag);
    this.sent(number, this.#lengthOf(number));
    const progress = { plan: this.#plan, etags: new Map(this.#etags) };
    this.#reported = this.#reported.then(() => this.#report.onPart(progress));
    await this.#reported;
  }

  /** All ETags, in the parts' order. */
  etags(): readonly string[] {
    return [...this.#plan.urls.keys()].map((number) => this.#etags.get(number) ?? "");
  }

  #lengthOf(number: number): number {
    const [start, end] = this.rangeOf(number);
    return end - start;
  }
}

/**
 * Not tried again: whether it happened is seen by the next batch, which then has the object. What is
 * refused here was put together wrongly, and only a new plan helps.
 */
async function complete(
  wire: Wire,
  { completionUrl, object }: MultipartPlan,
  etags: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const parts = etags.map((etag, index) => ({ partNumber: index + 1, etag }));
  const answer = await wire.ask(
    {
      method: "POST",
      url: completionUrl,
      headers: LFS_HEADERS,
      body: JSON.stringify({ oid: object.sha256, parts }),
      // The address is signed itself.
      isSigned: false,
      isRetried: false,
      waitMs: wire.pace.commitMs,
      accepts: ({ status }) => PLAN_IS_OVER.has(status),
    },
    signal,
  );
  if (!PLAN_IS_OVER.has(answer.status)) return;
  throw wire.failures.failure("busy", {
    detail: "The parts could not be put together.",
    requestId: answer.headers.get("X-Request-Id"),
  });
}

const PLAN_IS_OVER: ReadonlySet<number> = new Set([400, 403, 404, 409, 410, 412, 422]);

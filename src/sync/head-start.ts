// Uploads what is likely wanted while the rest of it is still being worked out, so that hashing and sending overlap.
import { deferred } from "../core/deferred.ts";
import { isBytesLost } from "./bytes-lost.ts";
import { meterAhead } from "./meter-ahead.ts";
import type { UploadObject } from "./upload-object.ts";
import {
  PLANNED,
  uploadGroups,
  uploadObjects,
  type Sent,
  type UploadJob,
} from "./upload-objects.ts";

/** Objects or bytes that are worth asking for before all are known: less is soon known, and asked for at once. */
const GROUP_OBJECTS = 100;
const GROUP_BYTES = 128 * 1024 ** 2;

export interface Sender {
  /** Takes an object that will most likely be wanted. One whose bytes can't be had is left to {@link send}. */
  offer(object: UploadObject): void;
  /**
   * Has the remote have all of the objects; those offered before are there already, or on their way.
   *
   * @returns what was sent since the last call
   * @throws CairnError as {@link uploadObjects}
   */
  send(objects: readonly UploadObject[]): Promise<Sent>;
  /** Ends what is under way, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Runs a task that may send; what it offered and never sent is stopped at its end. */
export async function withSender<T>(
  job: UploadJob,
  signal: AbortSignal,
  task: (sender: Sender) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const abort = (): void => end.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  const sender = new HeadStart(job, end);
  try {
    return await task(sender);
  } finally {
    await sender.stop();
    signal.removeEventListener("abort", abort);
  }
}

class HeadStart implements Sender {
  readonly #job: UploadJob;
  readonly #end: AbortController;
  readonly #queue = new GroupQueue();
  readonly #meter: ReturnType<typeof meterAhead>;
  readonly #there = new Set<string>();
  readonly #offered = new Set<string>();
  #running: Promise<void> | null = null;
  #sent: Sent = { objects: 0, bytes: 0 };

  constructor(job: UploadJob, end: AbortController) {
    this.#job = job;
    this.#end = end;
    this.#meter = meterAhead(job.meter);
  }

  offer(object: UploadObject): void {
    if (this.#queue.isClosed || this.#offered.has(object.sha256)) return;
    this.#offered.add(object.sha256);
    this.#queue.add(object);
    if (this.#running === null && this.#queue.hasGroup) this.#start();
  }

  async send(objects: readonly UploadObject[]): Promise<Sent> {
    if (this.#running !== null && !this.#queue.isClosed) {
      for (const object of objects) this.offer(object);
      this.#meter.catchUp(new Map(objects.map((object) => [object.sha256, object])).values());
      this.#queue.close();
      await this.#running;
    }
    const rest = objects.filter(({ sha256 }) => !this.#there.has(sha256));
    const { objects: count, bytes } = await uploadObjects(this.#job, rest, this.#end.signal);
    for (const { sha256 } of rest) this.#there.add(sha256);
    const sent = { objects: this.#sent.objects + count, bytes: this.#sent.bytes + bytes };
    this.#sent = { objects: 0, bytes: 0 };
    return sent;
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#queue.close();
    // What went wrong, whoever sent was told; others need not know.
    await this.#running?.catch(() => undefined);
  }

  #start(): void {
    const job = { ...this.#job, meter: this.#meter };
    this.#running = uploadGroups(job, this.#queue.groups(), this.#end.signal, {
      isBearable: isBytesLost,
      onThere: ({ sha256, sizeBytes }, isNew) => {
        this.#there.add(sha256);
        if (!isNew) return;
        const { objects, bytes } = this.#sent;
        this.#sent = { objects: objects + 1, bytes: bytes + sizeBytes };
      },
    });
    this.#running.catch(() => undefined);
  }
}

/** Objects gathered until they make a group, or all are known. */
class GroupQueue {
  #waiting: UploadObject[] = [];
  #bytes = 0;
  #isClosed = false;
  #change = deferred();

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get hasGroup(): boolean {
    return this.#waiting.length >= GROUP_OBJECTS || this.#bytes >= GROUP_BYTES;
  }

  add(object: UploadObject): void {
    this.#waiting.push(object);
    this.#bytes += object.sizeBytes;
    if (this.hasGroup) this.#change.resolve();
  }

  close(): void {
    this.#isClosed = true;
    this.#change.resolve();
  }

  async *groups(): AsyncGenerator<readonly UploadObject[]> {
    for (;;) {
      while (!this.hasGroup && !this.#isClosed) {
        await this.#change.promise;
        if (!this.#isClosed) this.#change = deferred();
      }
      const group = this.#waiting.splice(0, PLANNED);
      this.#bytes = this.#waiting.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
      if (group.length === 0) return;
      yield group.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
    }
  }
}

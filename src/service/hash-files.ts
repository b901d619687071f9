// What a hash worker does, as an object that also runs without a worker.
import { PROGRESS_INTERVAL_MS, type JobId } from "../protocol/jobs.ts";
import type {
  HashApi,
  HashedFile,
  HashedGroup,
  ReadFailure,
  SizedFile,
} from "../protocol/hash-api.ts";
import { letBlobsGo } from "./let-go.ts";
import type { Hasher } from "../hash/hasher.ts";

/** Makes the HashApi over one hasher. Calls that read a blob must not overlap. */
export function createHashService(hasher: Hasher): HashApi {
  const stopped = new Set<JobId>();
  async function stoppable<T>(
    job: JobId,
    run: (isStopped: () => boolean) => Promise<T>,
  ): Promise<T> {
    try {
      return await run(() => stopped.has(job));
    } finally {
      stopped.delete(job);
    }
  }
  return {
    hashBlob(job, blob, onProgress) {
      let lastAt = performance.now();
      const tell = (doneBytes: number): void => {
        const at = performance.now();
        if (at - lastAt < PROGRESS_INTERVAL_MS) return;
        lastAt = at;
        onProgress(doneBytes);
      };
      return stoppable(job, (isStopped) => hasher.hashBlob(blob, tell, isStopped));
    },
    sha256Blob: (job, blob) => stoppable(job, (isStopped) => hasher.sha256Blob(blob, isStopped)),
    digestsOfBlob: (job, blob) =>
      stoppable(job, (isStopped) => hasher.digestsOfBlob(blob, isStopped)),
    readAndHash: (files) => readAndHash(hasher, files),
    letGo: letBlobsGo,
    stop(job) {
      stopped.add(job);
      return Promise.resolve();
    },
  };
}

async function readAndHash(hasher: Hasher, files: readonly SizedFile[]): Promise<HashedGroup> {
  const expected = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  // One read over all of them is twice as fast as one each, but fails as a whole.
  const together = await read(new Blob(files.map(({ file }) => file)));
  if (
    together instanceof ArrayBuffer &&
    together.byteLength === expected &&
    files.every(keepsSize)
  ) {
    let offset = 0;
    const hashed = files.map(({ sizeBytes }) => {
      const digest = hasher.hashBytes(new Uint8Array(together, offset, sizeBytes));
      offset += sizeBytes;
      return { digest, sizeBytes };
    });
    return { bytes: together, files: hashed };
  }
  return readOneByOne(hasher, files);
}

async function readOneByOne(hasher: Hasher, files: readonly SizedFile[]): Promise<HashedGroup> {
  const pieces: ArrayBuffer[] = [];
  const results: (HashedFile | ReadFailure)[] = [];
  for (const { file, sizeBytes } of files) {
    const bytes = await read(file);
    if (!(bytes instanceof ArrayBuffer)) results.push(bytes);
    else if (bytes.byteLength !== sizeBytes) results.push({ failed: "changed" });
    else {
      results.push({ digest: hasher.hashBytes(new Uint8Array(bytes)), sizeBytes });
      pieces.push(bytes);
    }
  }
  return { bytes: await new Blob(pieces).arrayBuffer(), files: results };
}

async function read(blob: Blob): Promise<ArrayBuffer | ReadFailure> {
  try {
    return await blob.arrayBuffer();
  } catch (error) {
    return { failed: failureOf(error) };
  }
}

/** Which failure a browser's read error stands for. */
export function failureOf(error: unknown): ReadFailure["failed"] {
  return error instanceof DOMException && error.name === "NotFoundError" ? "changed" : "unreadable";
}

function keepsSize({ file, sizeBytes }: SizedFile): boolean {
  return file.size === sizeBytes;
}

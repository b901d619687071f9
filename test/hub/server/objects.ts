// Large contents on disk. They pass in streams: none is ever in memory as a whole.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface Received {
  readonly bytes: number;
  readonly digest: string;
}

export class Objects {
  readonly #folder: string;
  #made = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  pathOf(sha256: string): string {
    return join(this.#folder, sha256);
  }

  /** A new empty file for an upload on its way. */
  async begin(): Promise<string> {
    this.#made += 1;
    const path = join(this.#folder, `upload-${this.#made}`);
    await (await open(path, "w")).close();
    return path;
  }

  /** Writes a stream into a file from `start` on. Throws when the sender goes away. */
  async receive(
    source: Readable,
    path: string,
    { start, algorithm }: { start: number; algorithm: "sha256" | "md5" },
  ): Promise<Received> {
    const hash = createHash(algorithm);
    let bytes = 0;
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(path, { flags: "r+", start }),
    );
    return { bytes, digest: hash.digest("hex") };
  }

  /** Hashes what is on disk. */
  async read(path: string): Promise<Received> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { bytes, digest: hash.digest("hex") };
  }

  /** Keeps a finished upload under its digest. */
  async keep(path: string, sha256: string): Promise<void> {
    await rename(path, this.pathOf(sha256));
  }

  async drop(path: string): Promise<void> {
    await rm(path, { force: true });
  }
}

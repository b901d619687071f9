// What Xet keeps: who may write where, and the chunks of which files are made.
import { randomUUID } from "node:crypto";
import { HubError } from "./hub-error.ts";
import type { Repo } from "./repo.ts";
import { unpackXorb } from "./xorb.ts";

const TOKEN_LIFE_MS = 900_000;

export interface XetToken {
  readonly token: string;
  readonly repo: Repo;
  readonly expiresAt: number;
}

export class XetStore {
  readonly #tokens = new Map<string, XetToken>();
  readonly #xorbs = new Map<string, readonly Uint8Array[]>();

  /** A token that may write to one repo, for a while. */
  grant(repo: Repo, now: number): XetToken {
    const granted = { token: randomUUID(), repo, expiresAt: now + TOKEN_LIFE_MS };
    this.#tokens.set(granted.token, granted);
    return granted;
  }

  /** The repo that a request may write to; 401 for none. */
  repoOf(authorization: string | undefined, now: number): Repo {
    const found = this.#tokens.get(authorization?.replace(/^Bearer /, "") ?? "");
    if (found === undefined || found.expiresAt <= now)
      throw new HubError(401, "Invalid or expired Xet token");
    return found.repo;
  }

  /** Takes a pack of chunks. Gives whether it is new. */
  addXorb(hash: string, bytes: Uint8Array): boolean {
    const isNew = !this.#xorbs.has(hash);
    this.#xorbs.set(hash, unpackXorb(bytes));
    return isNew;
  }

  /** Chunks of a pack, by their numbers; 400 where they are not there. */
  chunks(hash: string, start: number, end: number): readonly Uint8Array[] {
    const found = this.#xorbs.get(hash)?.slice(start, end) ?? [];
    if (found.length === 0 || found.length !== end - start)
      throw new HubError(400, `The shard names chunks that are not there: ${hash}`);
    return found;
  }
}

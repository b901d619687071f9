// Uploads a batch answer has allowed, until they are done or too old.
import { randomUUID } from "node:crypto";
import { HubError } from "./hub-error.ts";
import type { Repo } from "./repo.ts";

export interface Upload {
  readonly id: string;
  readonly repo: Repo;
  readonly sha256: string;
  readonly size: number;
  readonly expiresAt: number;
  /** For uploads in parts: how long each is, the last one excepted. */
  readonly partBytes: number | undefined;
  /** Where the parts are put together. */
  file: Promise<string> | undefined;
  /** The ETags of the parts that have come. */
  readonly parts: Map<number, string>;
}

export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  add(upload: Pick<Upload, "repo" | "sha256" | "size" | "expiresAt" | "partBytes">): Upload {
    const added = {
      ...upload,
      id: randomUUID(),
      file: undefined,
      parts: new Map<number, string>(),
    };
    this.#uploads.set(added.id, added);
    return added;
  }

  /** 403 for an upload nobody allowed, or that was allowed too long ago. */
  get(id: string, now: number): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined) throw new HubError(403, "AccessDenied");
    if (upload.expiresAt <= now) throw new HubError(403, "Request has expired");
    return upload;
  }
}

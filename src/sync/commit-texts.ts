// Texts on their way into a commit: in git itself, or, where that takes no more, as LFS objects.
import { INLINE_MAX_BYTES } from "../core/sync/files.ts";
import { utf8Length } from "../core/utf8.ts";
import type { CommitOp } from "../hub/hub.ts";
import type { UploadObject } from "./prepare.ts";
import type { SyncCtx } from "./context.ts";

/** Gathers operations of a commit and the objects that they point to. */
export class CommitDraft {
  readonly ops: CommitOp[] = [];
  readonly objects: UploadObject[] = [];
  /** Paths of texts that are too long for git: what may be at their other path has to go. */
  readonly #moved: string[] = [];
  readonly #sync: Pick<SyncCtx, "hasher">;

  constructor(sync: Pick<SyncCtx, "hasher">) {
    this.#sync = sync;
  }

  /** @param pathOf where it goes, short or too long */
  async put(pathOf: (isLarge: boolean) => string, text: string): Promise<void> {
    const isLarge = text.length > INLINE_MAX_BYTES / 4 && utf8Length(text) > INLINE_MAX_BYTES;
    const path = pathOf(isLarge);
    if (!isLarge) {
      this.ops.push({ kind: "text", path, text });
      return;
    }
    const body = new Blob([text]);
    const object = { sha256: await this.#sync.hasher.sha256([text]), sizeBytes: body.size };
    this.ops.push({ kind: "pointer", path, object });
    this.objects.push({ ...object, name: path, body: () => Promise.resolve(body) });
    this.#moved.push(pathOf(false));
  }

  /** Paths that the texts which are too long had while they were short. */
  get shortPaths(): readonly string[] {
    return this.#moved;
  }
}

// Texts on their way into a commit: in git itself, or, where that takes no more, as LFS objects.
import { INLINE_MAX_BYTES } from "../core/sync/files.ts";
import { utf8Length } from "../core/utf8.ts";
import type { CommitOp } from "../hub/hub.ts";
import type { UploadObject } from "./upload-object.ts";
import type { SyncCtx } from "./context.ts";

/** Gathers operations of a commit and the objects that they point to. */
export class CommitDraft {
  readonly ops: CommitOp[] = [];
  readonly objects: UploadObject[] = [];
  /** The other paths of texts that may have had another length before: what is there has to go. */
  readonly #others: string[] = [];
  readonly #sync: Pick<SyncCtx, "hasher">;

  constructor(sync: Pick<SyncCtx, "hasher">) {
    this.#sync = sync;
  }

  /**
   * @param pathOf where it goes, short or too long
   * @param wasLarge whether the text that it takes the place of may be too long
   */
  async put(pathOf: (isLarge: boolean) => string, text: string, wasLarge = false): Promise<void> {
    const isLarge = isLargeText(text);
    if (isLarge || wasLarge) this.clear(pathOf(!isLarge));
    if (isLarge) await this.putLarge(pathOf(true), text);
    else this.ops.push({ kind: "text", path: pathOf(false), text });
  }

  /** Puts a text that is too long for git. */
  async putLarge(path: string, text: string): Promise<void> {
    const body = new Blob([text]);
    const object = { sha256: await this.#sync.hasher.sha256([text]), sizeBytes: body.size };
    this.ops.push({ kind: "pointer", path, object });
    this.objects.push({ ...object, name: path, body: () => Promise.resolve(body) });
  }

  /** Has a file go, if it is there. */
  clear(path: string): void {
    this.#others.push(path);
  }

  /** Paths that texts may have had while they were shorter, or longer. */
  get otherPaths(): readonly string[] {
    return this.#others;
  }
}

/** Whether a text is too long to be kept in git itself. */
export function isLargeText(text: string): boolean {
  return text.length > INLINE_MAX_BYTES / 4 && utf8Length(text) > INLINE_MAX_BYTES;
}

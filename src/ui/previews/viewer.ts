// What each viewer gets.
import type { Preview } from "../../protocol/preview-api.ts";
import type { PreviewState } from "../state/preview-state.ts";

/** The other files of the version, for links and images in a text. */
export interface Siblings {
  has(path: string): boolean;
  open(path: string): void;
  /** A file's handle; nothing of it is read. */
  peek(path: string): Promise<Blob>;
}

export interface ViewerProps<Shown extends Preview = Preview> {
  readonly preview: Shown;
  readonly file: Blob;
  readonly path: string;
  /** Answers questions about the file. */
  readonly state: Pick<PreviewState, "ask" | "askLong" | "interrupt">;
  readonly siblings: Siblings;
}

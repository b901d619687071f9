// How an opener says that a file can't be read as its kind. The preview falls back and shows the reason.
import { CairnError } from "../core/errors.ts";

/**
 * The error to throw for a file that can't be read as its kind.
 *
 * @param reason a plain phrase without a full stop, such as `its header is cut off`
 */
export function badFile(path: string, reason: string, cause?: unknown): CairnError {
  return new CairnError(
    "file_unreadable",
    { path, reason },
    cause === undefined ? undefined : { cause },
  );
}

// What happens when the browser can't give a file's bytes: it says which file, not what its own error says.
import { CairnError } from "../core/errors.ts";

/** The browser couldn't give the bytes at all, so that no other way to show them would work. */
export function isReadFailure(error: unknown): boolean {
  return (
    error instanceof DOMException &&
    (error.name === "NotReadableError" || error.name === "NotFoundError")
  );
}

/** Runs a read; throws `blob_missing` with the path where the bytes can't be had. */
export async function readSafely<Result>(
  path: string,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (isReadFailure(error))
      throw new CairnError("blob_missing", { digest: "", path, lastKnown: null }, { cause: error });
    throw error;
  }
}

// What a call fails with.
import { isCairnError, type ErrorCode } from "../../src/core/errors.ts";

/** The code a call rejects with. Anything but a CairnError is thrown on: it is a bug. */
export async function codeOf(call: Promise<unknown>): Promise<ErrorCode | "no error"> {
  return call.then(
    () => "no error" as const,
    (error: unknown) => {
      if (isCairnError(error)) return error.code;
      throw error;
    },
  );
}

// What a call fails with.
import { isCairnError, problemOf, type ErrorCode, type Problem } from "../../src/core/errors.ts";

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

/** What a call is refused with, data and all. */
export async function refusalOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  if (!isCairnError(error)) throw error;
  return problemOf(error);
}

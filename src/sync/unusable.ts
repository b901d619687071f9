// What is wrong in a repository, and no failure to reach it.
import { isCairnError, type CairnError } from "../core/errors.ts";

/** Whether an error is that a file of a repository can't be used. */
export function isUnusable(error: unknown): error is CairnError<"invalid_remote"> {
  return isCairnError(error, "invalid_remote");
}

/** What is wrong with it, in a sentence. */
export function whatIsWrong({ data }: CairnError<"invalid_remote">): string {
  return `“${data.path}” can't be used: ${data.reason}.`;
}

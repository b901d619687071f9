// The store worker's first word to its page: ready, or why not.
import type { Problem } from "../core/errors.ts";

export type BootMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** The boot message in a worker's message, or `undefined` for Comlink's own. */
export function findBootMessage(message: unknown): BootMessage | undefined {
  if (typeof message !== "object" || message === null || !("kind" in message)) return undefined;
  if (message.kind === "ready") return { kind: "ready" };
  return message.kind === "failed" && "problem" in message && isProblem(message.problem)
    ? { kind: "failed", problem: message.problem }
    : undefined;
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "data" in value
  );
}

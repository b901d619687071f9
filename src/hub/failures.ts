// What went wrong, from what the hub answered or the network did.
import { CairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";

const MOST_DETAIL = 500;
const COMMIT_RATE = /repository commits/i;
const IS_FULL = /storage (limit|quota)|quota exceeded|limit reached \(max/i;
const IS_THERE = /already (created|exists)/i;
const DANGLING = /LFS pointer.*does not exist/is;
const TOO_MANY_AT_ONCE = /too many concurrent|conflicting operation/i;

const ENDED_BY_US: ReadonlySet<string> = new Set(["TimeoutError", "AbortError"]);

/** Tells from an answer's status and words what kind of failure it is. */
export function kindOf(status: number, words: string): HubFailure {
  // The Hub has said this with a 500, too.
  if (COMMIT_RATE.test(words)) return "commit_rate";
  switch (status) {
    case 400:
    case 402:
    case 403:
      if (IS_FULL.test(words)) return "full";
      if (DANGLING.test(words)) return "missing_object";
      if (TOO_MANY_AT_ONCE.test(words)) return "busy";
      return status === 400 ? "odd_answer" : "forbidden";
    case 401:
      return "signed_out";
    case 404:
      return "not_found";
    case 408:
      return "timeout";
    case 409:
      return IS_THERE.test(words) ? "exists" : "busy";
    case 412:
      return "changed";
    case 413:
      return IS_FULL.test(words) ? "full" : "too_large";
    case 423:
      return "busy";
    case 429:
      return "rate";
    default:
      return status >= 500 ? "server" : "odd_answer";
  }
}

/** The hub's own words in an answer that refuses: JSON, or a storage's XML; `""` for a page of HTML. */
export function wordsOf(body: string, header: string | null): string {
  return (fromJson(body) ?? fromXml(body) ?? header ?? fromPlain(body))
    .trim()
    .slice(0, MOST_DETAIL);
}

function fromJson(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null) return undefined;
    const { error, message, error_description: more } = value as Record<string, unknown>;
    const said = [error, message, more].filter((text) => typeof text === "string" && text !== "");
    return said.length === 0 ? undefined : said.join(": ");
  } catch {
    return undefined;
  }
}

function fromXml(body: string): string | undefined {
  return /<Message>([^<]*)<\/Message>/.exec(body)?.[1];
}

function fromPlain(body: string): string {
  return body.trimStart().startsWith("<") ? "" : body;
}

/** Makes the errors of one remote. */
export interface Failures {
  /** An error of a kind, with what the hub said to it. */
  failure(kind: HubFailure, more?: FailureMore): CairnError<"hub_failed">;
  /** The error for an answer that refuses. */
  refusal(status: number, words: string, requestId: string | null): CairnError<"hub_failed">;
  /** The error for what was thrown on the way. A `CairnError` stays what it is. */
  translate(thrown: unknown, signal: AbortSignal): CairnError;
}

export interface FailureMore {
  readonly detail?: string;
  readonly requestId?: string | null;
  readonly cause?: unknown;
}

/** @param remote what is asked, for people, such as `the dataset ada/models` */
export function failuresOf(remote: string): Failures {
  const failures: Failures = {
    failure: (kind, { detail = "", requestId = null, cause } = {}) =>
      new CairnError("hub_failed", { remote, kind, detail, requestId }, { cause }),
    refusal: (status, words, requestId) =>
      failures.failure(kindOf(status, words), { detail: words, requestId }),
    translate(thrown, signal) {
      // Whatever an abort broke first: the person stopped it.
      if (signal.aborted) return new CairnError("aborted", {}, { cause: thrown });
      if (thrown instanceof CairnError) return thrown;
      // Some engines tell no reason; but if the person didn't stop it, our own patience did.
      if (thrown instanceof DOMException && ENDED_BY_US.has(thrown.name))
        return failures.failure("timeout", { cause: thrown });
      // How fetch says that nothing came back, and that an answer broke off.
      if (thrown instanceof TypeError) return failures.failure("offline", { cause: thrown });
      const detail = thrown instanceof Error ? thrown.message.slice(0, MOST_DETAIL) : "";
      return failures.failure("odd_answer", { detail, cause: thrown });
    },
  };
  return failures;
}

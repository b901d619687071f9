// The one error class, and what a person reads of it.
import type { ErrorCode, ErrorData, Problem } from "./error-codes.ts";
import { sentenceOf } from "./error-sentences.ts";

export type { ErrorCode, ErrorData, NameKind, Problem } from "./error-codes.ts";

/** Every error that Cairn throws on purpose. `code` is the contract, `message` is for the person. */
export class CairnError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "CairnError";
  readonly code: Code;
  readonly data: ErrorData[Code];

  /** The message follows from the code and its data. */
  constructor(code: Code, data: ErrorData[Code], options?: { cause?: unknown }) {
    super(describeError({ code, data } as Problem), options);
    this.code = code;
    this.data = data;
  }
}

/** True for a CairnError, of the given code where one is named. */
export function isCairnError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is CairnError<Code> {
  return error instanceof CairnError && (code === undefined || error.code === code);
}

/** The problem an unknown thrown value stands for; anything not ours is `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CairnError) return { code: error.code, data: error.data };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", data: { reason } };
}

/** The inverse of {@link problemOf}: an error that can be thrown. */
export function errorOf(problem: Problem, options?: { cause?: unknown }): CairnError {
  return new CairnError(problem.code, problem.data, options);
}

/**
 * Says a problem in one or two sentences: the thing, what is wrong, the way out.
 * Hidden characters are shown, wherever in the problem's data they came from.
 */
export function describeError(problem: Problem): string {
  return showHidden(sentenceOf(problem));
}

// The first branch is an emoji with its presentation selector, which draws what it says.
const HIDDEN =
  /\p{Extended_Pictographic}[\ufe0e\ufe0f]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Makes characters visible that could disguise a text: control, bidirectional, zero-width and blank
 * ones become `\u{…}`. Names and paths are untrusted, so everything shown to a person goes through here.
 */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (found) =>
    /^\p{Extended_Pictographic}/u.test(found)
      ? found
      : `\\u{${found.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}

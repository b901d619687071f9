// From what a hub says to what it means.
import { expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import { failuresOf, kindOf, wordsOf } from "../../src/hub/failures.ts";

const NEVER = new AbortController().signal;
const COMMITS =
  "You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour.";

test.each([
  [
    400,
    "Your push was rejected because an LFS pointer pointed to a file that does not exist. Offending file: - a",
    "missing_object",
  ],
  [400, "Repository storage limit reached (Max: 1 GB)", "full"],
  [400, "Your push was rejected because it contains binary files", "odd_answer"],
  [401, "Invalid username or password.", "signed_out"],
  [402, "Private repository storage limit reached", "full"],
  [403, "Repository storage limit reached (Max: 1 GB)", "full"],
  [403, "Private repository storage limit reached, please upgrade your plan", "full"],
  [403, "Forbidden: your token doesn't have the rights", "forbidden"],
  [403, "too many concurrent pushes", "busy"],
  [404, "Repository not found", "not_found"],
  [408, "", "timeout"],
  [409, "You already created this dataset repo: ada/x", "exists"],
  [409, "another conflicting operation is in progress", "busy"],
  [412, "The branch was updated since you opened this page.", "changed"],
  [413, "Payload Too Large", "too_large"],
  [418, "", "odd_answer"],
  [423, "", "busy"],
  [429, COMMITS, "commit_rate"],
  [429, "We had to rate limit you", "rate"],
  [500, "Internal error", "server"],
  [500, COMMITS, "commit_rate"],
  [503, "", "server"],
  [504, "", "server"],
] as const)("[S1] %i “%s” means %s", (status, words, kind) => {
  expect(kindOf(status, words)).toBe(kind);
});

test.each([
  ['{"error":"no","other":1}', null, "no"],
  ['{"error":"invalid_grant","error_description":"too late"}', null, "invalid_grant: too late"],
  ['{"message":" no "}', "header", "no"],
  ["<Error><Message>Request has expired</Message></Error>", null, "Request has expired"],
  ["<!doctype html><title>504</title>", null, ""],
  ["<!doctype html>", "From the header", "From the header"],
  ["plainly no", null, "plainly no"],
  ["[1]", null, "[1]"],
  ["", null, ""],
])("the words of %j with the header %j are %j", (body, header, words) => {
  expect(wordsOf(body, header)).toBe(words);
});

test("words are not endless", () => {
  expect(wordsOf("x".repeat(10_000), null)).toHaveLength(500);
});

test("what is thrown on the way becomes ours, with its cause", () => {
  const { translate, failure } = failuresOf("the dataset ada/x");
  const own = failure("changed");
  expect(translate(own, NEVER)).toBe(own);
  const cause = new TypeError("Failed to fetch");
  expect(translate(cause, NEVER)).toMatchObject({
    code: "hub_failed",
    data: { kind: "offline", remote: "the dataset ada/x", requestId: null },
    cause,
  });
  const named = (name: string): unknown => translate(new DOMException("over", name), NEVER).data;
  expect(named("TimeoutError")).toMatchObject({ kind: "timeout" });
  expect(named("AbortError")).toMatchObject({ kind: "timeout" });
  expect(translate(new RangeError("what?"), NEVER).data).toMatchObject({
    kind: "odd_answer",
    detail: "what?",
  });
});

test("once the person stopped it, whatever broke is that", () => {
  const { translate, failure } = failuresOf("the dataset ada/x");
  const stopped = AbortSignal.abort();
  for (const thrown of [new TypeError("x"), failure("server"), new DOMException("", "AbortError")])
    expect(translate(thrown, stopped)).toEqual(new CairnError("aborted", {}));
});

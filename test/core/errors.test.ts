import { describe, expect, test } from "vitest";
import {
  CairnError,
  describeError,
  errorOf,
  isCairnError,
  problemOf,
  showHidden,
  type ErrorCode,
  type Problem,
} from "../../src/core/errors.ts";

const DISGUISE = "a\u202eb";
/** One problem of each code, and what its sentence must name. A new code doesn't compile until it is here. */
const SAMPLES: { readonly [Code in ErrorCode]: readonly [Problem<Code>["data"], ...string[]] } = {
  invalid_name: [
    { kind: "artifact", name: "my model", reason: "REASON", suggestion: "my-model" },
    "an artifact name",
    "my model",
    "REASON",
    "my-model",
  ],
  alias_reserved: [{ alias: "v1", suggestion: "my-v1" }, "“v1”", "“my-v1”"],
  invalid_spec: [{ spec: "a:b:c", reason: "REASON" }, "a:b:c", "REASON"],
  invalid_path: [{ path: "../x", reason: "REASON" }, "../x", "REASON"],
  path_conflict: [
    { path: "a", first: "ONE", second: "TWO", reason: "duplicate" },
    "“a”",
    "ONE",
    "TWO",
  ],
  empty_artifact: [{ name: "m" }, "“m”"],
  invalid_metadata: [{ reason: "REASON" }, "metadata", "REASON"],
  invalid_text: [{ field: "description", reason: "REASON" }, "description", "REASON"],
  invalid_tag: [{ tag: "a/b", reason: "REASON" }, "“a/b”", "REASON"],
  invalid_reference: [{ uri: "x y", reason: "REASON" }, "“x y”", "REASON"],
  nothing_dropped: [{ found: "text" }, "text, not files"],
  not_found: [{ what: "version", name: "m:v9" }, "version", "m:v9"],
  type_mismatch: [
    { name: "m", existing: "model", given: "dataset" },
    "“m”",
    "“model”",
    "“dataset”",
  ],
  wrong_type: [
    { name: "m:v1", actual: "model", expected: "dataset" },
    "“m:v1”",
    "“model”",
    "“dataset”",
  ],
  in_trash: [{ name: "m:v9" }, "m:v9", "trash"],
  changed_since: [{ what: "tags of", name: "m:v9" }, "The tags of “m:v9” changed since"],
  aliases_held: [{ name: "m", aliases: ["best", "prod"] }, "“m”", "“best”, “prod”"],
  frozen: [{ name: "m" }, "“m”"],
  not_logged: [{ name: "m" }, "“m”"],
  run_over: [{ name: "train", state: "finished" }, "“train”", "finished"],
  no_run: [{}, "init()"],
  would_loop: [{ child: "a:v1", parent: "b:v2" }, "“a:v1”", "“b:v2”"],
  file_changed: [{ path: "x/y" }, "x/y"],
  file_unreadable: [{ path: "x/y", reason: "REASON" }, "x/y", "REASON"],
  folder_unreadable: [{ path: "x/y", reason: "REASON" }, "x/y", "REASON"],
  quota_exceeded: [{ neededBytes: 5 }, "storage is full"],
  storage_unavailable: [{ reason: "REASON" }, "REASON"],
  storage_blocked: [{}, "tab"],
  storage_failed: [{ reason: "REASON" }, "REASON"],
  schema_too_new: [{ found: 9, known: 1 }, "9", "1"],
  blob_missing: [{ digest: "blake3:00", path: null, lastKnown: "HERE" }, "blake3:00", "HERE"],
  digest_mismatch: [{ digest: "blake3:00", path: "x/y" }, "x/y"],
  disk_refused: [{ path: "x/y", reason: "REASON" }, "x/y", "REASON"],
  remote_failed: [{ remote: "the Space", reason: "REASON" }, "the Space", "REASON"],
  aborted: [{}, "Cancelled"],
  worker_lost: [{ reason: "REASON" }, "REASON"],
  internal: [{ reason: "REASON" }, "REASON"],
};

describe("the sentence of an error", () => {
  test.each(Object.entries(SAMPLES))("%s names what it is about", (code, [data, ...named]) => {
    const message = describeError({ code, data } as Problem);
    for (const text of named) expect(message).toContain(text);
    expect(message).not.toMatch(/undefined|null|\[object/);
  });

  test.each(Object.entries(SAMPLES))(
    "%s shows hidden characters, whatever part of its data they hide in",
    (code, [data]) => {
      const disguised = Object.fromEntries(
        Object.entries(data).map(([key, value]) => [
          key,
          typeof value === "string" && !["found", "kind"].includes(key) ? DISGUISE : value,
        ]),
      );
      if (code === "path_conflict") disguised["reason"] = "duplicate";
      expect(describeError({ code, data: disguised } as Problem)).not.toContain("\u202e");
    },
  );

  test("the other wordings", () => {
    expect(
      describeError({
        code: "path_conflict",
        data: { path: "a", first: "b", second: "c", reason: "file_and_folder" },
      }),
    ).toContain("both a file and a folder");
    expect(describeError({ code: "empty_artifact", data: { name: "" } })).toContain(
      "at least one file",
    );
    expect(describeError({ code: "nothing_dropped", data: { found: "nothing" } })).toContain(
      "Nothing arrived",
    );
    expect(describeError({ code: "nothing_dropped", data: { found: "empty_folders" } })).toContain(
      "Empty folders",
    );
    expect(
      describeError({
        code: "invalid_name",
        data: { kind: "project", name: "", reason: "it is empty", suggestion: "x" },
      }),
    ).toContain("a project name");
  });
});

describe("hidden characters", () => {
  test.each([
    ["a\u202eb", "a\\u{202e}b"],
    ["a\0b\n", "a\\u{0}b\\u{a}"],
    ["\u200b", "\\u{200b}"],
    ["\u2066x\u2069", "\\u{2066}x\\u{2069}"],
    ["\u00ad", "\\u{ad}"],
    ["\ud800", "\\u{d800}"],
    ["\u{e0061}", "\\u{e0061}"],
    ["\u3164", "\\u{3164}"],
    ["\ufff9", "\\u{fff9}"],
    ["\u206a", "\\u{206a}"],
    ["a\ufe0fb", "a\\u{fe0f}b"],
    ["a\u{e0100}", "a\\u{e0100}"],
    ["\u180b\u17b5\ufff0", "\\u{180b}\\u{17b5}\\u{fff0}"],
    ["\u2800\u034f\u115f\u2065\uffa0", "\\u{2800}\\u{34f}\\u{115f}\\u{2065}\\u{ffa0}"],
    ["\u2764\ufe0f.png", "\u2764\ufe0f.png"],
    ["\u2764\ufe0f\ufe0f", "\u2764\ufe0f\\u{fe0f}"],
    ["plain é 日本 😀", "plain é 日本 😀"],
    ["e\u0301", "e\u0301"],
  ])("%j is shown as %s", (text, shown) => {
    expect(showHidden(text)).toBe(shown);
    expect(showHidden(shown)).toBe(shown);
  });
});

describe("errors and problems", () => {
  test("a CairnError is known by its code", () => {
    const error = new CairnError(
      "blob_missing",
      { digest: "blake3:00", path: null, lastKnown: null },
      { cause: 1 },
    );
    expect(isCairnError(error)).toBe(true);
    expect(isCairnError(error, "blob_missing")).toBe(true);
    expect(isCairnError(error, "aborted")).toBe(false);
    expect(isCairnError({ code: "blob_missing", data: {} })).toBe(false);
    expect(error).toMatchObject({ name: "CairnError", cause: 1 });
  });

  test("errorOf and problemOf are inverses", () => {
    const problem: Problem = { code: "file_changed", data: { path: "a" } };
    expect(problemOf(errorOf(problem))).toEqual(problem);
  });

  test("what is not ours is internal", () => {
    expect(problemOf(new TypeError("x"))).toEqual({
      code: "internal",
      data: { reason: "TypeError: x" },
    });
    expect(problemOf("y")).toEqual({ code: "internal", data: { reason: "y" } });
    expect(problemOf(undefined)).toEqual({ code: "internal", data: { reason: "undefined" } });
  });
});

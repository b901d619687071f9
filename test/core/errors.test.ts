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
  no_registry: [
    { registry: "r", known: ["models", "data"] },
    "“r”",
    "Create it first, or choose “models” or “data”.",
  ],
  already_exists: [{ what: "collection", name: "c" }, "There is a collection “c” already"],
  type_not_accepted: [
    { registry: "r", type: "dataset", accepted: ["model", "report"] },
    "“r”",
    "“dataset”",
    "“model”, “report”",
  ],
  types_can_only_grow: [{ registry: "r", missing: ["model"] }, "“r”", "Keep “model”"],
  not_permitted: [
    { registry: "r", act: "unlink a version", role: "Viewer", needed: "Member", who: ["Ann"] },
    "You are Viewer in the registry “r”. To unlink a version, you need to be Member. Ask “Ann”.",
  ],
  alias_protected: [
    {
      registry: "r",
      alias: "prod-eu",
      pattern: "prod-*",
      act: "move",
      role: "Member",
      who: ["Ann", "Bo", "Cy"],
    },
    "“prod-eu”",
    "“r” by the rule “prod-*”",
    "only an Admin may move it, and you are Member. Ask “Ann”, “Bo” or “Cy”. Or make a request.",
  ],
  protected_held: [
    { name: "r/c:v1", act: "unlink", held: ["r/c:prod", "r/c:live"], who: ["Ann"] },
    "“r/c:v1” holds the protected aliases “r/c:prod”, “r/c:live”",
    "Only an Admin may unlink it. Ask “Ann”.",
  ],
  condition_failed: [
    { registry: "r", alias: "prod", version: "r/c:v1", reasons: ["ONE", "TWO"] },
    "“r”",
    "“prod”",
    "“r/c:v1”",
    "ONE; TWO.",
  ],
  version_linked: [{ name: "m:v1", links: ["r/c:v1"] }, "“m:v1”", "“r/c:v1”"],
  not_a_link: [{ name: "m:v1" }, "“m:v1” is not a link"],
  last_admin: [{ registry: "r", name: "Ann" }, "“Ann”", "“r”", "Make somebody else Admin"],
  no_profile: [{}, "profile"],
  signing_unavailable: [{ reason: "REASON" }, "REASON"],
  invalid_log: [
    { what: "registry's log", line: 7, reason: "REASON" },
    "registry's log",
    "line 7",
    "REASON",
  ],
  invalid_key: [{ key: "abc", reason: "REASON" }, "“abc”", "REASON"],
  log_forked: [
    { registry: "r", split: 12, signers: ["Ann", "Bo"] },
    "“r”",
    "event 12",
    "“Ann”, “Bo”",
  ],
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
  not_public: [{ remote: "the Space" }, "the Space", "public"],
  hub_failed: [
    { remote: "the Space a/b", kind: "forbidden", detail: "DETAIL", requestId: "r1" },
    "the Space a/b",
    "“DETAIL”",
  ],
  invalid_remote: [
    { remote: "the Space a/b", path: "cairn/index.json", reason: "REASON" },
    "“cairn/index.json”",
    "the Space a/b",
    "REASON",
    "Nothing here was changed.",
  ],
  synced_elsewhere: [
    { what: "project", name: "p", remote: "the Space a/b" },
    "The project “p”",
    "the Space a/b",
    "Stop syncing it there first.",
  ],
  invalid_remote_name: [{ name: "a b", reason: "REASON" }, "“a b”", "REASON"],
  only_copy: [{ name: "m:v1" }, "“m:v1”", "Sync them first."],
  read_only: [{ remote: "the Space a/b" }, "the Space a/b", "Open Cairn itself"],
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
    expect(describeError({ code: "no_registry", data: { registry: "r", known: [] } })).toContain(
      "doesn't make one. Create it first.",
    );
    const protectedAlias = { registry: "r", alias: "prod", pattern: "prod" };
    expect(
      describeError({
        code: "alias_protected",
        data: { ...protectedAlias, act: "move", role: "Member", who: [] },
      }),
    ).toBe(
      "The alias “prod” is protected in the registry “r”: only an Admin may move it, and you are Member. Make a request.",
    );
    expect(
      describeError({
        code: "protected_held",
        data: { name: "m:v1", act: "delete", held: ["r/c:prod"], who: [] },
      }),
    ).toBe(
      "“m:v1” holds the protected alias “r/c:prod”. Nobody can delete it until an Admin takes it off.",
    );
    expect(
      describeError({ code: "invalid_log", data: { what: "file", line: null, reason: "REASON" } }),
    ).toContain("a file that can be used: REASON");
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

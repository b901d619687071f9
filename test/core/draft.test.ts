import { describe, expect, test } from "vitest";
import {
  checkDraft,
  DESCRIPTION_MAX_LENGTH,
  parseDraft,
  RUN_NAME_MAX_LENGTH,
  type DraftInput,
  defaultArtifactName,
} from "../../src/core/draft.ts";
import type { RunUid } from "../../src/core/records.ts";

const aDraft = (given: Partial<DraftInput> = {}): DraftInput => ({
  project: "digits",
  name: "model",
  type: "model",
  description: "",
  metadata: "",
  aliases: [],
  run: "",
  ...given,
});

describe("drafts", () => {
  test("[N1 N3 N4] a good draft has no problems and is parsed", () => {
    const input = aDraft({
      metadata: '{"a":1}',
      aliases: ["prod", "best", "prod"],
      run: "  train-1 ",
      description: "d",
    });
    expect(checkDraft(input)).toEqual({});
    expect(parseDraft(input)).toEqual({
      ...input,
      metadata: { a: 1 },
      aliases: ["prod", "best"],
      tags: [],
      run: { name: "train-1" },
    });
  });

  test("[R2] a run known by its id counts before a name", () => {
    const runUid = "R1" as RunUid;
    expect(parseDraft(aDraft({ run: "train-1", runUid })).run).toEqual({ uid: "R1" });
  });

  test.each([
    ["checkpoints/model.safetensors", "run-R1-model.safetensors"],
    ["my data", "run-R1-my-data"],
  ])("[R7] %s is called %s when it is logged without a name", (path, name) => {
    expect(defaultArtifactName("R1" as RunUid, path)).toBe(name);
  });

  test("[N4 R3] a blank type is `unspecified`; a blank run is none", () => {
    expect(parseDraft(aDraft({ type: "", run: " \t" }))).toMatchObject({
      type: "unspecified",
      run: null,
    });
  });

  test.each<[keyof DraftInput, Partial<DraftInput>, string]>([
    ["project", { project: "registry-x" }, "invalid_name"],
    ["name", { name: "" }, "invalid_name"],
    ["type", { type: "a b" }, "invalid_name"],
    ["description", { description: "x".repeat(DESCRIPTION_MAX_LENGTH + 1) }, "invalid_text"],
    ["metadata", { metadata: "[]" }, "invalid_metadata"],
    ["aliases", { aliases: ["ok", "latest"] }, "alias_reserved"],
    ["aliases", { aliases: ["a b"] }, "invalid_name"],
    ["run", { run: "x".repeat(RUN_NAME_MAX_LENGTH + 1) }, "invalid_text"],
  ])("a bad %s is told beside that field alone", (field, given, code) => {
    const problems = checkDraft(aDraft(given));
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]?.code).toBe(code);
    expect(() => parseDraft(aDraft(given))).toThrow(expect.objectContaining({ code }));
  });

  test("limits are inclusive", () => {
    expect(
      checkDraft(
        aDraft({
          description: "x".repeat(DESCRIPTION_MAX_LENGTH),
          run: "x".repeat(RUN_NAME_MAX_LENGTH),
        }),
      ),
    ).toEqual({});
  });
});

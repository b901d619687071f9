// The parts of a round that need neither a hub nor a database.
import { describe, expect, test } from "vitest";
import type { SharedOp } from "../../src/core/sync/ops.ts";
import { GIT_ATTRIBUTES } from "../../src/core/sync/files.ts";
import type { DeviceId, SharedVersion } from "../../src/core/sync/shared.ts";
import type { VersionUid } from "../../src/core/records.ts";
import { cardText, withLines } from "../../src/sync/first-commit.ts";
import { withoutVersions } from "../../src/sync/hold-back.ts";
import { roundTitle } from "../../src/sync/round-title.ts";

const device = "d1" as DeviceId;
const at = "2026-11-21T00:00:00.000Z";

function version(uid: string): SharedOp {
  const of = { uid, number: 0, twins: [], deleted: null } as unknown as SharedVersion;
  return { kind: "version", name: "net" as never, version: of };
}

function artifact(name: string): SharedOp {
  const fields = { type: "model", createdAt: at, tags: [], keep: null };
  return { kind: "artifact", name, ...fields } as unknown as SharedOp;
}

function alias(to: string | null): SharedOp {
  const move = { to: to as VersionUid | null, at, by: device };
  return { kind: "alias", name: "net" as never, alias: "prod" as never, move };
}

function edge(uid: string): SharedOp {
  const of = { run: "r", version: uid, direction: "output", createdAt: at };
  return { kind: "edge-added", name: "net", edge: of } as unknown as SharedOp;
}

function derivation(child: string, parent: string): SharedOp {
  const of = { child, parent, parentName: "digits/net:v0", createdAt: at };
  return { kind: "derivation-added", name: "net", derivation: of } as unknown as SharedOp;
}

describe("versions that are held back", () => {
  const ops = [
    artifact("net"),
    version("a"),
    version("b"),
    alias("a"),
    alias("b"),
    alias(null),
    edge("b"),
    derivation("a", "b"),
    derivation("a", "c"),
  ];

  test("take with them all that is about them, and nothing else", () => {
    expect(withoutVersions(ops, new Set(["b" as VersionUid]))).toEqual([
      artifact("net"),
      version("a"),
      alias("a"),
      alias(null),
      derivation("a", "c"),
    ]);
  });

  test("take their artifact with them where it has no other", () => {
    const both = new Set(["a" as VersionUid, "b" as VersionUid]);
    expect(withoutVersions(ops, both)).toEqual([alias(null)]);
    // One that gets no version in this round is another matter.
    const other = artifact("set");
    expect(withoutVersions([other, version("a")], both)).toEqual([other]);
  });

  test("of none: the very same changes", () => {
    expect(withoutVersions(ops, new Set())).toBe(ops);
  });
});

test.each<[readonly SharedOp[], number, string]>([
  [[version("a"), version("b"), alias("a")], 0, "Cairn: 2 versions, 1 alias"],
  [[edge("a"), derivation("a", "b")], 2, "Cairn: 2 lines, 2 registries"],
  [[], 1, "Cairn: 1 registry"],
  [[], 0, "Cairn: index made anew"],
])("a round's title counts what is in it: %#", (ops, registries, title) => {
  expect(roundTitle(ops, registries)).toBe(title);
});

describe("lines of .gitattributes", () => {
  test.each([
    ["", "a\nb\n"],
    ["*.bin x", "*.bin x\na\nb\n"],
    ["*.bin x\n", "*.bin x\na\nb\n"],
    ["a\r\n*.bin x\r\n", "a\r\n*.bin x\r\nb\n"],
    ["b\na\n", "b\na\n"],
  ])("are added where they lack: %j", (text, expected) => {
    expect(withLines(text, ["a", "b"])).toBe(expected);
  });

  test("put twice are the same", () => {
    const once = withLines("*.bin x\n", GIT_ATTRIBUTES);
    expect(withLines(once, GIT_ATTRIBUTES)).toBe(once);
  });
});

describe("the card", () => {
  const hubUrl = "https://huggingface.co";

  test("of a Space makes it a static one", () => {
    const card = cardText({ hubUrl, type: "space", repo: "ada/nets" });
    expect(card).toMatch(/^---\ntitle: "nets"\nsdk: static\n/);
    expect(card).toContain("hf download ada/nets --repo-type space --include");
  });

  test("of a model needs no type to fetch", () => {
    const card = cardText({ hubUrl, type: "model", repo: "ada/nets" });
    expect(card).not.toContain("sdk:");
    expect(card).toContain("\nhf download ada/nets --include");
  });

  test("of another hub names it", () => {
    const card = cardText({ hubUrl: "https://hub.example", type: "dataset", repo: "ada/nets" });
    expect(card).toContain("HF_ENDPOINT=https://hub.example hf download ada/nets");
  });
});

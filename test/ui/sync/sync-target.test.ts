import { describe, expect, it } from "vitest";
import { checkRepoName } from "../../../src/core/sync/repo-name.ts";
import { HUB_URL, type RemoteTarget } from "../../../src/core/sync/remote.ts";
import {
  hubName,
  readHubUrl,
  readTarget,
  targetUrl,
  writeTarget,
} from "../../../src/ui/state/sync-target.ts";

const USUAL = { hubUrl: HUB_URL, type: "space" } as const;

describe("a repository's name, as the Hub allows it [S1]", () => {
  it.each(["ada/models", "Ada-L/weights_v1.5", "a/b"])("%s is one", (repo) => {
    expect(checkRepoName(repo)).toBeNull();
  });

  it.each([
    ["", "owner/name"],
    ["models", "owner/name"],
    ["/models", "owner/name"],
    ["ada/models/more", "owner/name"],
    ["ada/mod els", "the name may have"],
    ["adä/models", "the owner may have"],
    ["ada/-models", "neither starts nor ends"],
    ["ada/models.", "neither starts nor ends"],
    ["ada/a--b", "no “--”"],
    ["ada/a..b", "no “--”"],
    ["ada/models.git", ".git"],
    [`ada/${"m".repeat(97)}`, "more than 96"],
  ])("%j is none: %s", (repo, reason) => {
    expect(checkRepoName(repo)?.data.reason).toContain(reason);
  });
});

describe("a repository as people write it", () => {
  it.each<[string, RemoteTarget]>([
    ["ada/models", { hubUrl: HUB_URL, type: "space", repo: "ada/models" }],
    ["  datasets/ada/models ", { hubUrl: HUB_URL, type: "dataset", repo: "ada/models" }],
    ["models/ada/m", { hubUrl: HUB_URL, type: "model", repo: "ada/m" }],
    [
      "https://huggingface.co/spaces/ada/m/tree/main/cairn",
      { hubUrl: HUB_URL, type: "space", repo: "ada/m" },
    ],
    ["https://huggingface.co/ada/m", { hubUrl: HUB_URL, type: "model", repo: "ada/m" }],
    [
      "http://localhost:8080/datasets/ada/m?x=1#y",
      { hubUrl: "http://localhost:8080", type: "dataset", repo: "ada/m" },
    ],
  ])("%j", (text, target) => {
    expect(readTarget(text, USUAL)).toEqual({ kind: "target", target });
  });

  it.each([
    "ada",
    "ada/m/x",
    "https://huggingface.co/ada",
    "https://[",
    "javascript:alert(1)//a/b",
  ])("%j names none, and is told as it was written", (text) => {
    const read = readTarget(text, USUAL);
    expect(read.kind === "problem" && read.problem.data.name).toBe(text);
  });

  it.each<RemoteTarget>([
    { hubUrl: HUB_URL, type: "space", repo: "ada/m" },
    { hubUrl: HUB_URL, type: "model", repo: "ada/m" },
    { hubUrl: "https://hub.example.org", type: "dataset", repo: "ada/m" },
    { hubUrl: "https://hub.example.org", type: "model", repo: "ada/m" },
  ])("is written so that it reads as the same: %o", (target) => {
    expect(
      readTarget(writeTarget(target), { hubUrl: "https://else.where", type: "space" }),
    ).toEqual(
      target.hubUrl === HUB_URL
        ? { kind: "target", target: { ...target, hubUrl: "https://else.where" } }
        : { kind: "target", target },
    );
    expect(readTarget(writeTarget(target), USUAL)).toEqual({ kind: "target", target });
  });

  it("has a page, by its kind", () => {
    const target = { hubUrl: HUB_URL, repo: "ada/m" };
    expect(targetUrl({ ...target, type: "space" })).toBe("https://huggingface.co/spaces/ada/m");
    expect(targetUrl({ ...target, type: "dataset" })).toBe("https://huggingface.co/datasets/ada/m");
    expect(targetUrl({ ...target, type: "model" })).toBe("https://huggingface.co/ada/m");
  });
});

it("reads a hub's address with or without its scheme", () => {
  expect(readHubUrl("hub.example.org")).toBe("https://hub.example.org");
  expect(readHubUrl(" http://127.0.0.1:8080/x ")).toBe("http://127.0.0.1:8080");
  expect(readHubUrl("javascript://x")).toBeNull();
  expect(readHubUrl("")).toBeNull();
  expect(readHubUrl("not an address")).toBeNull();
  expect(hubName("https://hub.example.org:8443")).toBe("hub.example.org:8443");
});

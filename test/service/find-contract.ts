// The rules of the one search, against any IndexedDB.
import { beforeEach, describe, expect, test } from "vitest";
import {
  parseArtifactName,
  parseProjectName,
  type ArtifactName,
  type ProjectName,
} from "../../src/core/names.ts";
import type { FindKind } from "../../src/core/search-kinds.ts";
import type { FindHit, FindRequest } from "../../src/protocol/find-api.ts";
import { NO_REGISTRIES } from "../../src/service/browse/registry-reader.ts";
import { FileCatalog } from "../../src/service/find/file-catalog.ts";
import { find } from "../../src/service/find/find.ts";
import { log, openHarness, type Files, type Harness } from "../support/service-harness.ts";

let tab: Harness;
beforeEach(async () => {
  tab = await openHarness();
});

/** A hit in short, such as `version p/net:v1 by alias prod`. */
function short(hit: FindHit): string {
  switch (hit.kind) {
    case "project":
      return `project ${hit.project}`;
    case "run":
      return `run ${hit.project}/${hit.name}`;
    case "artifact":
      return `artifact ${hit.project}/${hit.name}${hit.tag === null ? "" : ` by tag ${hit.tag}`}`;
    case "version":
      return `version ${hit.project}/${hit.name}:v${hit.number} by ${hit.by}`;
    case "file":
      return `file ${hit.project}/${hit.name}:v${hit.number}/${hit.path} by ${hit.by}`;
    case "registry":
      return `registry ${hit.registry}`;
    case "collection":
      return `collection ${hit.registry}/${hit.collection} by ${hit.by} ${hit.text}`;
  }
}

async function found(
  text: string,
  request: Partial<FindRequest> = {},
  files?: FileCatalog,
): Promise<readonly string[]> {
  const whole = { text, limit: 8, kinds: null, near: null, ...request };
  const { groups } =
    files === undefined
      ? await tab.api.find(whole)
      : await find({ db: tab.ctx.db, registries: NO_REGISTRIES }, files, whole);
  return groups.flatMap(({ hits }) => hits.map(short));
}

/** Resolves once files can be searched in full. */
async function filesRead(): Promise<void> {
  await expect
    .poll(async () => {
      const { files } = await tab.api.find({ text: "", limit: 1, kinds: null, near: null });
      return files.phase;
    })
    .toBe("ready");
}

function parseRef(name: string): { readonly project: ProjectName; readonly name: ArtifactName } {
  const [project = "", artifact = ""] = name.split("/");
  return { project: parseProjectName(project), name: parseArtifactName(artifact) };
}

async function logged(name: string, files: Files, aliases: readonly string[] = []) {
  const [project = "", artifact = ""] = name.split("/");
  return log(tab.api, files, { project, name: artifact, aliases });
}

export function findContract(): void {
  describe("find", () => {
    test("[N1] names, however well they fit: the better group first", async () => {
      await logged("Digits/mnist-net", { a: "1" });
      await logged("other/network", { a: "2" });
      await tab.api.startRun("Digits", "train-net", {});
      expect(await found("NET")).toEqual([
        "artifact other/network",
        "artifact Digits/mnist-net",
        "run Digits/train-net",
      ]);
      expect(await found("mnn")).toEqual(["artifact Digits/mnist-net"]);
      expect(await found("digits/mnist")).toEqual(["artifact Digits/mnist-net"]);
      expect(await found("digits")).toEqual(["project Digits"]);
      expect(await found("  ")).toEqual([]);
      expect(await found("nothing-at-all")).toEqual([]);
    });

    test("[N7] versions by name and number, also while they are typed", async () => {
      for (let i = 0; i < 12; i++) await logged("p/net", { a: `${i}` });
      await logged("q/net", { a: "0" });
      const only: readonly FindKind[] = ["version"];
      const versions = (text: string, more: Partial<FindRequest> = {}) =>
        found(text, { kinds: only, ...more });
      expect(await versions("p/net:v3")).toEqual(["version p/net:v3 by number"]);
      expect(await versions("net v3")).toEqual(["version p/net:v3 by number"]);
      expect(await versions("p/net:v1")).toEqual([
        "version p/net:v1 by number",
        "version p/net:v10 by number",
        "version p/net:v11 by number",
      ]);
      expect(await versions("net:")).toEqual([
        "version p/net:v11 by number",
        "version q/net:v0 by number",
      ]);
      for (const typed of ["net:v", "net:lat", "net:latest"])
        expect(await versions(typed)).toEqual(await versions("net:"));
      expect(await versions("v4", { near: { project: "p", name: "net" } })).toEqual([
        "version p/net:v4 by number",
      ]);
      expect(await versions("v4")).toEqual([]);
      expect(await versions("net:v99")).toEqual([]);
    });

    test("[A1 T1] aliases and tags, by themselves and behind a name; each version once", async () => {
      const { version } = await logged("p/net", { a: "1" }, ["production"]);
      const ref = { ...parseRef("p/net"), number: version.number };
      await tab.api.editVersion(ref, { tags: ["prod-ready"] });
      expect(await found("prod", { kinds: ["version"] })).toEqual(["version p/net:v0 by alias"]);
      expect(await found("net:prod", { kinds: ["version"] })).toEqual([
        "version p/net:v0 by alias",
      ]);
      expect(await found("ready", { kinds: ["version"] })).toEqual(["version p/net:v0 by tag"]);
    });

    test("files by path: the newest version that has it, once for each artifact", async () => {
      await logged("p/net", { "weights/model.bin": "1", "README.md": "x" });
      await logged("p/net", { "weights/model.bin": "2", "README.md": "x" });
      await logged("p/net", { "README.md": "x" });
      await logged("p/other", { "Model.bin": "3" });
      await filesRead();
      expect(await found("model.bin", { kinds: ["file"] })).toEqual([
        "file p/other:v0/Model.bin by path",
        "file p/net:v1/weights/model.bin by path",
      ]);
      expect(await found("weights/mo", { kinds: ["file"] })).toEqual([
        "file p/net:v1/weights/model.bin by path",
      ]);
      expect(await found("wmb", { kinds: ["file"] })).toEqual([
        "file p/net:v1/weights/model.bin by path",
      ]);
      expect(await found("gone.bin", { kinds: ["file"] })).toEqual([]);
    });

    test("[Q1] what is near goes first among equals", async () => {
      await logged("a/net", { "config.json": "1" });
      await logged("b/net", { "config.json": "2" });
      await logged("c/net", { "config.json": "3" });
      await filesRead();
      const near = { project: "b", name: null };
      expect((await found("config.json", { near }))[0]).toBe("file b/net:v0/config.json by path");
      expect((await found("net", { near }))[0]).toBe("artifact b/net");
      expect((await found("config.json"))[0]).toBe("file c/net:v0/config.json by path");
    });

    test("[M1] digests of versions and of files by their beginning, as anybody writes them", async () => {
      const { version } = await logged("p/net", { "a/model.bin": "bytes", other: "else" });
      await filesRead();
      const manifest = await tab.api.getManifest(version.digest);
      const row = manifest.paths.findIndex((path) => path === "a/model.bin");
      const hex = Array.from(manifest.digests.slice(32 * row, 32 * row + 32), (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join("");
      const file = "file p/net:v0/a/model.bin by digest";
      for (const typed of [hex, hex.slice(0, 7).toUpperCase(), `b3:${hex.slice(0, 8)}`])
        expect(await found(typed)).toEqual([file]);
      expect(await found(`blake3:${hex}`)).toEqual([file]);
      expect(await found(hex.slice(0, 3), { kinds: ["file"] })).not.toContain(file);
      expect(await found(version.digest.slice(0, 20))).toEqual(["version p/net:v0 by digest"]);
    });

    test("[E1] what is logged, deleted and restored after the files were read is known at once", async () => {
      await logged("p/net", { "old.txt": "1" });
      await filesRead();
      const { version } = await logged("p/net", { "new.txt": "2" });
      await logged("fresh/net", { "fresh.txt": "3" });
      const files = (text: string) => found(text, { kinds: ["file"] });
      expect(await files("new.txt")).toEqual(["file p/net:v1/new.txt by path"]);
      expect(await files("fresh.txt")).toEqual(["file fresh/net:v0/fresh.txt by path"]);
      const numbers = [version.number];
      await tab.api.deleteVersions({ kind: "versions", ...parseRef("p/net"), numbers }, []);
      expect(await files("new.txt")).toEqual([]);
      const [entry] = await tab.api.listTrash();
      if (entry === undefined) throw new Error("nothing is in the trash");
      await tab.api.restore(entry.uid);
      expect(await files("new.txt")).toEqual(["file p/net:v1/new.txt by path"]);
    });

    test("[E1] very much that happened since is read beside the search", async () => {
      await logged("p/net", { "old.txt": "1" });
      await filesRead();
      for (let i = 0; i < 70; i++) await logged("p/net", { [`new-${i}.txt`]: `${i}` });
      const first = await tab.api.find({ text: "new-69.txt", limit: 8, kinds: null, near: null });
      expect(first.files.phase).toBe("reading");
      await filesRead();
      expect(await found("new-69.txt", { kinds: ["file"] })).toEqual([
        "file p/net:v70/new-69.txt by path",
      ]);
    });

    test("[Q2] while files are read, names are found and it says how far that is", async () => {
      await logged("p/net", { "a.txt": "1" });
      const files = new FileCatalog(tab.ctx.db);
      const request = { text: "net", limit: 8, kinds: null, near: null };
      const answer = await find({ db: tab.ctx.db, registries: NO_REGISTRIES }, files, request);
      expect(answer.files.phase).toBe("reading");
      expect(answer.groups.map(({ kind }) => kind)).toEqual(["artifact"]);
    });

    test("[Q2] where there is no room for all files, the newest versions' are searched and it says so", async () => {
      await logged("p/net", { "one.txt": "1" });
      await logged("p/net", { "two.txt": "2" });
      await logged("p/net", { "three.txt": "3", "four.txt": "4" });
      const files = new FileCatalog(tab.ctx.db, 3);
      await files.whenReady(() => undefined);
      expect(files.state).toEqual({ phase: "ready", leftOut: 1 });
      expect(await found("three.txt", {}, files)).toHaveLength(1);
      expect(await found("two.txt", {}, files)).toHaveLength(1);
      expect(await found("one.txt", {}, files)).toEqual([]);
      await logged("p/net", { "five.txt": "5" });
      expect(await found("five.txt", {}, files)).toEqual([]);
      expect(files.state).toEqual({ phase: "ready", leftOut: 2 });
    });

    test("a store that can't be read is told, and tried again", async () => {
      await logged("p/net", { "one.txt": "1" });
      const broken = await openHarness();
      const files = new FileCatalog(broken.ctx.db);
      broken.close();
      await expect(files.whenReady(() => undefined)).rejects.toThrow();
      expect(files.state.phase).toBe("failed");
    });

    test("no more of a kind than asked for, and it says that there are more", async () => {
      for (let i = 0; i < 5; i++) await logged(`p/net-${i}`, { "same.txt": `${i}` });
      await filesRead();
      const { groups } = await tab.api.find({ text: "net", limit: 3, kinds: null, near: null });
      expect(groups).toMatchObject([{ kind: "artifact", hits: { length: 3 }, hasMore: true }]);
      const same = await tab.api.find({ text: "same.txt", limit: 5, kinds: null, near: null });
      expect(same.groups).toMatchObject([{ kind: "file", hits: { length: 5 }, hasMore: false }]);
    });
  });
}

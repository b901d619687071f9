// The public API as a page uses it: real workers, real IndexedDB, the app's own database.
import { unzipSync } from "fflate";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  Api,
  Artifact,
  disconnect,
  finish,
  init,
  logArtifact,
  useArtifact,
  type Run,
} from "../../src/index.ts";
import { codeOf } from "../support/errors.ts";
import { aFolder, aModel } from "./api-parts.ts";
import type { WorkerAnswer } from "./api-worker.ts";

const api = new Api();
let project: string;
let run: Run;

beforeEach(async () => {
  project = `api-${crypto.randomUUID()}`;
  run = await init({ project, name: "train", config: { lr: 0.1 } });
});
afterAll(disconnect);

async function contentsOf(artifact: Artifact): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [path, blob] of await artifact.download()) files[path] = await blob.text();
  return files;
}

describe("runs", () => {
  test("[R1] a run has an id, a state and its config, and is resumed by its id", async () => {
    expect(run).toMatchObject({ project, name: "train", state: "running", config: { lr: 0.1 } });
    await run.fail();
    expect(run.state).toBe("failed");
    const again = await init({ project, resume: run.id });
    expect(again).toMatchObject({ id: run.id, name: "train", state: "running" });
    await finish();
    expect(again.state).toBe("finished");
    expect((await api.runs(project)).map(({ state }) => state)).toEqual(["finished"]);
  });

  test("without a run there is an error that says so", async () => {
    await run.finish();
    expect(await codeOf(logArtifact(aModel("1")))).toBe("no_run");
    expect(await codeOf(useArtifact("my-model"))).toBe("no_run");
    expect(await codeOf(finish())).toBe("no_run");
  });

  test("[M3a] a config that JSON can't hold is refused by name", async () => {
    await expect(init({ project, config: { lr: Number.NaN } })).rejects.toThrow(/“lr” is NaN/);
    await expect(init({ project, config: { when: new Date() } })).rejects.toThrow(/“when”/);
  });
});

describe("logging", () => {
  test("an artifact is frozen by logging, and knows its version, aliases, size, manifest, digest", async () => {
    const artifact = new Artifact({
      name: "my-model",
      type: "model",
      description: "Fine-tuned",
      metadata: { epochs: 3 },
    });
    artifact.addFile("12345", "weights.bin").addFile(new File(["{}"], "config.json"));
    expect(artifact.isLogged).toBe(false);
    expect(() => artifact.version).toThrow(/still a draft/);
    const logged = await logArtifact(artifact, { aliases: ["prod", "best"], tags: ["eu"] });
    expect(logged).toBe(artifact);
    expect(logged).toMatchObject({
      version: "v0",
      aliases: ["latest", "best", "prod"],
      tags: ["eu"],
      size: 7,
      project,
      qualifiedName: `${project}/my-model:v0`,
      description: "Fine-tuned",
      metadata: { epochs: 3 },
    });
    expect(logged.digest).toMatch(/^blake3:[0-9a-f]{64}$/);
    expect(logged.manifest.map(({ path, size, ref }) => [path, size, ref])).toEqual([
      ["config.json", 2, null],
      ["weights.bin", 5, null],
    ]);
    expect(() => logged.addFile("x", "y")).toThrow(/is logged/);
    expect(await codeOf(run.logArtifact(logged))).toBe("frozen");
  });

  test("[V2] the same content is the same version, whatever is said about it", async () => {
    await logArtifact(aModel("1"));
    const again = await logArtifact(aModel("1"), { aliases: ["again"] });
    expect(again.version).toBe("v0");
    expect(again.outcome).toMatchObject({ created: false, detailsIgnored: false });
    expect(again.aliases).toEqual(["latest", "again"]);
    expect((await logArtifact(aModel("2"))).version).toBe("v1");
  });

  test("[R7] a bare file is called after the run and itself, of type unspecified", async () => {
    const logged = await logArtifact(new File(["1"], "model.safetensors"));
    expect(logged.name).toBe(`run-${run.id}-model.safetensors`);
    expect(logged.type).toBe("unspecified");
    expect(await logged.text("model.safetensors")).toBe("1");
  });

  test("[R7] name and type may be given for it, not for an Artifact", async () => {
    const file = new File(["1"], "m.bin");
    const logged = await logArtifact(file, { name: "net", type: "model", metadata: { a: 1 } });
    expect(logged).toMatchObject({ name: "net", type: "model", metadata: { a: 1 } });
    expect(await codeOf(run.logArtifact(aModel("1"), { type: "dataset" }))).toBe("invalid_text");
  });

  test("[F6] a folder is added with paths relative to it, without junk", async () => {
    const folder = await aFolder({ "a.txt": "a", "sub/b.txt": "b", ".DS_Store": "junk" });
    const artifact = new Artifact({ name: "set", type: "dataset" });
    await artifact.addDirectory(folder, "data/");
    expect(artifact.manifest.map(({ path }) => path).toSorted()).toEqual([
      "data/a.txt",
      "data/sub/b.txt",
    ]);
    await logArtifact(artifact);
    expect(await contentsOf(artifact)).toEqual({ "data/a.txt": "a", "data/sub/b.txt": "b" });
    const bare = await logArtifact(folder, { name: "bare" });
    expect(Object.keys(await contentsOf(bare))).toEqual(["a.txt", "sub/b.txt"]);
  });

  test("a file handle is read when it is logged", async () => {
    const folder = await aFolder({ "notes.txt": "old" });
    const handle = await folder.getFileHandle("notes.txt");
    const artifact = new Artifact({ name: "notes" }).addFile(handle);
    const writable = await handle.createWritable();
    await writable.write("new");
    await writable.close();
    await logArtifact(artifact);
    expect(await artifact.text("notes.txt")).toBe("new");
  });

  test("[F3] a path is given once, and can be taken out again", () => {
    const artifact = aModel("1");
    expect(() => artifact.addFile("2", "weights.bin")).toThrow(/weights\.bin/);
    artifact.removePath("weights.bin").addFile("2", "weights.bin");
    expect(() => artifact.removePath("nothing")).toThrow(/nothing/);
    expect(() => artifact.addFile("x", "../x")).toThrow(/\.\./);
  });

  test("[N4] another type under a known name is an error that names both, and keeps nothing", async () => {
    await logArtifact(aModel("1"));
    const wrong = new Artifact({ name: "my-model", type: "dataset" }).addFile("2", "x");
    await expect(logArtifact(wrong)).rejects.toThrow(/“model”.*“dataset”/);
    expect(wrong.isLogged).toBe(false);
    expect(await api.versions(project, "my-model")).toHaveLength(1);
  });

  test("[F5] an empty artifact is refused", async () => {
    expect(await codeOf(run.logArtifact(new Artifact({ name: "empty" })))).toBe("empty_artifact");
  });

  test("logging can be cancelled, and says how far it is", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await codeOf(run.logArtifact(aModel("1"), { signal: stop.signal }))).toBe("aborted");
    const seen: number[] = [];
    await logArtifact(aModel("12345"), { onProgress: ({ bytesTotal }) => seen.push(bytesTotal) });
    expect(seen.every((bytes) => bytes === 5)).toBe(true);
  });

  test("[M4] a reference is recorded without bytes, and a signed one gets a warning", async () => {
    const artifact = new Artifact({ name: "refs" });
    expect(artifact.addReference("https://example.org/d/model.bin", { size: 9 })).toBeNull();
    const warning = artifact.addReference("https://s3.example.org/x?X-Amz-Signature=1", {
      path: "signed.bin",
      digest: "etag:1",
    });
    expect(warning).toMatch(/signed\.bin.*signature/);
    await logArtifact(artifact);
    expect(artifact.manifest).toEqual([
      {
        path: "model.bin",
        size: 9,
        digest: "https://example.org/d/model.bin",
        ref: "https://example.org/d/model.bin",
      },
      expect.objectContaining({ path: "signed.bin", digest: "etag:1" }),
    ]);
    expect(await contentsOf(artifact)).toEqual({});
  });

  test("what no run made can be logged too", async () => {
    const logged = await api.logArtifact(aModel("1"), project, { aliases: ["hand"] });
    expect(logged.aliases).toContain("hand");
    expect((await logged.lineage({ depth: 1 })).nodes).toHaveLength(1);
  });
});

describe("drafts from a version", () => {
  test("add, remove and replace without copying bytes", async () => {
    const base = new Artifact({ name: "net", type: "model" });
    base.addFile("k", "keep").addFile("o", "change").addFile("d", "old/a").addFile("e", "old/b");
    await logArtifact(base);
    const before = await api.storage();
    const next = base.newDraft({ metadata: { step: 2 } });
    const change = crypto.randomUUID();
    next.removePath("old/").addFile(change, "change");
    await logArtifact(next);
    expect(next).toMatchObject({ version: "v1", type: "model", metadata: { step: 2 } });
    expect(await contentsOf(next)).toEqual({ keep: "k", change });
    expect(await contentsOf(base)).toMatchObject({ change: "o", "old/a": "d" });
    expect((await api.storage()).storedBytes - before.storedBytes).toBe(change.length);
  });
});

describe("using and downloading", () => {
  test("[U1] use finds by version, alias and digest, asserts the type and records the input", async () => {
    const v0 = await logArtifact(aModel("1"), { aliases: ["prod"] });
    await logArtifact(aModel("2"));
    const user = await init({ project, name: "eval" });
    expect((await useArtifact("my-model")).version).toBe("v1");
    expect((await useArtifact("my-model:v0")).version).toBe("v0");
    expect((await useArtifact("my-model:prod", { type: "model" })).version).toBe("v0");
    expect((await useArtifact(v0.digest)).qualifiedName).toBe(v0.qualifiedName);
    expect((await user.useArtifact(v0)).version).toBe("v0");
    await expect(useArtifact("my-model", { type: "dataset" })).rejects.toThrow(/“dataset”/);
    const { edges, nodes } = await v0.lineage({ direction: "down" });
    expect(edges.map(({ kind }) => kind)).toEqual(["input"]);
    expect(nodes.map((node) => node.name)).toEqual(["my-model", "eval"]);
  });

  test("[U1] finding without a run records nothing", async () => {
    await logArtifact(aModel("1"));
    const found = await api.artifact(`${project}/my-model`);
    expect(found.version).toBe("v0");
    expect((await found.lineage({ direction: "down" })).edges).toEqual([]);
  });

  test("files come whole, by path, by folder, as stream and as zip", async () => {
    const artifact = new Artifact({ name: "many" });
    artifact.addFile("a", "a").addFile("b", "d/b").addFile("c", "d/e/c");
    await logArtifact(artifact);
    expect(await contentsOf(artifact)).toEqual({ a: "a", "d/b": "b", "d/e/c": "c" });
    expect([...(await artifact.download({ prefix: "d" })).keys()]).toEqual(["d/b", "d/e/c"]);
    expect([...(await artifact.download({ paths: ["a", "d/e/"] })).keys()]).toEqual(["a", "d/e/c"]);
    expect(await new Response(await artifact.stream("d/b")).text()).toBe("b");
    expect(await codeOf(artifact.download({ paths: ["nothing"] }))).toBe("not_found");
    expect(await codeOf(artifact.file("nothing"))).toBe("not_found");
    const zip = await new Response(await artifact.zip({ prefix: "d/" })).arrayBuffer();
    expect(Object.keys(unzipSync(new Uint8Array(zip))).toSorted()).toEqual(
      ["many_v0/d/b", "many_v0/d/e/c"].map((path) => `${project}/${path}`),
    );
  });

  test("[U2 U3] a folder gets <project>/<name>_v<N>/…, and again only what is missing", async () => {
    const artifact = await logArtifact(aModel("1"));
    const to = await aFolder();
    expect(await artifact.download({ to })).toMatchObject({ written: 1, skipped: 0 });
    expect(await artifact.download({ to })).toMatchObject({ written: 0, skipped: 1 });
    const version = await (await to.getDirectoryHandle(project)).getDirectoryHandle("my-model_v0");
    const file = await (await version.getFileHandle("weights.bin")).getFile();
    expect(await file.text()).toBe("1");
  });
});

describe("afterwards", () => {
  test("[A1 A5] aliases are put, moved and taken off", async () => {
    const v0 = await logArtifact(aModel("1"));
    const v1 = await logArtifact(aModel("2"));
    await v0.addAlias("prod");
    await v1.addAlias("prod");
    await v0.refresh();
    expect([v0.aliases, v1.aliases]).toEqual([[], ["latest", "prod"]]);
    expect(await codeOf(v0.removeAlias("prod"))).toBe("not_found");
    await v1.removeAlias("prod");
    expect(v1.aliases).toEqual(["latest"]);
    expect(await api.aliasHistory(project, "my-model")).toHaveLength(5);
  });

  test("[V3] notes are edited, the identity stays", async () => {
    const artifact = await logArtifact(aModel("1"));
    const { digest } = artifact;
    await artifact.edit({ description: "good", metadata: { acc: 1 }, tags: ["x"] });
    expect(artifact).toMatchObject({
      description: "good",
      metadata: { acc: 1 },
      tags: ["x"],
      digest,
    });
  });

  test("[A6 D1 D3] delete, restore, empty", async () => {
    const artifact = await logArtifact(aModel(crypto.randomUUID()), { aliases: ["prod"] });
    expect(await codeOf(artifact.delete())).toBe("aliases_held");
    const { trash } = await artifact.delete({ deleteAliases: true });
    expect(await codeOf(api.artifact(artifact.qualifiedName))).toBe("in_trash");
    await api.restore(trash);
    expect((await api.artifact(`${project}/my-model:prod`)).version).toBe("v0");
    const { freedBytes } = await api.planDelete({ project });
    expect(freedBytes).toBe(36);
    const gone = await api.delete({ project }, { deleteAliases: true });
    expect(await api.emptyTrash([gone.trash])).toEqual({ versions: 1, freedBytes: 36 });
  });

  test("[M2] the digest Trackio gives to the same files", async () => {
    const artifact = await logArtifact(new Artifact({ name: "t" }).addFile("hello", "a.txt"));
    // The case `single` of Trackio's vectors.
    expect(await artifact.trackioDigest()).toBe(
      "56b7c92343a0be983268d674037305b47288777d543d0dfe37fe90da39726829",
    );
  });

  test("verify reads every byte of a version", async () => {
    const artifact = await logArtifact(aModel("12345"));
    expect(await artifact.verify()).toMatchObject({ files: 1, bytes: 5, damage: [] });
  });

  test("changes made elsewhere are told", async () => {
    const told = new Promise<string>((resolve, reject) => {
      api.onChange(resolve).catch(reject);
    });
    await logArtifact(aModel("1"));
    expect(await told).toBe(project);
  });
});

test("the same works inside a worker, over the same store", async () => {
  const worker = new Worker(new URL("./api-worker.ts", import.meta.url), { type: "module" });
  try {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(project);
    });
    expect(answer).toEqual({ version: "v0", text: "made in a worker" });
    const found = await api.artifact(`${project}/from-worker:latest`);
    expect(await found.text("note.txt")).toBe("made in a worker");
  } finally {
    worker.terminate();
  }
});

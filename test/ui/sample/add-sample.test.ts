import "fake-indexeddb/auto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreApi } from "../../../src/protocol/store-api.ts";
import { addSample, freeName } from "../../../src/ui/sample/add-sample.ts";
import { areSample, isSample, readSampleRecord } from "../../../src/ui/sample/sample-record.ts";
import { log, openHarness, type Harness } from "../../support/service-harness.ts";

const SHIPPED = new URL("../../../public/sample/", import.meta.url);
const read = async (path: string): Promise<Response> =>
  new Response(new Uint8Array(await readFile(fileURLToPath(new URL(path, SHIPPED)))));

let store: Harness;
beforeEach(async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  store = await openHarness();
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

/** Whether the project is known as the sample, at home and on its own page. */
async function isKnown(project: string): Promise<boolean> {
  const record = readSampleRecord();
  const found = (await store.api.listProjects()).find(({ name }) => name === project);
  const artifacts = await store.api.listArtifacts(project);
  const answers = [
    found !== undefined && isSample(found, record),
    areSample(artifacts, project, record),
  ];
  expect(answers[0]).toBe(answers[1]);
  return answers.every(Boolean);
}

const remove = (project: string) => store.api.deleteVersions({ kind: "project", project }, true);

describe("adding the sample", () => {
  it("logs its artifacts with aliases, metadata, runs and lineage", async () => {
    const project = await addSample(store.api, read);
    expect(project).toBe("sample-digits");
    const artifacts = await store.api.listArtifacts(project);
    expect(
      artifacts.map(({ artifact, latest, aliases }) => [
        artifact.name,
        latest.number,
        aliases.map(({ alias, number }) => `${alias}:${number}`),
      ]),
    ).toEqual([
      ["digits", 1, ["full:1"]],
      ["evaluation", 0, []],
      ["reader", 2, ["best:2", "prod:1"]],
    ]);
    const runs = await store.api.listRuns(project);
    expect(runs.map(({ name, state }) => [name, state])).toEqual([
      ["evaluate", "finished"],
      ["train-1", "finished"],
      ["train-2", "finished"],
      ["train-3", "finished"],
    ]);
    const counts = await store.api.countRunEdges(runs.map(({ uid }) => uid));
    expect(counts).toEqual([
      { inputs: 2, outputs: 1 },
      { inputs: 1, outputs: 1 },
      { inputs: 1, outputs: 1 },
      { inputs: 1, outputs: 1 },
    ]);
    expect(await isKnown(project)).toBe(true);
  });

  it("gives the same digests each time", async () => {
    const digests = async (project: string): Promise<readonly string[]> =>
      (await store.api.listArtifacts(project)).map(({ latest }) => latest.digest);
    const first = await digests(await addSample(store.api, read));
    const other = await openHarness();
    const again = await addSample(other.api, read);
    expect(again).toBe("sample-digits-2");
    expect((await other.api.listArtifacts(again)).map(({ latest }) => latest.digest)).toEqual(
      first,
    );
    other.close();
  });

  it("leaves a person's project of that name alone", async () => {
    await log(store.api, { "a.txt": "mine" }, { project: "sample-digits", name: "mine" });
    expect(await addSample(store.api, read)).toBe("sample-digits-2");
    const mine = await store.api.listArtifacts("sample-digits");
    expect(mine.map(({ artifact }) => artifact.name)).toEqual(["mine"]);
    expect(await isKnown("sample-digits")).toBe(false);
  });

  it("takes it out of the trash when it lies there", async () => {
    const project = await addSample(store.api, read);
    await remove(project);
    expect(await store.api.listProjects()).toEqual([]);
    expect(await addSample(store.api, read)).toBe(project);
    expect(await store.api.listTrash()).toEqual([]);
    const [, , reader] = await store.api.listArtifacts(project);
    expect(reader?.artifact.versionCount).toBe(3);
    expect(await isKnown(project)).toBe(true);
  });

  it("begins anew under another name once it was deleted for good", async () => {
    await remove(await addSample(store.api, read));
    await store.api.emptyTrash(null);
    const project = await addSample(store.api, read);
    expect(project).toBe("sample-digits-2");
    const [digits] = await store.api.listArtifacts(project);
    expect(digits?.latest.number).toBe(1);
  });

  it("leaves nothing where a file can't be read", async () => {
    const broken = async (path: string): Promise<Response> => {
      if (path.startsWith("train-2/")) throw new TypeError("offline");
      return read(path);
    };
    await expect(addSample(store.api, broken)).rejects.toThrow("offline");
    expect(await store.api.listProjects()).toEqual([]);
    expect(await store.api.listTrash()).toEqual([]);
    expect(readSampleRecord()).toBeNull();
  });

  it("takes away what was logged before something went wrong", async () => {
    const commitDraft = vi.fn<StoreApi["commitDraft"]>(store.api.commitDraft);
    commitDraft.mockImplementationOnce(store.api.commitDraft);
    commitDraft.mockRejectedValueOnce(new Error("full"));
    await expect(addSample({ ...store.api, commitDraft }, read)).rejects.toThrow("full");
    expect(await store.api.listProjects()).toEqual([]);
    expect(readSampleRecord()).toBeNull();
  });
});

it("is no sample any more once a person logged something into it", async () => {
  const project = await addSample(store.api, read);
  await log(store.api, { "a.txt": "mine" }, { project, name: "mine" });
  expect(await isKnown(project)).toBe(false);
});

it("finds a free name", () => {
  expect(freeName("a", new Set())).toBe("a");
  expect(freeName("a", new Set(["a", "a-2"]))).toBe("a-3");
});

// The public API where calls overlap, are cancelled, or ask for what is not there.
import { afterAll, beforeEach, expect, test } from "vitest";
import { deferred } from "../../src/core/deferred.ts";
import { Api, Artifact, disconnect, init, logArtifact, type Run } from "../../src/index.ts";
import { codeOf } from "../support/errors.ts";
import { aFolder, aModel } from "./api-parts.ts";

const api = new Api();
let project: string;
let run: Run;

beforeEach(async () => {
  project = `api-${crypto.randomUUID()}`;
  run = await init({ project });
});
afterAll(disconnect);

/** Everything that is due in this thread has run then. */
function nextTask(): Promise<void> {
  const { promise, resolve } = deferred();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve();
  port2.postMessage(null);
  return promise;
}

test("a signal that fires while logging begins is heard: nothing is logged", async () => {
  const stop = new AbortController();
  const artifact = aModel("1");
  const logging = codeOf(run.logArtifact(artifact, { signal: stop.signal }));
  // By now the worker has been asked for a staging area, which takes it a write.
  await nextTask();
  stop.abort();
  expect(await logging).toBe("aborted");
  expect(artifact.isLogged).toBe(false);
  expect(await api.artifacts(project)).toEqual([]);
});

test("while it is being logged nothing is added unsaid, and a failure gives the draft back", async () => {
  const folder = await aFolder({ "late.txt": "late" });
  const artifact = aModel("1");
  const listing = codeOf(artifact.addDirectory(folder));
  const logging = run.logArtifact(artifact);
  expect(() => artifact.addFile("late", "late.bin")).toThrow(/is logged/);
  expect(() => artifact.addReference("https://example.org/late")).toThrow(/is logged/);
  expect(() => artifact.removePath("weights.bin")).toThrow(/is logged/);
  expect(await codeOf(run.logArtifact(artifact))).toBe("frozen");
  expect(await listing).toBe("frozen");
  await logging;
  expect(artifact.manifest.map(({ path }) => path)).toEqual(["weights.bin"]);

  const wrong = new Artifact({ name: "my-model", type: "dataset" }).addFile("2", "x");
  expect(await codeOf(run.logArtifact(wrong))).toBe("type_mismatch");
  wrong.addFile("3", "y");
  expect(wrong.manifest.map(({ path }) => path)).toEqual(["x", "y"]);
});

test("[V2 V6] the outcome says what was made, what was left out, and what the trash holds", async () => {
  const first = await logArtifact(aModel("1"), { aliases: ["best"] });
  expect(first.outcome).toMatchObject({
    created: true,
    healed: false,
    detailsIgnored: false,
    twinInTrash: null,
  });
  const noted = new Artifact({ name: "my-model", type: "model", description: "new words" });
  await logArtifact(noted.addFile("1", "weights.bin"));
  expect(noted).toMatchObject({ version: "v0", description: "" });
  expect(noted.outcome).toMatchObject({ created: false, detailsIgnored: true });
  expect((await api.artifact(first.qualifiedName)).outcome).toBeNull();

  const { trash } = await first.delete({ deleteAliases: true });
  const again = await logArtifact(aModel("1"));
  expect(again.version).toBe("v1");
  expect(again.outcome).toMatchObject({ created: true, twinInTrash: { version: "v0", trash } });
  expect(() => aModel("1").outcome).toThrow(/still a draft/);
});

test("a zip that can't be made fails when it is asked for, or read, as every call does", async () => {
  const artifact = await logArtifact(aModel("1"));
  expect(await codeOf(artifact.zip({ paths: ["nothing"] }))).toBe("not_found");
  const read = async (signal: AbortSignal): Promise<unknown> =>
    (await artifact.zip({ signal })).getReader().read();
  expect(await codeOf(read(AbortSignal.abort()))).toBe("aborted");
  const stop = new AbortController();
  const zip = (await artifact.zip({ signal: stop.signal })).getReader();
  stop.abort();
  expect(
    await codeOf(
      (async () => {
        while (!(await zip.read()).done);
      })(),
    ),
  ).toBe("aborted");
});

test("[M4] references are left out of every download, also when asked for by path", async () => {
  const artifact = aModel("1");
  artifact.addReference("https://example.org/x.bin", { path: "far/x.bin" });
  await logArtifact(artifact);
  expect(await artifact.download({ paths: ["far/x.bin"] })).toEqual(new Map());
  expect(await artifact.download({ prefix: "far" })).toEqual(new Map());
  expect([...(await artifact.download()).keys()]).toEqual(["weights.bin"]);
  expect(await artifact.download({ to: await aFolder(), prefix: "far" })).toMatchObject({
    written: 0,
    references: [{ path: "far/x.bin", uri: "https://example.org/x.bin" }],
  });
});

test("[A1 A7] an alias is put on the version that a spec names", async () => {
  await logArtifact(aModel("1"));
  await logArtifact(aModel("2"));
  const name = `${project}/my-model`;
  expect(await api.setAlias(`${name}:v0`, "prod")).toMatchObject({
    alias: "prod",
    from: null,
    to: 0,
  });
  expect(await api.setAlias(`${name}:latest`, "prod")).toMatchObject({ from: 0, to: 1 });
  expect(await api.setAlias(`${name}:v1`, "prod")).toBeNull();
  expect(await codeOf(api.setAlias(`${name}:v9`, "prod"))).toBe("not_found");
  expect(await codeOf(api.setAlias(`${name}:v0`, "latest"))).toBe("alias_reserved");
});

test("a version that is none is refused, never left out unsaid", async () => {
  await logArtifact(aModel("1"));
  await logArtifact(aModel("2"));
  const what = { project, name: "my-model", versions: ["v1", "V0"] };
  expect(await codeOf(api.delete(what))).toBe("invalid_text");
  expect(await codeOf(api.planDelete(what))).toBe("invalid_text");
  expect(await codeOf(api.versions(project, "my-model", { before: "1" }))).toBe("invalid_text");
  const numbers = await api.versions(project, "my-model", { before: "v1" });
  expect(numbers.map(({ version }) => version.number)).toEqual([0]);
  expect(await api.versions(project, "my-model")).toHaveLength(2);
});

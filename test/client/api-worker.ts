// A worker that logs and uses an artifact through the public API.
import { Artifact, init } from "../../src/index.ts";

export interface WorkerAnswer {
  readonly version: string;
  readonly text: string;
}

async function work(project: string): Promise<WorkerAnswer> {
  const run = await init({ project, name: "in-worker" });
  const artifact = new Artifact({ name: "from-worker" }).addFile("made in a worker", "note.txt");
  await run.logArtifact(artifact);
  const used = await run.useArtifact("from-worker");
  await run.finish();
  return { version: used.version, text: await used.text("note.txt") };
}

addEventListener("message", ({ data }: MessageEvent<string>) => {
  work(data).then(postMessage, (error: unknown) => {
    setTimeout(() => {
      throw error;
    });
  });
});

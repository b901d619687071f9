// The client where it is at home: in a worker. Says what it read and sent.
import { createHub } from "../../src/hub/create-hub.ts";
import { NEVER, planOf, putLarge, SILENT, someBytes } from "./open-repo.ts";

export interface WorkerReport {
  readonly name: string;
  readonly sentBytes: number;
  readonly readBytes: number;
}

self.addEventListener("message", ({ data: hubUrl }: MessageEvent<string>) => {
  void run(hubUrl).then(
    (report) => self.postMessage(report),
    (error: unknown) => self.postMessage(String(error)),
  );
});

async function run(hubUrl: string): Promise<WorkerReport> {
  const target = { hubUrl, type: "dataset", repo: "ada/from-a-worker" } as const;
  const client = createHub({ target, token: () => "hf_ada" });
  await client.createRepo(false, NEVER);
  const [one, two] = [await someBytes(200_000, 1), await someBytes(200_000, 2)];
  let sentBytes = 0;
  const onSent = (bytes: number): void => void (sentBytes = bytes);
  await client.upload(
    await planOf(client, one.object),
    one.body,
    null,
    { ...SILENT, onSent },
    NEVER,
  );
  const commit = await putLarge(client, "two.bin", two);
  const opened = await client.open(commit, "two.bin", NEVER);
  const readBytes = (await new Response(opened?.stream).arrayBuffer()).byteLength;
  return { name: (await client.whoAmI(NEVER)).name, sentBytes, readBytes };
}

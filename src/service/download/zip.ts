// A version as a zip, produced only as fast as it is read: never whole in memory.
import { makeZip } from "client-zip";
import { describeError, showHidden } from "../../core/errors.ts";
import { serveStream } from "../../protocol/byte-stream.ts";
import type {
  DownloadProgress,
  DownloadReport,
  DownloadRequest,
  StreamReply,
} from "../../protocol/downloads.ts";
import type { Ctx } from "../context.ts";
import type { Content } from "../care/content.ts";
import { createBlobSource } from "./blob-source.ts";
import { gathered } from "./gather.ts";
import { withCountedEnd } from "./zip-end.ts";
import { selectFiles, Tally, type Selection } from "./selection.ts";

/** Serves the zip on a port and reports once it was read to its end. Throws `aborted` when the reader gives up. */
export async function serveZip(
  ctx: Ctx,
  request: DownloadRequest,
  port: MessagePort,
  onProgress: (progress: DownloadProgress) => void,
  abort: AbortController,
): Promise<DownloadReport> {
  const selection = await selectFiles(ctx, request).catch((error: unknown) => {
    port.postMessage({ kind: "error", message: String(error) } satisfies StreamReply);
    throw error;
  });
  const tally = new Tally(selection, onProgress);
  let entries = 0;
  const counted = async function* (): AsyncGenerator<ZipEntry> {
    for await (const entry of zipEntries(ctx, selection, tally, abort.signal)) {
      entries++;
      yield entry;
    }
  };
  // client-zip makes plain arrays, though its types allow shared ones.
  const zip = makeZip(counted()) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const stream = zip.pipeThrough(gathered()).pipeThrough(withCountedEnd(() => entries));
  const outcome = await serveStream(stream, port, abort.signal);
  if (outcome === "cancelled") abort.abort();
  abort.signal.throwIfAborted();
  return tally.report();
}

interface ZipEntry {
  readonly name: string;
  readonly input: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | string;
  readonly lastModified: Date;
}

/** Yields each file once its bytes are checked; a bad one is left out and named in a list at the end [U4], and so are references [M4]. */
async function* zipEntries(
  ctx: Ctx,
  selection: Selection,
  tally: Tally,
  signal: AbortSignal,
): AsyncGenerator<ZipEntry> {
  const source = createBlobSource(ctx, tally.fetching);
  const lastModified = selection.loggedAt;
  for (const { entry, diskPath } of selection.files) {
    let content: Content;
    try {
      content = await source.open(entry, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      tally.countFailed(entry, error);
      continue;
    }
    const input =
      content instanceof Blob ? content.stream().pipeThrough(tally.counting()) : content;
    yield { name: `${selection.folder}/${diskPath}`, input, lastModified };
    tally.countWritten(entry);
  }
  const lists = {
    "MISSING-FILES": tally.failures.map(
      ({ path, problem }) => `${showHidden(path)}: ${describeError(problem)}`,
    ),
    REFERENCES: selection.references.map(({ path, uri }) => `${showHidden(path)}: ${uri}`),
  };
  for (const [stem, lines] of Object.entries(lists))
    if (lines.length > 0)
      yield {
        name: `${selection.folder}/${freeName(selection, stem)}`,
        input: `${lines.join("\n")}\n`,
        lastModified,
      };
}

/** A name for a list that no file of the version has. */
function freeName({ files }: Selection, stem: string): string {
  const taken = new Set(files.map(({ diskPath }) => diskPath));
  let name = `${stem}.txt`;
  for (let copy = 2; taken.has(name); copy++) name = `${stem} (${copy}).txt`;
  return name;
}

// Uploads through the library's Xet: slow and hungry in a browser, and for some repositories the only way.
import { labelOf } from "../core/sync/remote.ts";
import { BRANCH } from "./addresses.ts";
import { sendingMs } from "./pace.ts";
import { Watch } from "./watch.ts";
import { withLibrary, type LibraryCall } from "./with-library.ts";
import type { Wire } from "./wire.ts";

/** Uploads files and commits their pointers, all in one commit of the library's own. */
export async function uploadByXet(
  call: Omit<LibraryCall, "isRetried">,
  files: readonly { readonly path: string; readonly body: Blob }[],
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const sizes = new Map(files.map(({ path, body }) => [path, body.size]));
  const sent = new Map<string, number>();
  await withLibrary(
    { ...call, isRetried: false, fetch: xetFetch(call, signal) },
    async (library, params) => {
      // The library overlooks a signal that has been aborted already.
      signal.throwIfAborted();
      const events = library.commitIter({
        ...params,
        title: `Upload ${files.length === 1 ? "a file" : `${files.length} files`} to ${labelOf(call.options.target)}`,
        branch: BRANCH,
        operations: files.map(({ path, body }) => ({
          operation: "addOrUpdate",
          path,
          content: body,
        })),
        useXet: true,
        abortSignal: signal,
      });
      for await (const event of events) {
        if (event.event !== "fileProgress") continue;
        if (event.state === "error") throw call.wire.failures.failure("server");
        if (event.state !== "uploading") continue;
        sent.set(event.path, event.progress * (sizes.get(event.path) ?? 0));
        onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
      }
    },
    signal,
  );
}

/**
 * A fetch for requests to several servers, each with a token of its own, whose refusals the library
 * reads itself. Aborting ends also those that it would let run on.
 */
function xetFetch(
  { options, wire }: Pick<LibraryCall, "options" | "wire">,
  signal: AbortSignal,
): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const startedAt = performance.now();
    const watch = new Watch(signal);
    watch.expect(wire.pace.commitMs + sendingMs(sizeOf(init?.body)));
    let response: Response | null = null;
    try {
      response = await (options.fetch ?? fetch)(input, {
        ...init,
        signal: watch.signal,
        credentials: "omit",
      });
      return await whole(response, watch, wire);
    } catch (error) {
      throw wire.failures.translate(error, signal);
    } finally {
      watch.end();
      wire.log(init?.method ?? "GET", url, startedAt, response);
    }
  };
}

/** The answer with its body read, which the watch can't follow later. */
async function whole(response: Response, watch: Watch, { pace }: Wire): Promise<Response> {
  watch.expect(pace.stallMs);
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(NO_BODY.has(status) ? null : body, { status, headers });
}

const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

function sizeOf(body: BodyInit | null | undefined): number {
  if (typeof body === "string") return body.length;
  if (body instanceof Blob) return body.size;
  return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body.byteLength : 0;
}

// The app's own files, as this page's host or the service worker has them: what a published Space is made of.
import { CairnError } from "../../core/errors.ts";
import type { PublishRequest } from "../../protocol/sync-api.ts";

/** Written by the build; names every file, itself too. */
const FILE_LIST = "app-files.json";
/** Fetched at once. */
const AT_ONCE = 6;

type AppFile = PublishRequest["files"][number];

/**
 * Fetches all files of this build.
 *
 * @throws CairnError `remote_failed` where one can't be had, as without a network before the app is kept
 */
export async function ownFiles(signal: AbortSignal): Promise<readonly AppFile[]> {
  const list: unknown = JSON.parse(await (await load(FILE_LIST, signal)).text());
  const paths = Array.isArray(list) ? list.filter((path) => typeof path === "string") : [];
  const files: AppFile[] = [];
  const rest = [...paths];
  const work = async (): Promise<void> => {
    for (let path = rest.pop(); path !== undefined; path = rest.pop())
      files.push({ path, body: await load(path, signal) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return files;
}

async function load(path: string, signal: AbortSignal): Promise<Blob> {
  try {
    // The page itself is kept under its folder's address, which no host redirects.
    const address = path === "index.html" ? "./" : path;
    const answer = await fetch(new URL(address, document.baseURI), { signal });
    if (!answer.ok) throw new Error(`it answered ${answer.status} for ${path}`);
    return await answer.blob();
  } catch (error) {
    if (signal.aborted) throw new CairnError("aborted", {}, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw new CairnError(
      "remote_failed",
      { remote: "this app's own host", reason },
      { cause: error },
    );
  }
}

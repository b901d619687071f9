// The app's own files as a repository takes them: texts in git, everything else as LFS.
import { CairnError } from "../core/errors.ts";
import { INLINE_MAX_BYTES } from "../core/sync/files.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { LfsObject } from "../hub/hub.ts";
import type { PublishRequest } from "../protocol/sync-api.ts";
import type { UploadObject } from "./upload-object.ts";
import {
  buildOf,
  isAppPath,
  PAGE_PATH,
  pageThatShows,
  SERVICE_WORKER_PATH,
  type PageFacts,
} from "./published-page.ts";

export interface AppFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly pointers: ReadonlyMap<string, LfsObject>;
  readonly objects: readonly UploadObject[];
}

/** Reads the files, and has the page show the repository. Throws `invalid_path`. */
export async function readAppFiles(
  { files, title, home }: Pick<PublishRequest, "files" | "title" | "home">,
  shown: RemoteTarget,
): Promise<AppFiles> {
  const texts = new Map<string, string>();
  const pointers = new Map<string, LfsObject>();
  const objects: UploadObject[] = [];
  for (const { path, body } of files) {
    if (!isAppPath(path))
      throw new CairnError("invalid_path", { path, reason: "no file of the app is called so" });
    const bytes = await body.arrayBuffer();
    const text = textOf(bytes);
    if (text !== null) {
      texts.set(path, text);
      continue;
    }
    const object = { sha256: await sha256Of(bytes), sizeBytes: bytes.byteLength };
    pointers.set(path, object);
    objects.push({ ...object, name: path, body: () => Promise.resolve(body) });
  }
  return { texts: await showing(texts, { shown, title, home }), pointers, objects };
}

/**
 * The texts, with the page showing the repository. To the service worker that makes another build:
 * under the same version it would go on showing the page it keeps.
 */
async function showing(
  texts: ReadonlyMap<string, string>,
  facts: PageFacts,
): Promise<ReadonlyMap<string, string>> {
  const page = pageThatShows(texts.get(PAGE_PATH) ?? "", facts);
  const build = buildOf(page);
  const changed = new Map(texts).set(PAGE_PATH, page);
  if (build === null) return changed;
  const ownBuild = (await sha256Of(new TextEncoder().encode(page))).slice(0, build.length);
  for (const path of [PAGE_PATH, SERVICE_WORKER_PATH])
    changed.set(path, (changed.get(path) ?? "").replaceAll(build, ownBuild));
  return changed;
}

/** `null` for what git would take for binary, and for what is too long for it. */
function textOf(bytes: ArrayBuffer): string | null {
  if (bytes.byteLength > INLINE_MAX_BYTES) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

async function sha256Of(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Reads what a remote's manifest says of a version's files: paths, digests, and where in packs they lie [F1 F3].
import { isCairnError } from "../errors.ts";
import { checkPath, checkPathSet, type LogicalPath } from "../path.ts";
import { checkUri } from "../reference.ts";
import * as f from "./fields.ts";
import type { RemoteFile, RemoteManifest, RemotePack } from "./files.ts";
import { invalid, type TextSource } from "./json-lines.ts";

/** Whatever tells a reference's content: longer than any URI is. */
const REFERENCE_DIGEST_MAX_LENGTH = 10_000;

const path = f.checked<LogicalPath>((value) => checkPath(value)?.data.reason ?? null);
const index = f.count();

const place: f.Read<readonly [pack: number, offset: number]> = (value, at) => {
  const [pack = -1, offset = -1, ...rest] = f.list(index, 2)(value, at);
  return pack < 0 || offset < 0 || rest.length > 0
    ? f.unreadable(at, "is not a pack with a place in it")
    : [pack, offset];
};

export const fileRow = f.fields<RemoteFile>(
  { path, size: f.count(), digest: f.digest, sha256: f.sha256 },
  { pack: place },
);

export const referenceRow = f.fields<RemoteManifest["references"][number]>({
  path,
  ref: f.checked((value) => checkUri(value)?.data.reason ?? null),
  digest: f.text(REFERENCE_DIGEST_MAX_LENGTH),
  size: f.count(),
});

export const packRow = f.fields<RemotePack>({
  path: f.checked((value) =>
    value.includes("/") ? "it lies in a folder" : (checkPath(value)?.data.reason ?? null),
  ),
  size: f.count(),
  sha256: f.sha256,
});

/** More than a tar has beside its members' bytes: for each of them, and at its ends. */
const MEMBER_MAX_BYTES = 16 * 1024;
const ENDS_MAX_BYTES = 1024 * 1024;

/**
 * Throws `invalid_remote` for paths that can't stand together, for bytes outside of their pack, and for a pack
 * much larger than its members: whoever wants one of them fetches it whole.
 */
export function checkManifest(manifest: RemoteManifest, source: TextSource): void {
  const { files, references, packs } = manifest;
  const most = packs.map(() => ENDS_MAX_BYTES);
  for (const { path: file, size, pack: at } of files) {
    if (at === undefined) continue;
    const pack = packs[at[0]];
    if (pack === undefined || at[1] + size > pack.size)
      throw invalid(source, `“${file}” lies outside of its pack`);
    most[at[0]] = (most[at[0]] ?? 0) + size + MEMBER_MAX_BYTES;
  }
  const large = packs.find((pack, i) => pack.size > (most[i] ?? 0));
  if (large !== undefined) throw invalid(source, `“${large.path}” is larger than what is in it`);
  const own = files.filter(({ pack }) => pack === undefined);
  checkPaths([...files, ...references], source);
  // In the version's folder packs stand beside the files that have one of their own.
  checkPaths([...own, ...packs], source);
}

function checkPaths(entries: readonly { readonly path: string }[], source: TextSource): void {
  try {
    checkPathSet(
      entries.map(({ path: file }) => file as LogicalPath),
      () => source.path,
    );
  } catch (error) {
    if (!isCairnError(error, "path_conflict")) throw error;
    const { path: twice, reason } = error.data;
    const what = reason === "duplicate" ? "stands in it twice" : "is both a file and a folder";
    throw invalid(source, `“${twice}” ${what}`);
  }
}

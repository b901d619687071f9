// What files there are at a commit, and how the hub would keep one.
import type { RemoteTarget } from "../core/sync/remote.ts";
import { apiOf, BRANCH, encodePath } from "./addresses.ts";
import type { Failures } from "./failures.ts";
import type { CommitOid, TreeEntry } from "./hub.ts";
import { withLibrary, type LibraryCall } from "./with-library.ts";
import { jsonOf, type Wire } from "./wire.ts";

type Call = Omit<LibraryCall, "isRetried">;
// The Hub takes 1,000.
const MOST_PATHS = 500;

/** Everything below a folder, at any depth. */
export async function* listFolder(
  call: Call,
  commit: CommitOid,
  folder: string,
  signal: AbortSignal,
): AsyncIterable<TreeEntry> {
  const { failures } = call.wire;
  const pages = await withLibrary(
    { ...call, isRetried: true, absentIsEmpty: true },
    async (library, params) =>
      library.listFiles({
        ...params,
        revision: commit,
        recursive: true,
        // The library puts it into the address as it is.
        ...(folder !== "" && { path: encodePath(folder) }),
      }),
    signal,
  );
  for (;;) {
    const next = await pages.next().catch((error: unknown) => {
      throw failures.translate(error, signal);
    });
    if (next.done === true) return;
    const entry = readEntry(next.value, failures);
    if (entry !== null) yield entry;
  }
}

/** Those of the paths that are there. */
export async function pathsInfo(
  call: Call,
  commit: CommitOid,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const found: TreeEntry[] = [];
  for (let at = 0; at < paths.length; at += MOST_PATHS) {
    const some = await withLibrary(
      { ...call, isRetried: true },
      (library, params) =>
        library.pathsInfo({
          ...params,
          revision: commit,
          paths: paths.slice(at, at + MOST_PATHS),
        }),
      signal,
    );
    found.push(...some.flatMap((info) => readEntry(info, call.wire.failures) ?? []));
  }
  return found;
}

interface RawEntry {
  readonly type?: unknown;
  readonly path?: unknown;
  readonly size?: unknown;
  readonly lfs?: { readonly oid?: unknown; readonly size?: unknown };
}

/** Reads what the hub says of a path; `null` for what is neither file nor folder. */
function readEntry(value: unknown, failures: Failures): TreeEntry | null {
  const { type, path, size, lfs } = (value ?? {}) as RawEntry;
  if (type !== "file" && type !== "directory") return null;
  const sizeBytes = lfs?.size ?? size ?? 0;
  const sha256 = lfs?.oid ?? null;
  if (typeof path !== "string" || typeof sizeBytes !== "number" || !(sizeBytes >= 0))
    throw failures.failure("odd_answer", { detail: "This is not a list of files." });
  if (sha256 !== null && (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)))
    throw failures.failure("odd_answer", { detail: "This is not a file's digest." });
  return { path, type, sizeBytes, sha256 };
}

/** Whether a small text at the path would be kept as LFS. */
export async function isLfs(
  wire: Wire,
  target: RemoteTarget,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await wire.ask(
    {
      method: "POST",
      url: `${apiOf(target)}/preupload/${BRANCH}`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ files: [{ path, size: 4, sample: btoa("text") }] }),
      isSigned: true,
      isRetried: true,
    },
    signal,
  );
  const { files } = (jsonOf(answer, wire.failures) ?? {}) as { readonly files?: unknown };
  const rows: readonly unknown[] = Array.isArray(files) ? files : [];
  return rows.some((row) => {
    const { path: name, uploadMode } = (row ?? {}) as { path?: unknown; uploadMode?: unknown };
    return name === path && uploadMode === "lfs";
  });
}

// What files there are: by folder, by path, and how each would be kept.
import { lfsMatcher } from "./attributes.ts";
import { part, readJson, type Call } from "./call.ts";
import { folderOid } from "./git-objects.ts";
import { HubError } from "./hub-error.ts";
import { jsonReply, type Reply } from "./reply.ts";
import { isBinary } from "./repo-files.ts";
import { nextLink, repoOf } from "./repos-api.ts";
import { findFile, findNode, listFolder, type Folder, type TreeNode } from "./tree.ts";

export function listTree(call: Call): Reply {
  const { hub, url } = call;
  const commit = repoOf(call).resolve(part(call, "revision"));
  const path = part(call, "path");
  const node = findNode(commit.root, path);
  if (node?.kind !== "folder")
    throw new HubError(404, `${path} does not exist on "${part(call, "revision")}"`, {
      code: "EntryNotFound",
      headers: { "X-Repo-Commit": commit.oid },
    });
  const isExpanded = url.searchParams.get("expand") === "true";
  const page = isExpanded ? hub.limits.expandedTreePage : hub.limits.treePage;
  const limit = Math.min(page, Number(url.searchParams.get("limit") ?? page));
  const start = Number(url.searchParams.get("cursor") ?? 0);
  const all = [...listFolder(node.folder, path, url.searchParams.get("recursive") === "true")];
  const rows = all
    .slice(start, start + limit)
    .map(([name, entry]) => describeNode(name, entry, isExpanded));
  return jsonReply(rows, {
    "X-Repo-Commit": commit.oid,
    ...(start + limit < all.length && { Link: nextLink(call, "cursor", String(start + limit)) }),
  });
}

/** Describes the paths that exist; the others are left out. */
export async function pathsInfo(call: Call): Promise<Reply> {
  const { root } = repoOf(call).resolve(part(call, "revision"));
  const { paths = [], expand } = await readJson<{ paths: string[]; expand: boolean }>(call);
  const most = call.hub.limits.pathsInfoPaths;
  if (paths.length > most) throw new HubError(413, `Too many paths: at most ${most}.`);
  return jsonReply(
    paths.flatMap((path) => {
      const node = findNode(root, path);
      return node === undefined ? [] : [describeNode(path, node, expand === true)];
    }),
  );
}

function describeNode(path: string, node: TreeNode, isExpanded: boolean): Record<string, unknown> {
  if (node.kind === "folder")
    return { type: "directory", oid: folderOid(node.folder), size: 0, path };
  const { oid, size, content, change } = node.file;
  return {
    type: "file",
    oid,
    size,
    path,
    ...(content.kind === "lfs" && {
      lfs: { oid: content.sha256, size, pointerSize: content.pointer.length },
    }),
    ...(isExpanded && {
      lastCommit: { id: change.id, title: change.title, date: change.date },
    }),
  };
}

interface PreuploadRequest {
  readonly gitAttributes: string;
  readonly files: readonly { path: string; size: number; sample: string }[];
}

/** Says of each file whether it goes to LFS, and what the repo has under its path. */
export async function preupload(call: Call): Promise<Reply> {
  const { limits } = call.hub;
  const commit = repoOf(call).resolve(part(call, "revision"));
  const { files = [], gitAttributes } = await readJson<PreuploadRequest>(call);
  if (files.length > limits.preuploadFiles)
    throw new HubError(413, `Too many files: at most ${limits.preuploadFiles}.`);
  const isTracked = lfsMatcher(gitAttributes ?? attributesOf(commit.root));
  const isLarge = (path: string, size: number, sample: Uint8Array): boolean =>
    size > 0 &&
    (isTracked(path) || size >= limits.regularFileBytes || isBinary(sample, size > sample.length));
  return jsonReply({
    files: files.map(({ path, size, sample }) => {
      const known = findFile(commit.root, path);
      return {
        path,
        uploadMode: isLarge(path, size, Buffer.from(sample, "base64")) ? "lfs" : "regular",
        shouldIgnore: false,
        ...(known !== undefined && {
          oid: known.content.kind === "lfs" ? known.content.sha256 : known.oid,
        }),
      };
    }),
    commitOid: commit.oid,
  });
}

/** The text of a tree's `.gitattributes`. */
export function attributesOf(root: Folder): string {
  const file = findFile(root, ".gitattributes");
  return file?.content.kind === "regular" ? Buffer.from(file.content.bytes).toString("utf8") : "";
}

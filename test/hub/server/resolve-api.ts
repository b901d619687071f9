// Reading files: by `resolve`, which redirects, and by `raw`, which gives what git has.
import { part, type Call } from "./call.ts";
import { HubError } from "./hub-error.ts";
import { fileReply } from "./ranges.ts";
import { emptyReply, type Reply } from "./reply.ts";
import type { Commit, Repo } from "./repo.ts";
import { repoOf } from "./repos-api.ts";
import { findFile, type RepoFile } from "./tree.ts";

/** Redirects: a regular file to an address with its commit, a large one to the storage. */
export function resolveFile(call: Call): Reply {
  const { hub } = call;
  const { repo, commit, file, path } = find(call);
  const { content } = file;
  const headers = { "X-Repo-Commit": commit.oid, "Accept-Ranges": "bytes" };
  if (content.kind === "lfs")
    return emptyReply(302, {
      ...headers,
      "X-Linked-Size": String(file.size),
      "X-Linked-ETag": `"${content.sha256}"`,
      Location: hub.sign(`/objects/${content.sha256}`),
    });
  const address = path.split("/").map(encodeURIComponent).join("/");
  return emptyReply(307, {
    ...headers,
    ETag: `"${file.oid}"`,
    Location: `/api/resolve-cache/${repo.type}s/${repo.name}/${commit.oid}/${address}`,
  });
}

/** Gives what git has, and the commit it was asked at: a regular file's bytes, or a large one's pointer. */
export function rawFile(call: Call): Reply {
  const { commit, file } = find(call);
  const { oid, content } = file;
  const bytes = content.kind === "lfs" ? content.pointer : content.bytes;
  return fileReply(
    call.request,
    { kind: "bytes", bytes },
    {
      ETag: `"${oid}"`,
      "Content-Type": "text/plain; charset=utf-8",
      "X-Repo-Commit": commit.oid,
    },
  );
}

/** Finds the file a path names; the 404 for none tells the commit that was looked at. */
function find(call: Call): { repo: Repo; commit: Commit; file: RepoFile; path: string } {
  const repo = repoOf(call);
  const revision = part(call, "revision");
  const newest = repo.resolve(revision);
  // What is asked for by a commit's id is never another.
  const isStale = call.isStale && !repo.commits.has(revision);
  const commit = isStale ? (newest.parent ?? newest) : newest;
  const path = part(call, "path");
  const file = findFile(commit.root, path);
  if (file !== undefined) return { repo, commit, file, path };
  throw new HubError(404, "Entry not found", {
    code: "EntryNotFound",
    headers: { "X-Repo-Commit": commit.oid },
  });
}

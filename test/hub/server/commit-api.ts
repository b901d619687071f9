// Commits: all of their operations or none.
import { requireWrite } from "./accounts.ts";
import { attributeLine, lfsMatcher } from "./attributes.ts";
import { parseJson, part, readBody, type Call } from "./call.ts";
import { HubError } from "./hub-error.ts";
import { checkStorage } from "./quotas.ts";
import { jsonReply, type Reply } from "./reply.ts";
import { isBinary, lfsFile, regularFile } from "./repo-files.ts";
import { repoOf } from "./repos-api.ts";
import { beginCommit, type Repo } from "./repo.ts";
import type { HubLimits } from "./settings.ts";
import { attributesOf } from "./tree-api.ts";
import { EMPTY_FOLDER, TreeEdit, type Change, type Folder, type RepoFile } from "./tree.ts";

interface Header {
  readonly summary?: string;
  readonly description?: string;
  readonly parentCommit?: string;
}

interface Operation {
  readonly key: string;
  readonly value: {
    readonly path: string;
    readonly content?: string;
    readonly encoding?: "base64" | "utf-8";
    readonly algo?: string;
    readonly oid?: string;
    readonly size?: number;
  };
}

export async function commit(call: Call): Promise<Reply> {
  const { hub } = call;
  const repo = repoOf(call);
  const { user } = requireWrite(call.account, repo);
  const body = await readBody(call.request, hub.limits.commitPayloadBytes);
  const { header, operations } = parsePayload(body, hub.limits);
  const isPull = call.url.searchParams.get("create_pr") === "1";
  // From here on nothing is awaited, so nobody commits in between.
  const isFirst = repo.isEmpty && part(call, "revision") === "main";
  const parent = isFirst
    ? undefined
    : repo.resolve(isPull ? (header.parentCommit ?? "main") : part(call, "revision"));
  const expected = header.parentCommit ?? parent?.oid;
  if (expected !== parent?.oid && !call.ignoresParentCommit)
    throw new HubError(
      412,
      "The branch was updated since you opened this page. Please refresh and try again.",
    );
  const change = beginCommit(header.summary ?? "", hub.now);
  const { edit, files } = applyAll(repo, parent?.root, operations, { change, limits: hub.limits });
  checkStorage(hub, repo, sizeOfNew(repo, files));
  hub.rates.countCommit(hub.limits.commitsPerHour, user.name, hub.now);
  if (isPull) repo.pullRequests += 1;
  const branch = isPull
    ? `refs/pr/${repo.pullRequests}`
    : isFirst
      ? "main"
      : branchName(repo, part(call, "revision"));
  repo.add(
    branch,
    {
      oid: change.id,
      parent,
      root: edit.root,
      title: change.title,
      message: header.description ?? "",
      author: user.name,
      date: change.date,
    },
    files,
  );
  const address = `${hub.addresses.hub}/${repo.gitPath}`;
  return jsonReply({
    success: true,
    commitOid: change.id,
    commitUrl: `${address}/commit/${change.id}`,
    hookOutput: "",
    ...(isPull && { pullRequestUrl: `${address}/discussions/${repo.pullRequests}` }),
  });
}

/** Only branches grow: 404 for a commit's id. */
function branchName(repo: Repo, revision: string): string {
  if (repo.branches.has(revision)) return revision;
  throw new HubError(404, `Invalid rev id: ${revision}`, { code: "RevisionNotFound" });
}

function parsePayload(
  body: Buffer,
  limits: HubLimits,
): { header: Header; operations: readonly Operation[] } {
  const lines = body
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const [first, ...operations] = lines.map((line) => parseJson<Operation>(line));
  if (first?.key !== "header")
    throw new HubError(400, "The first line of a commit must be its header.");
  const header = (first.value ?? {}) as Header;
  if ((header.summary ?? "") === "") throw new HubError(400, "A commit needs a summary.");
  for (const operation of operations) checkPath(operation);
  if (operations.filter(({ key }) => key === "lfsFile").length > limits.lfsOperations)
    throw new HubError(413, `Too many LFS files: at most ${limits.lfsOperations} in one commit.`);
  return { header, operations: operations as readonly Operation[] };
}

function checkPath({ key, value }: Partial<Operation>): void {
  const path: unknown = key === "deletedFolder" ? withoutSlash(value?.path) : value?.path;
  const isGood =
    typeof path === "string" &&
    path.split("/").every((name) => !["", ".", "..", ".git"].includes(name));
  if (!isGood) throw new HubError(400, `Invalid path: ${String(path)}`);
}

/** Folders may be named with a slash at the end. */
function withoutSlash(path = ""): string {
  return path.replace(/\/$/, "");
}

interface ApplyOptions {
  readonly change: Change;
  readonly limits: HubLimits;
}

function applyAll(
  repo: Repo,
  root: Folder = EMPTY_FOLDER,
  operations: readonly Operation[],
  { change, limits }: ApplyOptions,
): { edit: TreeEdit; files: readonly RepoFile[] } {
  const edit = new TreeEdit(root);
  const files: RepoFile[] = [];
  const put = (path: string, file: RepoFile): void => {
    edit.put(path, file, limits.folderEntries);
    files.push(file);
  };
  for (const { key, value } of operations) {
    if (key === "file") put(value.path, readRegular(value, { change, limits }));
    else if (key === "lfsFile") put(value.path, readPointer(repo, value, change));
    else if (key === "deletedFile") edit.remove(value.path, "file");
    else if (key === "deletedFolder") edit.remove(withoutSlash(value.path), "folder");
    else throw new HubError(400, `Unknown operation: ${key}`);
  }
  const attributes = withLines(edit, operations);
  if (attributes !== undefined)
    put(".gitattributes", checkRegular(".gitattributes", attributes, { change, limits }));
  return { edit, files };
}

/** The attributes grow by a line for each path sent as LFS that no pattern covers. */
function withLines(edit: TreeEdit, operations: readonly Operation[]): Uint8Array | undefined {
  const text = attributesOf(edit.root);
  const isTracked = lfsMatcher(text);
  const added = operations
    .filter(({ key, value }) => key === "lfsFile" && !isTracked(value.path))
    .map(({ value }) => attributeLine(value.path));
  if (added.length === 0) return undefined;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return Buffer.from(text + gap + added.join(""));
}

function readRegular(value: Operation["value"], options: ApplyOptions): RepoFile {
  const bytes = Buffer.from(value.content ?? "", value.encoding ?? "utf-8");
  return checkRegular(value.path, bytes, options);
}

function checkRegular(path: string, bytes: Uint8Array, { change, limits }: ApplyOptions): RepoFile {
  if (bytes.length > limits.regularFileBytes)
    throw rejected(
      `it contains files larger than ${limits.regularFileBytes / 1024 ** 2} MiB`,
      path,
    );
  if (isBinary(bytes, false)) throw rejected("it contains binary files", path);
  return regularFile(bytes, change);
}

/** Points to an object the repo has; its size need not be said. */
function readPointer(
  repo: Repo,
  { path, oid = "", size }: Operation["value"],
  change: Change,
): RepoFile {
  const stored = repo.lfs.get(oid);
  if (stored === undefined)
    throw rejected("an LFS pointer pointed to a file that does not exist", path);
  if (size !== undefined && size !== stored)
    throw rejected("an LFS pointer has the wrong size", path);
  return lfsFile(oid, stored, change);
}

function rejected(reason: string, path: string): HubError {
  return new HubError(
    400,
    `Your push was rejected because ${reason}. Please see the documentation on large files. ` +
      `Offending file: - ${path}`,
  );
}

/** How many bytes git grows by. LFS objects were counted when they came. */
function sizeOfNew(repo: Repo, files: readonly RepoFile[]): number {
  const fresh = files.filter(
    ({ oid, content }) => content.kind === "regular" && !repo.gitBlobs.has(oid),
  );
  return fresh.reduce((sum, { size }) => sum + size, 0);
}

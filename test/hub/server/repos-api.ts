// Repos as a whole: create, delete, describe, their branches and their history.
import { requireManage, requireWrite } from "./accounts.ts";
import { DEFAULT_ATTRIBUTES } from "./attributes.ts";
import { part, readJson, type Call } from "./call.ts";
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import { jsonReply, type Reply } from "./reply.ts";
import { beginCommit, Repo, type Commit } from "./repo.ts";
import { regularFile } from "./repo-files.ts";
import type { RepoType } from "./settings.ts";
import { EMPTY_FOLDER, listFolder, TreeEdit, type Change, type Folder } from "./tree.ts";

interface CreateRequest {
  readonly name: string;
  readonly organization: string;
  readonly type: RepoType;
  readonly sdk: string;
  readonly visibility: string;
  readonly private: boolean;
  readonly license: string;
  readonly files: readonly { path: string; content: string; encoding?: "base64" | "utf-8" }[];
}

/** The repo a call's path names, where the account may see it. */
export function repoOf(call: Call): Repo {
  const type = part(call, "type").replace(/s$/, "");
  return call.hub.getRepo(
    call.account,
    type === "dataset" || type === "space" ? type : "model",
    `${part(call, "namespace")}/${part(call, "name")}`,
  );
}

export async function createRepo(call: Call): Promise<Reply> {
  const { hub } = call;
  const body = await readJson<CreateRequest>(call);
  const { type = "model", organization = call.account?.user.name ?? "", name = "" } = body;
  const account = requireManage(call.account, organization, { type, deletes: false });
  const fullName = `${organization}/${name}`;
  if (!/^[\w.-]{1,96}$/.test(name)) throw new HubError(400, `Invalid repo name: ${fullName}`);
  if (type === "space" && body.sdk === undefined)
    throw new HubError(400, "A Space needs an sdk: static, docker or gradio.");
  if (hub.hasRepo(type, fullName))
    throw new HubError(409, `You already created this ${type} repo: ${fullName}`);
  const repo = new Repo(
    {
      type,
      name: fullName,
      isPrivate: body.visibility === "private" || body.private === true,
      sdk: body.sdk,
      createdBy: account.oauth?.clientId,
    },
    new Date(hub.now).toISOString(),
  );
  const change = beginCommit("initial commit", hub.now);
  const given = (body.files ?? []).map(
    ({ path, content, encoding }) => [path, Buffer.from(content, encoding ?? "utf-8")] as const,
  );
  const files = new Map(
    [...firstFiles(hub, body), ...given].map(([path, bytes]) => [path, regularFile(bytes, change)]),
  );
  const edit = new TreeEdit(EMPTY_FOLDER);
  for (const [path, file] of files) edit.put(path, file, hub.limits.folderEntries);
  if (files.size > 0)
    repo.add("main", firstCommit(change, edit.root, account.user.name), files.values());
  hub.addRepo(repo);
  return jsonReply({ url: `${hub.addresses.hub}/${repo.gitPath}`, name: fullName, id: repo.id });
}

/** What each repo begins with: its attributes, and a card where there is something to say. */
function* firstFiles(
  { settings }: Hub,
  { type, sdk, license }: Partial<CreateRequest>,
): Generator<[string, Buffer]> {
  if (settings.initialGitAttributes) yield [".gitattributes", Buffer.from(DEFAULT_ATTRIBUTES)];
  const card = [
    ...(type === "space" ? [`sdk: ${sdk}\n`] : []),
    ...(license === undefined ? [] : [`license: ${license}\n`]),
  ];
  if (card.length > 0) yield ["README.md", Buffer.from(`---\n${card.join("")}---\n`)];
}

function firstCommit({ id, title, date }: Change, root: Folder, author: string): Commit {
  return { oid: id, title, date, root, parent: undefined, message: "", author };
}

export async function deleteRepo(call: Call): Promise<Reply> {
  const { type = "model", organization = "", name = "" } = await readJson<CreateRequest>(call);
  requireManage(call.account, organization, { type, deletes: true });
  call.hub.deleteRepo(call.hub.getRepo(call.account, type, `${organization}/${name}`));
  return jsonReply({});
}

/** Says of a repo what was asked for by `expand`, or all there is. */
export function describeRepo(call: Call): Reply {
  const repo = repoOf(call);
  const { revision } = call.parts;
  const commit =
    repo.isEmpty && revision === undefined ? undefined : repo.resolve(revision ?? "main");
  const all: Readonly<Record<string, unknown>> = {
    author: repo.namespace,
    sha: commit?.oid,
    lastModified: commit?.date ?? repo.createdAt,
    createdAt: repo.createdAt,
    private: repo.isPrivate,
    gated: false,
    disabled: false,
    downloads: 0,
    likes: 0,
    tags: [],
    ...(repo.sdk !== undefined && { sdk: repo.sdk }),
    ...(repo.sdk === "static" && { host: call.hub.spaceOrigin(repo) }),
    usedStorage: repo.storedBytes,
    siblings: [...listFolder(commit?.root ?? EMPTY_FOLDER, "", true)]
      .filter(([, node]) => node.kind === "file")
      .map(([rfilename]) => ({ rfilename })),
  };
  const asked = ["expand", "expand[]"].flatMap((name) => call.url.searchParams.getAll(name));
  const fields =
    asked.length === 0
      ? all
      : Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)));
  return jsonReply({ _id: repo.id, id: repo.name, ...fields });
}

export function listRefs(call: Call): Reply {
  const refs = [...repoOf(call).branches].map(([name, commit]) => ({
    name,
    ref: name.startsWith("refs/") ? name : `refs/heads/${name}`,
    targetCommit: commit.oid,
  }));
  const isPull = (ref: { ref: string }): boolean => ref.ref.startsWith("refs/pr/");
  return jsonReply({
    branches: refs.filter((ref) => !isPull(ref)),
    converts: [],
    tags: [],
    pullRequests: refs.filter(isPull),
  });
}

export async function createBranch(call: Call): Promise<Reply> {
  const repo = repoOf(call);
  requireWrite(call.account, repo);
  const body = await readJson<{ startingPoint: string; emptyBranch: boolean; overwrite: boolean }>(
    call,
  );
  const name = part(call, "branch");
  if (repo.branches.has(name) && body.overwrite !== true)
    throw new HubError(409, `Reference already exists: refs/heads/${name}`);
  const start = repo.resolve(body.startingPoint ?? "main");
  const empty = beginCommit("initial commit", call.hub.now);
  repo.add(
    name,
    body.emptyBranch === true ? firstCommit(empty, EMPTY_FOLDER, start.author) : start,
  );
  return jsonReply({});
}

export function deleteBranch(call: Call): Reply {
  const repo = repoOf(call);
  requireWrite(call.account, repo);
  const name = part(call, "branch");
  if (name === "main") throw new HubError(403, "The main branch can't be deleted.");
  if (!repo.branches.delete(name))
    throw new HubError(404, `Invalid rev id: ${name}`, { code: "RevisionNotFound" });
  return jsonReply({});
}

export function listCommits(call: Call): Reply {
  const all = [...history(repoOf(call).resolve(part(call, "revision")))];
  const limit = Math.min(1000, Number(call.url.searchParams.get("limit") ?? 50));
  const page = Number(call.url.searchParams.get("p") ?? 0);
  const rows = all.slice(page * limit, (page + 1) * limit).map((commit) => ({
    id: commit.oid,
    title: commit.title,
    message: commit.message,
    authors: [{ user: commit.author, avatar: "" }],
    date: commit.date,
  }));
  return jsonReply(rows, {
    "X-Total-Count": String(all.length),
    ...((page + 1) * limit < all.length && { Link: nextLink(call, "p", String(page + 1)) }),
  });
}

/** The address of the next page; clients follow absolute ones only. */
export function nextLink({ hub, url }: Call, name: string, value: string): string {
  const next = new URL(url.pathname + url.search, hub.addresses.hub);
  next.searchParams.set(name, value);
  return `<${next.href}>; rel="next"`;
}

function* history(head: Commit): Generator<Commit> {
  for (let commit: Commit | undefined = head; commit !== undefined; commit = commit.parent)
    yield commit;
}

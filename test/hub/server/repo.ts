// One repo: immutable commits, the branches that point to them, and its own LFS objects.
import { randomUUID } from "node:crypto";
import { sha1 } from "./git-objects.ts";
import { HubError } from "./hub-error.ts";
import type { RepoType } from "./settings.ts";
import type { Change, Folder, RepoFile } from "./tree.ts";

export interface Commit {
  readonly oid: string;
  readonly parent: Commit | undefined;
  readonly root: Folder;
  readonly title: string;
  readonly message: string;
  readonly author: string;
  readonly date: string;
}

export interface RepoSettings {
  readonly type: RepoType;
  /** With its namespace. */
  readonly name: string;
  readonly isPrivate: boolean;
  readonly sdk: string | undefined;
  /** The OAuth app it was created by. */
  readonly createdBy: string | undefined;
}

export class Repo implements RepoSettings {
  readonly id = sha1(randomUUID()).slice(0, 24);
  readonly type: RepoType;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly sdk: string | undefined;
  readonly createdBy: string | undefined;
  readonly createdAt: string;
  readonly branches = new Map<string, Commit>();
  readonly commits = new Map<string, Commit>();
  /** Sizes of the objects it has, by SHA-256. Other repos' objects are not its own. */
  readonly lfs = new Map<string, number>();
  /** Those a commit has pointed to: they are kept for good. */
  readonly committedLfs = new Set<string>();
  /** Sizes of all regular files it ever had, by git's id. */
  readonly gitBlobs = new Map<string, number>();
  pullRequests = 0;

  constructor(settings: RepoSettings, createdAt: string) {
    this.type = settings.type;
    this.name = settings.name;
    this.isPrivate = settings.isPrivate;
    this.sdk = settings.sdk;
    this.createdBy = settings.createdBy;
    this.createdAt = createdAt;
  }

  get namespace(): string {
    return this.name.split("/", 1)[0] ?? "";
  }

  /** What a person sees of its address: models have no prefix. */
  get gitPath(): string {
    return this.type === "model" ? this.name : `${this.type}s/${this.name}`;
  }

  get storedBytes(): number {
    const sum = (sizes: Iterable<number>): number => [...sizes].reduce((a, b) => a + b, 0);
    return sum(this.lfs.values()) + sum(this.gitBlobs.values());
  }

  /** Whether nothing was ever committed to it. */
  get isEmpty(): boolean {
    return this.commits.size === 0;
  }

  /** Gives the commit of a branch, of "HEAD", or by its id; 404 for any other. */
  resolve(revision: string): Commit {
    const commit =
      this.branches.get(revision === "HEAD" ? "main" : revision) ?? this.commits.get(revision);
    if (commit !== undefined) return commit;
    throw new HubError(404, `Invalid rev id: ${revision}`, { code: "RevisionNotFound" });
  }

  /** Makes a commit that brings these files, and lets the branch point to it. */
  add(branch: string, commit: Commit, files: Iterable<RepoFile> = []): void {
    for (const { oid, size, content } of files)
      if (content.kind === "lfs") this.committedLfs.add(content.sha256);
      else this.gitBlobs.set(oid, size);
    this.commits.set(commit.oid, commit);
    this.branches.set(branch, commit);
  }
}

/** Begins a commit: its id is needed by the files it changes, before there is a tree. */
export function beginCommit(title: string, now: number): Change {
  return { id: sha1(randomUUID()), title, date: new Date(now).toISOString() };
}

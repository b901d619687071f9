// What Cairn asks of a hub: one repository, seen through its HTTP protocol.
import type { RemoteTarget } from "../core/sync/remote.ts";

/** A commit's name: 40 hex characters. */
export type CommitOid = string;

/** How requests are made. Every call throws CairnError `hub_failed`, or `aborted` for its signal. */
export interface HubOptions {
  readonly target: RemoteTarget;
  /** The token now; `null` for none. Asked before each request. */
  readonly token: () => Promise<string | null> | string | null;
  /** Told of each request that ended, for the log. */
  readonly onRequest?: (request: HubRequest) => void;
  /** Stands in for the browser's own in tests. */
  readonly fetch?: typeof fetch;
  /** Sends a body with progress; XMLHttpRequest where there is one. */
  readonly put?: PutBytes;
  /** How long to wait for what; tests are less patient. */
  readonly pace?: Partial<HubPace>;
}

export interface HubPace {
  /** For an answer to begin. */
  readonly firstByteMs: number;
  /** For a commit to be answered, or an upload in parts to be put together. */
  readonly commitMs: number;
  /** Between two pieces of a body, coming or going. */
  readonly stallMs: number;
  /** Before the second try; doubled for each one after it. */
  readonly retryMs: number;
}

export interface HubRequest {
  readonly method: string;
  /** Path without the origin and the query. */
  readonly path: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly ms: number;
}

/**
 * Sends bytes to a signed address. Resolves with the status and the `ETag` header, whatever the status;
 * rejects with a TypeError where no answer came, and a DOMException `TimeoutError` when nothing moved
 * for `stallMs`.
 */
export type PutBytes = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Blob,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
  stallMs: number,
) => Promise<{ readonly status: number; readonly etag: string | null; readonly text: string }>;

/** A file kept in git itself, with the commit that the same answer named. */
export interface HeadFile {
  /** The branch's head. `null` when the branch has no commit. */
  readonly commit: CommitOid | null;
  /** `null` where there is no such file. */
  readonly text: string | null;
  readonly etag: string | null;
}

export interface LfsObject {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What the hub says to an object: it has it, or where it wants it. */
export type UploadPlan =
  | { readonly kind: "present"; readonly object: LfsObject }
  | {
      readonly kind: "basic";
      readonly object: LfsObject;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "multipart";
      readonly object: LfsObject;
      readonly chunkBytes: number;
      /** Addresses of the parts, in order. */
      readonly urls: readonly string[];
      readonly completionUrl: string;
    };

/** How far a multipart upload got; kept, so that it goes on after a crash. */
export interface UploadProgress {
  readonly plan: Extract<UploadPlan, { kind: "multipart" }>;
  /** ETags of parts that arrived, by number from 0. */
  readonly etags: ReadonlyMap<number, string>;
}

export type CommitOp =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "pointer"; readonly path: string; readonly object: LfsObject }
  | { readonly kind: "delete"; readonly path: string }
  /** With everything below it. */
  | { readonly kind: "delete-folder"; readonly path: string };

export interface CommitRequest {
  readonly title: string;
  readonly description: string;
  readonly ops: readonly CommitOp[];
  /** Compare-and-swap: refused with `changed` unless this is the head. `null` for the first commit. */
  readonly parent: CommitOid | null;
}

export interface HubAccount {
  readonly name: string;
  readonly fullName: string | null;
  /** Organisations repositories can be made in. */
  readonly orgs: readonly string[];
  /** What the token may do, as the hub names it, such as `write`, `read`, `fineGrained`; `null` where it doesn't say. */
  readonly role: string | null;
}

export interface RepoInfo {
  readonly exists: boolean;
  readonly isPrivate: boolean | null;
  /** Where a Space is served, an address without a path; `null` where the hub doesn't say, and for other kinds. */
  readonly host: string | null;
}

export interface TreeEntry {
  readonly path: string;
  readonly type: "file" | "directory";
  readonly sizeBytes: number;
  /** SHA-256 of the content, of LFS files. */
  readonly sha256: string | null;
}

export interface OpenedFile {
  readonly sizeBytes: number | null;
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface Hub {
  readonly target: RemoteTarget;
  whoAmI(signal: AbortSignal): Promise<HubAccount>;
  /** Throws `signed_out` for a repository that isn't there when nobody is signed in: the hub doesn't tell. */
  repoInfo(signal: AbortSignal): Promise<RepoInfo>;
  /** Makes the repository; a Space is a static one. */
  createRepo(isPrivate: boolean, signal: AbortSignal): Promise<void>;
  /** A file at the head of the branch, past every cache. Head and text are of one answer. */
  readHead(path: string, signal: AbortSignal): Promise<HeadFile>;
  /** The head of the branch as the hub itself says it, which takes a request more; `null` for none. */
  branchHead(signal: AbortSignal): Promise<CommitOid | null>;
  /** A text at a commit, which never changes; `null` where there is none. LFS files are read, too. */
  readText(commit: CommitOid, path: string, signal: AbortSignal): Promise<string | null>;
  /**
   * A file's bytes at a commit; `null` where there is none. A stream that breaks off goes on by
   * itself from where it was.
   */
  open(commit: CommitOid, path: string, signal: AbortSignal): Promise<OpenedFile | null>;
  /** Everything below a folder, at any depth; nothing where there is none. */
  list(commit: CommitOid, folder: string, signal: AbortSignal): AsyncIterable<TreeEntry>;
  /** Those of the paths that are there. */
  pathsInfo(
    commit: CommitOid,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly TreeEntry[]>;
  /**
   * Asks which objects the repository lacks, any number of them. The plans are in the order of the
   * objects, one for each.
   *
   * @throws CairnError `hub_failed` of kind `needs_xet` when some can only be uploaded that way
   */
  planUploads(objects: readonly LfsObject[], signal: AbortSignal): Promise<readonly UploadPlan[]>;
  /**
   * Uploads one object, with retries of its parts. With `before`, it goes on by the plan kept there.
   *
   * @param before how far it got earlier; `null` to begin
   * @param report `onSent`: bytes sent by this call so far, fewer again when a part is sent anew;
   *   `onPart`: after each part that arrived, one call at a time
   * @throws CairnError `hub_failed` of kind `busy` when the plan is no longer good, as addresses end after
   *   some minutes: ask for a new one, and begin with `null`
   */
  upload(
    plan: Exclude<UploadPlan, { kind: "present" }>,
    body: Blob,
    before: UploadProgress | null,
    report: {
      readonly onSent: (sentBytes: number) => void;
      readonly onPart: (progress: UploadProgress) => Promise<void>;
    },
    signal: AbortSignal,
  ): Promise<void>;
  /** Uploads through the library's Xet, which commits the pointers at these paths itself. For what can't go otherwise. */
  uploadByXet(
    files: readonly { readonly path: string; readonly body: Blob }[],
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * One atomic commit, never retried here. After `offline`, `timeout`, `server`, and `aborted`, it may
   * have happened; after `changed` as well, as a browser may send a request again by itself when a
   * connection ends without an answer, and the second one then meets the first.
   */
  commit(request: CommitRequest, signal: AbortSignal): Promise<CommitOid>;
  /** Whether a small text at the path would be taken as LFS: whether `.gitattributes` works. */
  isLfs(path: string, signal: AbortSignal): Promise<boolean>;
}

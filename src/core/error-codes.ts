// The closed set of error codes, and the data that each carries.
import type { HubFailureData } from "./sync/hub-failure.ts";

/** What a name names; used in messages and to pick extra rules. */
export type NameKind =
  | "artifact"
  | "project"
  | "collection"
  | "registry"
  | "type"
  | "alias"
  | "run";

/** The data each error code carries. Plain values only: errors cross worker borders. */
export interface ErrorData {
  // input
  invalid_name: { kind: NameKind; name: string; reason: string; suggestion: string };
  alias_reserved: { alias: string; suggestion: string };
  invalid_spec: { spec: string; reason: string };
  invalid_path: { path: string; reason: string };
  path_conflict: {
    path: string;
    first: string;
    second: string;
    reason: "duplicate" | "file_and_folder";
  };
  empty_artifact: { name: string };
  invalid_metadata: { reason: string };
  invalid_text: { field: string; reason: string };
  invalid_tag: { tag: string; reason: string };
  invalid_reference: { uri: string; reason: string };
  nothing_dropped: { found: "nothing" | "text" | "empty_folders" };
  // rules
  /** `linkedAs`: the link, as a spec, to a version that was never here. */
  not_found: { what: string; name: string; linkedAs?: string };
  /** `inTrash`: only deleted versions hold the name's type. */
  type_mismatch: { name: string; existing: string; given: string; inTrash?: boolean };
  wrong_type: { name: string; actual: string; expected: string };
  in_trash: { name: string };
  /** Something isn't as it was expected to be. `what`: such as `alias`, `tags of`. */
  changed_since: { what: string; name: string };
  aliases_held: { name: string; aliases: readonly string[] };
  frozen: { name: string };
  not_logged: { name: string };
  run_over: { name: string; state: string };
  no_run: Record<never, never>;
  would_loop: { child: string; parent: string };
  // registries
  /** `known`: registries there are, to choose from [G1]. */
  no_registry: { registry: string; known: readonly string[] };
  already_exists: { what: string; name: string };
  /** `accepted`: the types the registry takes [G2]. */
  type_not_accepted: { registry: string; type: string; accepted: readonly string[] };
  types_can_only_grow: { registry: string; missing: readonly string[] };
  /** `act`: what was tried, such as `unlink a version`. `who`: names of those who may [P7]. */
  not_permitted: {
    registry: string;
    act: string;
    role: string;
    needed: string;
    who: readonly string[];
  };
  /** `act`: such as `move`, `take off`. `pattern`: the entry that protects it [P2 P6]. */
  alias_protected: {
    registry: string;
    alias: string;
    pattern: string;
    act: string;
    role: string;
    who: readonly string[];
  };
  /** A version or collection that holds protected aliases [P3 P4]. `held`: each as a spec. */
  protected_held: {
    name: string;
    act: string;
    held: readonly string[];
    /** Who could do it all the same; nobody for a source [P4]. */
    who: readonly string[];
  };
  /** `reasons`: one sentence each, such as `metadata.accuracy is 0.8, not at least 0.9`. */
  condition_failed: {
    registry: string;
    alias: string;
    version: string;
    reasons: readonly string[];
  };
  /** `links`: each as a spec [G8]. */
  version_linked: { name: string; links: readonly string[] };
  not_a_link: { name: string };
  last_admin: { registry: string; name: string };
  no_profile: Record<never, never>;
  signing_unavailable: { reason: string };
  /** A file or text that should hold a registry's log, a request, or a key. `line` from 1. */
  invalid_log: { what: string; line: number | null; reason: string };
  invalid_key: { key: string; reason: string };
  /** `split`: the first place where the two logs differ. `signers`: whose own events stand in the way. */
  log_forked: { registry: string; split: number; signers: readonly string[] };
  // reading what the person gave
  file_changed: { path: string };
  file_unreadable: { path: string; reason: string };
  folder_unreadable: { path: string; reason: string };
  // storage
  quota_exceeded: { neededBytes: number | null };
  storage_unavailable: { reason: string };
  storage_blocked: Record<never, never>;
  storage_failed: { reason: string };
  schema_too_new: { found: number; known: number };
  /** `lastKnown`: where the bytes were last known to be [U5]. */
  blob_missing: { digest: string; path: string | null; lastKnown: string | null };
  digest_mismatch: { digest: string; path: string | null };
  disk_refused: { path: string; reason: string };
  remote_failed: { remote: string; reason: string };
  // sync
  hub_failed: HubFailureData;
  /** A file of a remote that can't be used. `path`: where it is there. `isNewer`: a newer Cairn may be able to. */
  invalid_remote: { remote: string; path: string; reason: string; isNewer?: boolean };
  /** A project's numbers can be agreed on in one place only [S3]. */
  synced_elsewhere: { what: string; name: string; remote: string };
  invalid_remote_name: { name: string; reason: string };
  /** Bytes that no other place is known to have. */
  only_copy: { name: string };
  /** A repository that visitors of a published page couldn't read. */
  not_public: { remote: string };
  /** This page only shows what a repository holds. */
  read_only: { remote: string };
  // plumbing
  aborted: Record<never, never>;
  worker_lost: { reason: string };
  internal: { reason: string };
}

export type ErrorCode = keyof ErrorData;

/** A code with its data: what a check returns, and what travels between workers. */
export type Problem<Code extends ErrorCode = ErrorCode> = Code extends ErrorCode
  ? { readonly code: Code; readonly data: ErrorData[Code] }
  : never;

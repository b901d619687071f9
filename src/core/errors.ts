// The one error class, its closed set of codes, and the sentence each code says.
import { assertNever } from "./brand.ts";
import { describeHubFailure, type HubFailureData } from "./sync/hub-failure.ts";

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
  /** A file of a remote that can't be used. `path`: where it is there. */
  invalid_remote: { remote: string; path: string; reason: string };
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

/** Every error that Cairn throws on purpose. `code` is the contract, `message` is for the person. */
export class CairnError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "CairnError";
  readonly code: Code;
  readonly data: ErrorData[Code];

  /** The message follows from the code and its data. */
  constructor(code: Code, data: ErrorData[Code], options?: { cause?: unknown }) {
    super(describeError({ code, data } as AnyProblem), options);
    this.code = code;
    this.data = data;
  }
}

/** A code with its data: what a check returns, and what travels between workers. */
export type Problem<Code extends ErrorCode = ErrorCode> = Code extends ErrorCode
  ? { readonly code: Code; readonly data: ErrorData[Code] }
  : never;
type AnyProblem = Problem;

/** True for a CairnError, of the given code where one is named. */
export function isCairnError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is CairnError<Code> {
  return error instanceof CairnError && (code === undefined || error.code === code);
}

/** The problem an unknown thrown value stands for; anything not ours is `internal`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CairnError) return { code: error.code, data: error.data };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", data: { reason } };
}

/** The inverse of {@link problemOf}: an error that can be thrown. */
export function errorOf(problem: Problem, options?: { cause?: unknown }): CairnError {
  return new CairnError(problem.code, problem.data, options);
}

/**
 * Says a problem in one or two sentences: the thing, what is wrong, the way out.
 * Hidden characters are shown, wherever in the problem's data they came from.
 */
export function describeError(problem: Problem): string {
  return showHidden(sentenceOf(problem));
}

function sentenceOf(problem: Problem): string {
  switch (problem.code) {
    case "invalid_name": {
      const { kind, name, reason, suggestion } = problem.data;
      return `${quote(name)} can't be ${withArticle(kind)} name: ${reason}. Try ${quote(suggestion)}.`;
    }
    case "alias_reserved":
      return `The alias ${quote(problem.data.alias)} is managed by Cairn and can't be set by hand. Try ${quote(problem.data.suggestion)}.`;
    case "invalid_spec":
      return `${quote(problem.data.spec)} doesn't name an artifact: ${problem.data.reason}.`;
    case "invalid_path":
      return `The path ${quote(problem.data.path)} can't be kept: ${problem.data.reason}. Rename it or remove it from the list.`;
    case "path_conflict": {
      const { path, first, second, reason } = problem.data;
      return reason === "duplicate"
        ? `Two files would have the path ${quote(path)}: ${quote(first)} and ${quote(second)}. Remove one, or keep the folder names.`
        : `${quote(path)} would be both a file and a folder: ${quote(first)} and ${quote(second)}. Remove or rename one.`;
    }
    case "empty_artifact":
      return problem.data.name === ""
        ? "An artifact needs at least one file. Add files."
        : `${quote(problem.data.name)} has no files left. Add at least one.`;
    case "invalid_metadata":
      return `The metadata can't be used: ${problem.data.reason}.`;
    case "invalid_text":
      return `The ${problem.data.field} can't be used: ${problem.data.reason}.`;
    case "invalid_tag":
      return `${quote(problem.data.tag)} can't be a tag: ${problem.data.reason}.`;
    case "invalid_reference":
      return `${quote(problem.data.uri)} can't be a reference: ${problem.data.reason}.`;
    case "nothing_dropped":
      switch (problem.data.found) {
        case "text":
          return "That was text, not files. Drop files or folders, or save the text to a file first.";
        case "empty_folders":
          return "There are no files in what you dropped. Empty folders are not kept.";
        case "nothing":
          return "Nothing arrived with that drop. Drop files or folders from your file manager.";
        default:
          return assertNever(problem.data.found);
      }
    case "not_found":
      if (problem.data.linkedAs !== undefined)
        return `${quote(problem.data.linkedAs)} is a link to ${quote(problem.data.name)}, and the bytes of that version were never in this browser. Get the version from whoever linked it.`;
      return `There is no ${problem.data.what} ${quote(problem.data.name)} in this browser.`;
    case "type_mismatch": {
      const { name, existing, given, inTrash = false } = problem.data;
      if (inTrash)
        return `Versions of ${quote(name)} in the trash are of type ${quote(existing)}, so it can't take one of type ${quote(given)}. Choose ${quote(existing)}, another name, or empty the trash.`;
      return `${quote(name)} is of type ${quote(existing)}, so it can't take a version of type ${quote(given)}. Choose ${quote(existing)}, or another name.`;
    }
    case "wrong_type": {
      const { name, actual, expected } = problem.data;
      return `${quote(name)} is of type ${quote(actual)}, but ${quote(expected)} was asked for.`;
    }
    case "in_trash":
      return `${quote(problem.data.name)} is in the trash. Restore it from there to use it.`;
    case "changed_since":
      return `The ${problem.data.what} ${quote(problem.data.name)} changed since, so nothing was overwritten.`;
    case "aliases_held": {
      const { name, aliases } = problem.data;
      const held = aliases.map(quote).join(", ");
      return `${quote(name)} holds ${aliases.length === 1 ? "the alias" : "the aliases"} ${held}. Confirm by name that ${aliases.length === 1 ? "it goes" : "they go"} too, or move ${aliases.length === 1 ? "it" : "them"} first.`;
    }
    case "frozen":
      return `${quote(problem.data.name)} is logged, so its files can't change. Start a new draft from it instead.`;
    case "not_logged":
      return `${quote(problem.data.name)} is still a draft: log it first.`;
    case "run_over":
      return `The run ${quote(problem.data.name)} is ${problem.data.state}. Resume it, or start a new one.`;
    case "no_run":
      return "No run is open. Call init() first, or use a run of your own.";
    case "would_loop":
      return `${quote(problem.data.child)} can't be derived from ${quote(problem.data.parent)}: that one comes from it already, or they are the same.`;
    case "no_registry": {
      const { registry, known } = problem.data;
      const wayOut =
        known.length === 0 ? "Create it first." : `Create it first, or choose ${oneOf(known)}.`;
      return `There is no registry ${quote(registry)} in this browser, and linking doesn't make one. ${wayOut}`;
    }
    case "already_exists":
      return `There is a ${problem.data.what} ${quote(problem.data.name)} already. Choose another name.`;
    case "type_not_accepted": {
      const { registry, type, accepted } = problem.data;
      return `The registry ${quote(registry)} takes ${list(accepted)}, not ${quote(type)}. An admin can add the type in its settings.`;
    }
    case "types_can_only_grow":
      return `The types that the registry ${quote(problem.data.registry)} takes can only grow. Keep ${list(problem.data.missing)} among them.`;
    case "not_permitted": {
      const { registry, act, role, needed, who } = problem.data;
      return `You are ${role} in the registry ${quote(registry)}. To ${act}, you need to be ${needed}.${ask(who)}`;
    }
    case "alias_protected": {
      const { registry, alias, pattern, act, role, who } = problem.data;
      const rule = pattern === alias ? "" : ` by the rule ${quote(pattern)}`;
      return `The alias ${quote(alias)} is protected in the registry ${quote(registry)}${rule}: only an Admin may ${act} it, and you are ${role}.${ask(who)} ${who.length === 0 ? "Make" : "Or make"} a request.`;
    }
    case "protected_held": {
      const { name, act, held, who } = problem.data;
      const aliases = held.length === 1 ? "the protected alias" : "the protected aliases";
      const wayOut =
        who.length === 0
          ? `Nobody can ${act} it until an Admin takes ${held.length === 1 ? "it" : "them"} off.`
          : `Only an Admin may ${act} it.${ask(who)}`;
      return `${quote(name)} holds ${aliases} ${list(held)}. ${wayOut}`;
    }
    case "condition_failed": {
      const { registry, alias, version, reasons } = problem.data;
      return `${quote(version)} can't hold ${quote(alias)} in the registry ${quote(registry)} yet: ${reasons.join("; ")}.`;
    }
    case "version_linked": {
      const { name, links } = problem.data;
      return `${quote(name)} is linked as ${list(links)}. Unlink it there as well, or keep it.`;
    }
    case "not_a_link":
      return `${quote(problem.data.name)} is not a link in a registry, so it can't be unlinked. To be rid of it, delete it.`;
    case "last_admin":
      return `${quote(problem.data.name)} is the only Admin of the registry ${quote(problem.data.registry)}. Make somebody else Admin first.`;
    case "no_profile":
      return "Say who you are first: registries note who did what. Open your profile and give a name.";
    case "signing_unavailable":
      return `This browser can't sign for registries (${problem.data.reason}). Use an up-to-date browser, over https or on localhost.`;
    case "invalid_log": {
      const { what, line, reason } = problem.data;
      return `This is not a ${what} that can be used${line === null ? "" : ` (line ${line})`}: ${reason}. Ask for it to be sent again.`;
    }
    case "invalid_key":
      return `${quote(problem.data.key)} can't be anybody's key: ${problem.data.reason}. Ask them for it again; it is on their profile page.`;
    case "log_forked": {
      const { registry, split, signers } = problem.data;
      return `The registry ${quote(registry)} here and the one in the file went different ways from event ${split} on. What happened here since was signed by ${list(signers)} too, and only they can sign it again: let them bring in the file first, and then send theirs.`;
    }
    case "file_changed":
      return `${quote(problem.data.path)} changed or disappeared while it was being read. Add it again, or remove it from the list.`;
    case "file_unreadable":
      return `${quote(problem.data.path)} can't be read: ${problem.data.reason}. Check the file and add it again, or remove it from the list.`;
    case "folder_unreadable":
      return `The folder ${quote(problem.data.path)} can't be read: ${problem.data.reason}. Check its permissions and drop it again.`;
    case "quota_exceeded":
      return "The browser's storage is full, so nothing more was written. Free some space, then try again; what was staged is still here.";
    case "storage_unavailable":
      return `This browser doesn't let Cairn store data here (${problem.data.reason}). Private windows often forbid it: open Cairn in a normal window.`;
    case "storage_blocked":
      return "Another tab still uses an older version of Cairn. Close or reload the other Cairn tabs.";
    case "storage_failed":
      return `The browser couldn't write to its storage (${problem.data.reason}). Nothing was changed; check the free disk space and try again.`;
    case "schema_too_new":
      return `This data was written by a newer Cairn (format ${problem.data.found}; this one knows ${problem.data.known}). Reload to get the newer version.`;
    case "blob_missing":
      return `The bytes of ${quote(problem.data.path ?? problem.data.digest)} are not in this browser. ${problem.data.lastKnown === null ? "No other place is known to have them: add the file again from a copy." : `They were last known to be ${problem.data.lastKnown}.`}`;
    case "digest_mismatch":
      return `The stored bytes of ${quote(problem.data.path ?? problem.data.digest)} no longer match their digest, so they were not written. Add the file again from a good copy.`;
    case "disk_refused":
      return `${quote(problem.data.path)} couldn't be written to the folder: ${problem.data.reason}. Choose another folder, or download a zip.`;
    case "remote_failed":
      return `Nothing usable came from ${quote(problem.data.remote)} (${problem.data.reason}). Try again, or check the connection.`;
    case "hub_failed":
      return describeHubFailure(problem.data);
    case "invalid_remote": {
      const { remote, path, reason } = problem.data;
      return `${quote(path)} in ${remote} can't be used: ${reason}. Nothing here was changed.`;
    }
    case "synced_elsewhere": {
      const { what, name, remote } = problem.data;
      return `The ${what} ${quote(name)} syncs with ${remote} already, and its numbers can be agreed on in one place only. Stop syncing it there first.`;
    }
    case "invalid_remote_name":
      return `${quote(problem.data.name)} can't be a repository: ${problem.data.reason}.`;
    case "only_copy":
      return `The bytes of ${quote(problem.data.name)} are in no other place that was checked, so they stay. Sync them first.`;
    case "not_public":
      return `Visitors can't read ${problem.data.remote}, as it is private, so a public page would show nothing. Make it public on the hub, then publish again.`;
    case "read_only":
      return `This page shows ${problem.data.remote} and changes nothing. Open Cairn itself to work with it.`;
    case "aborted":
      return "Cancelled.";
    case "worker_lost":
      return `A background worker stopped (${problem.data.reason}). Reload the page; committed versions are safe.`;
    case "internal":
      return `Something went wrong inside Cairn: ${problem.data.reason}`;
    default:
      return assertNever(problem);
  }
}

function withArticle(kind: NameKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function list(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? quote(last) : `${list(names.slice(0, -1))} or ${quote(last)}`;
}

/** Who could do it, as a sentence more. */
function ask(who: readonly string[]): string {
  return who.length === 0 ? "" : ` Ask ${oneOf(who)}.`;
}

function quote(text: string): string {
  return `“${text}”`;
}

// The first branch is an emoji with its presentation selector, which draws what it says.
const HIDDEN =
  /\p{Extended_Pictographic}[\ufe0e\ufe0f]|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Makes characters visible that could disguise a text: control, bidirectional, zero-width and blank
 * ones become `\u{…}`. Names and paths are untrusted, so everything shown to a person goes through here.
 */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (found) =>
    /^\p{Extended_Pictographic}/u.test(found)
      ? found
      : `\\u{${found.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}

// The sentence that each error code says: the thing, what is wrong, the way out.
import { assertNever } from "./brand.ts";
import type { NameKind, Problem } from "./error-codes.ts";
import { describeHubFailure } from "./sync/hub-failure.ts";

/** Says a problem in one or two sentences. What is hidden in its names still is. */
export function sentenceOf(problem: Problem): string {
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

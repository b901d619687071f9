// Reading files of the repository: the head and its index, texts, and large files as streams.
import type { RemoteTarget } from "../core/sync/remote.ts";
import { apiOf, BRANCH, fileAt } from "./addresses.ts";
import type { CommitOid, HeadFile } from "./hub.ts";
import { isNoEntry, jsonOf, type Answer, type Ask, type Wire } from "./wire.ts";

const OID = /^[0-9a-f]{40}$/;

/** A plain GET: nothing in it but the token, for the address it leads to is another host's. */
export function get(url: string): Ask {
  return { method: "GET", url, isSigned: true, isRetried: true };
}

/** Whether a text can name a commit. */
export function isOid(text: unknown): text is CommitOid {
  return typeof text === "string" && OID.test(text);
}

/**
 * Reads a file at the branch's head. Which commit that is must come from the same answer: two answers
 * may be of different heads, and what was pushed in between would be lost.
 */
export async function readHead(
  wire: Wire,
  target: RemoteTarget,
  path: string,
  signal: AbortSignal,
): Promise<HeadFile> {
  const answer = await wire.ask(
    { ...get(fileAt(target, BRANCH, path)), cache: "no-store", accepts: isAbsent(target) },
    signal,
  );
  const commit = answer.headers.get("X-Repo-Commit");
  if (isOid(commit)) return headFile(commit, answer);
  // It wasn't said. So the head first, and then the file as of that head.
  const head = await branchHead(wire, target, signal);
  if (head === null) return { commit: null, text: null, etag: null };
  return headFile(head, await askAt(wire, target, head, path, signal));
}

/** A text at a commit; `null` where there is none. */
export async function readText(
  wire: Wire,
  target: RemoteTarget,
  commit: CommitOid,
  path: string,
  signal: AbortSignal,
): Promise<string | null> {
  const answer = await askAt(wire, target, commit, path, signal);
  return answer.status === 200 ? answer.text() : null;
}

function askAt(
  wire: Wire,
  target: RemoteTarget,
  commit: CommitOid,
  path: string,
  signal: AbortSignal,
): Promise<Answer> {
  const accepts = (answer: Answer): boolean => isNoEntry(answer, target.hubUrl);
  return wire.ask({ ...get(fileAt(target, commit, path)), accepts }, signal);
}

/** At the head, that there is no commit yet means that there is no file, too. */
function isAbsent({ hubUrl }: RemoteTarget): (answer: Answer) => boolean {
  return (answer) =>
    isNoEntry(answer, hubUrl) ||
    (answer.status === 404 && answer.headers.get("X-Error-Code") === "RevisionNotFound");
}

function headFile(commit: CommitOid, answer: Answer): HeadFile {
  return answer.status === 200
    ? { commit, text: answer.text(), etag: answer.headers.get("ETag") }
    : { commit, text: null, etag: null };
}

/** The branch's head; `null` where it has no commit. */
export async function branchHead(
  wire: Wire,
  target: RemoteTarget,
  signal: AbortSignal,
): Promise<CommitOid | null> {
  const ask = { ...get(`${apiOf(target)}/refs`), cache: "no-store" } as const;
  const refs = jsonOf(await wire.ask(ask, signal), wire.failures) as {
    readonly branches?: unknown;
  } | null;
  const branches: readonly unknown[] = Array.isArray(refs?.branches) ? refs.branches : [];
  const found = branches.find((branch) => (branch as Branch | null)?.name === BRANCH);
  const oid = (found as Branch | undefined)?.targetCommit;
  return isOid(oid) ? oid : null;
}

interface Branch {
  readonly name?: unknown;
  readonly targetCommit?: unknown;
}

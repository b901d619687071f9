// A registry's log as a remote keeps it: the file that people send each other, in parts that rarely change.
import type { Digest } from "../core/digest.ts";
import { formatLogHead, readLogHead, type LogHead } from "../core/registry/log-file.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import { REGISTRY_PART_EVENTS, type RemoteRegistry } from "../core/sync/files.ts";
import { invalidLog } from "../service/registry/log-file.ts";

/** Events are short, but for some; a part takes no more of them than this, so that the hub keeps it as text. */
const PART_LENGTH = 2 * 1024 ** 2;

/** An exported log: its sealed head, and its events in parts. Put together they are the file again. */
export interface LogParts {
  readonly head: LogHead;
  /** The head as its line. */
  readonly headText: string;
  readonly parts: readonly string[];
}

/** Takes an exported file apart. A log that only grew has the same parts as before, but for the last. */
export async function partsOf(file: Blob): Promise<LogParts> {
  const [first = "", ...lines] = (await file.text()).trimEnd().split("\n");
  const head = readLogHead(JSON.parse(first));
  if ("reason" in head) throw invalidLog(1, head.reason);
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  const close = (): void => {
    if (part.length > 0) parts.push(part.join(""));
    part = [];
    length = 0;
  };
  for (const line of lines) {
    if (part.length === REGISTRY_PART_EVENTS || length + line.length > PART_LENGTH) close();
    part.push(`${line}\n`);
    length += line.length + 1;
  }
  close();
  return { head, headText: `${first}\n`, parts };
}

/**
 * Puts a file together again, to be brought in. Whatever it says is checked then; here only that it
 * is the log which the index says.
 *
 * @param headText `null` where the remote has none: then nobody sealed it
 * @throws CairnError `invalid_log`
 */
export function fileOf(
  registry: RegistryUid,
  { name, events, head }: RemoteRegistry,
  { headText, parts, now }: { headText: string | null; parts: readonly string[]; now: string },
): Blob {
  const said: LogHead = {
    registry,
    name,
    events,
    head,
    exportedAt: now,
    by: null,
    byName: "",
    signature: null,
  };
  if (headText !== null) checkHead(headText, said);
  return new Blob([headText ?? `${formatLogHead(said)}\n`, ...parts]);
}

/** Which of the parts are otherwise in the remote, by number. */
export function changedParts(
  digests: readonly Digest[],
  theirs: RemoteRegistry | undefined,
): readonly number[] {
  return [...digests.keys()].filter((part) => digests[part] !== theirs?.parts[part]);
}

function checkHead(text: string, said: LogHead): void {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalidLog(1, "it is no JSON");
  }
  const head = readLogHead(json);
  if ("reason" in head) throw invalidLog(1, head.reason);
  if (head.registry !== said.registry) throw invalidLog(1, "it is of another registry");
  if (head.events !== said.events || head.head !== said.head)
    throw invalidLog(1, "it ends elsewhere than the repository's index says");
}

// A registry's log as a text: a sealed head, then an event a line [E2 E3].
import type { Digest } from "../digest.ts";
import { canonicalJson, isJsonObject } from "../json.ts";
import { digest, key, name, personName, signature, time, uid } from "./event-reader.ts";
import { count, nullable, object, tryRead } from "./reader.ts";
import type { MemberKey, RegistryName, RegistryUid } from "./records.ts";

const FORMAT = "cairn-registry-log";
const VERSION = 1;
// A line in front says what a signature is for, so that none can pass for another.
const SEAL_DOMAIN = "cairn-registry-log:1\n";

/** What the first line says of those behind it. */
export interface LogHead {
  readonly registry: RegistryUid;
  /** What the registry is called where the file comes from. */
  readonly name: RegistryName;
  readonly events: number;
  /** Digest of the last event. */
  readonly head: Digest;
  readonly exportedAt: string;
  /** Who sealed it; `null` for nobody. */
  readonly by: MemberKey | null;
  /** What they call themselves; `""` for nobody. */
  readonly byName: string;
  /** Theirs over {@link sealText}; `null` for nobody's. */
  readonly signature: string | null;
}

const logHead = object<LogHead>({
  registry: uid(),
  name: name("registry"),
  events: count(),
  head: digest,
  exportedAt: time,
  by: nullable(key),
  byName: personName,
  signature: nullable(signature),
});

/** What the sender of a file signs: how many events there are, and where they end. */
export function sealText(head: Omit<LogHead, "signature">): string {
  const { signature: _, ...sealed } = head as LogHead;
  return SEAL_DOMAIN + canonicalJson(sealed);
}

/** The first line of a file. */
export function formatLogHead(head: LogHead): string {
  return canonicalJson({ format: FORMAT, version: VERSION, ...head });
}

/** The inverse of {@link formatLogHead}, from outside: the head, or why it is none. */
export function readLogHead(json: unknown): LogHead | { readonly reason: string } {
  if (!isJsonObject(json) || json["format"] !== FORMAT)
    return { reason: "it doesn't begin as registries' logs do" };
  const { format: _, version, ...fields } = json;
  if (version !== VERSION)
    return { reason: "it is written in a way this Cairn doesn't know; reload to get a newer one" };
  const head = tryRead(logHead, fields);
  if ("reason" in head || (head.by === null) === (head.signature === null)) return head;
  return { reason: "it is sealed by nobody, or by somebody who didn't sign" };
}

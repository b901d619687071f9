// What an event of the log says, in words.
import { renumberingIn } from "../../../core/event-payload.ts";
import { isJsonArray, isJsonObject, type Json } from "../../../core/json.ts";
import { formatPlace } from "../../../core/registry/names.ts";
import type { EventKind, EventRecord } from "../../../core/records.ts";
import { formatBytes, formatCount } from "../../parts/format.ts";

/** What an event did, without its subject: `moved from v1 to v2`. */
export function describeEvent(event: Pick<EventRecord, "kind" | "before" | "after">): string {
  const { kind, before, after } = event;
  switch (kind) {
    case "alias-moved":
      return before === null
        ? `alias put on ${text(after)}`
        : `alias moved from ${text(before)} to ${text(after)}`;
    case "alias-removed":
      return `alias removed from ${text(before)}`;
    case "version-edited":
    case "artifact-edited":
      return `${WORDS[kind]}: ${fieldsOf(after)}`;
    case "versions-deleted":
    case "versions-restored":
    case "versions-purged":
      return `${versionsIn(after)} ${WORDS[kind]}`;
    case "version-renumbered":
      return renumberedIn(after);
    case "version-absorbed":
      return absorbedIn(after);
    case "setting-changed":
      return `setting changed from ${text(before)} to ${text(after)}`;
    case "run-changed":
      return isJsonObject(after) ? `run ${text(after["state"] ?? null)}` : WORDS[kind];
    case "edge-added":
      return isJsonObject(after) && after["direction"] === "input"
        ? `used by a run${throughIn(after["via"])}`
        : "produced by a run";
    case "edge-removed":
      return isJsonObject(before) && before["direction"] === "input"
        ? "no longer used by a run"
        : "no longer produced by a run";
    case "bytes-freed":
      return bytesIn(after) ?? WORDS[kind];
    default:
      return WORDS[kind];
  }
}

/** The collection that a run asked for the version [R6]. */
function throughIn(via: Json | undefined): string {
  if (via === undefined || !isJsonObject(via)) return "";
  const { registryName, collection, number } = via;
  const isWhole =
    typeof registryName === "string" &&
    typeof collection === "string" &&
    typeof number === "number";
  return isWhole ? `, as ${formatPlace(registryName, collection, `v${number}`)}` : "";
}

const WORDS: Readonly<Record<EventKind, string>> = {
  "project-created": "project created",
  "project-deleted": "project put into the trash",
  "project-restored": "project restored",
  "artifact-created": "artifact created",
  "artifact-edited": "artifact edited",
  "version-logged": "logged",
  "version-relogged": "logged again with the same content",
  "version-edited": "edited",
  "version-renumbered": "numbered anew by syncing",
  "version-absorbed": "became one with the same content logged elsewhere",
  "versions-deleted": "put into the trash",
  "versions-restored": "restored",
  "versions-purged": "deleted for good",
  "alias-moved": "alias moved",
  "alias-removed": "alias removed",
  "run-created": "run created",
  "run-changed": "run changed",
  "run-deleted": "run deleted",
  "run-restored": "run restored",
  "edge-added": "linked to a run",
  "edge-removed": "no longer linked to a run",
  "derivation-added": "source added",
  "derivation-removed": "source removed",
  "blob-quarantined": "damaged bytes set aside",
  "bytes-freed": "space freed",
  "setting-changed": "setting changed",
};

/** The version numbers an event names, usually in `numbers`; none when it names none. */
export function numbersIn(after: Json, key = "numbers"): readonly number[] {
  const numbers = isJsonObject(after) ? after[key] : undefined;
  return numbers !== undefined && isJsonArray(numbers)
    ? numbers.filter((number) => typeof number === "number")
    : [];
}

/** Most numbers named one by one. */
const NAMED = 5;

function versionsIn(after: Json): string {
  const numbers = numbersIn(after);
  return numbers.length > NAMED || numbers.length === 0
    ? formatCount(numbers.length, "version")
    : numbers.map((number) => `v${number}`).join(", ");
}

/** `v3 is v5 since syncing`. */
function renumberedIn(after: Json): string {
  const moves = [...renumberingIn(after)];
  return moves.length > NAMED || moves.length === 0
    ? `${formatCount(moves.length, "version")} ${WORDS["version-renumbered"]}`
    : `${moves.map(([was, number]) => `v${was} is v${number}`).join(", ")} since syncing`;
}

/** `v3 became one with v2, which has the same content`. */
function absorbedIn(after: Json): string {
  const [was] = numbersIn(after, "was");
  const [into] = numbersIn(after);
  if (was === undefined || into === undefined) return WORDS["version-absorbed"];
  return was === into
    ? `v${was} ${WORDS["version-absorbed"]}`
    : `v${was} became one with v${into}, which has the same content`;
}

function fieldsOf(after: Json): string {
  return isJsonObject(after) ? Object.keys(after).map(fieldName).join(", ") : "";
}

function fieldName(key: string): string {
  return key === "keep" ? "keep rule" : key;
}

function bytesIn(after: Json): string | null {
  const bytes = isJsonObject(after) ? after["freedBytes"] : undefined;
  return typeof bytes === "number" ? `${formatBytes(bytes)} freed` : null;
}

function text(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

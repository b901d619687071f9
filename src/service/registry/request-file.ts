// Requests as files: signed by who asks, sent by hand, read with suspicion [P6 E3].
import { CairnError } from "../../core/errors.ts";
import { isJsonObject } from "../../core/json.ts";
import { checkName } from "../../core/names.ts";
import { readRequest } from "../../core/registry/event-text.ts";
import { formatPlace } from "../../core/registry/names.ts";
import { checkPermission } from "../../core/registry/permit.ts";
import type { RegistryName, SignedRequest } from "../../core/registry/records.ts";
import type { PromotionRequest, RegistryState } from "../../core/registry/state.ts";
import { findLiveCollection, nameOf } from "../../core/registry/views.ts";
import { formatVersion } from "../../core/version.ts";
import { verifyRequest } from "./signing.ts";

const FORMAT = "cairn-promotion-request";
const VERSION = 1;
/** A note has at most 20,000 characters, each of which JSON may write as six. */
const MAX_LENGTH = 200_000;

/** A request that is its asker's, and what the registry is called where it comes from. */
interface ReadRequest {
  readonly signed: SignedRequest;
  /** Only for messages: nobody signed it. */
  readonly registryName: string;
}

/** The text of a file. */
export function formatRequestFile(registryName: RegistryName, request: SignedRequest): string {
  const file = { format: FORMAT, version: VERSION, registryName, request };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The request in a file's text, its signature checked. Throws `invalid_log`, `signing_unavailable`. */
export async function parseRequestFile(text: string): Promise<ReadRequest> {
  const file = parseJson(text);
  if (!isJsonObject(file) || file["format"] !== FORMAT)
    throw invalidRequest("it isn't written as requests are");
  if (file["version"] !== VERSION)
    throw invalidRequest(
      "it is written in a way this Cairn doesn't know; reload to get a newer one",
    );
  const signed = readRequest(file["request"]);
  if ("reason" in signed) throw invalidRequest(signed.reason);
  if (!(await verifyRequest(signed)))
    throw invalidRequest("its signature is not that of who it says it is from");
  return { signed, registryName: nameIn(file["registryName"]) ?? signed.registry };
}

/**
 * The request of a file in its registry, as the log knows it where it does.
 *
 * @throws CairnError `invalid_log` where it is for another registry, its asker may not ask, or its
 *   number means another version here
 */
export function requestIn(state: RegistryState, signed: SignedRequest): PromotionRequest {
  if (signed.registry !== state.uid) throw invalidRequest("it is for another registry");
  const { ask, actor, at } = signed;
  const logged = state.requests.get(ask.request);
  if (logged !== undefined) return logged;
  const refusal = checkPermission(state, actor, "ask_promotion");
  if (refusal !== null) {
    const { role, needed } = refusal.data;
    throw invalidRequest(
      `${nameOf(state, actor)} is ${role} in “${state.name}”, and only ${needed} may ask`,
    );
  }
  const link = findLiveCollection(state, ask.collection)?.links.get(ask.number);
  if (link?.isLive !== true || link.source.version !== ask.source) {
    const place = formatPlace(state.name, ask.collection, formatVersion(ask.number));
    throw invalidRequest(`“${place}” is not here, or no longer the version that was asked for`);
  }
  return { ...ask, askedAt: at, askedBy: actor, settled: null };
}

/** A file that can't be used, and why. */
export function invalidRequest(reason: string): CairnError<"invalid_log"> {
  return new CairnError("invalid_log", { what: "request", line: null, reason });
}

function parseJson(text: string): unknown {
  if (text.length > MAX_LENGTH) throw invalidRequest("it is longer than requests can be");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CairnError(
      "invalid_log",
      { what: "request", line: null, reason: "it is no JSON" },
      { cause: error },
    );
  }
}

function nameIn(value: unknown): string | null {
  return typeof value === "string" && checkName("registry", value) === null ? value : null;
}

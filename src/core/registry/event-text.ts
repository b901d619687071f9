// The canonical texts of a registry's events and requests: what is hashed, and what is signed [E2 E3].
import { asJson, canonicalJson, type JsonObject } from "../json.ts";
import type { RegistryEvent, SignedRequest } from "./records.ts";

// A line in front says what a signature is for, so that none can pass for another.
const EVENT_DOMAIN = "cairn-registry-event:1\n";
const REQUEST_DOMAIN = "cairn-registry-request:1\n";

/** What the digest of an event is taken of: canonical JSON, signature and all. */
export function eventText(event: RegistryEvent): string {
  return canonicalJson(asJson(event));
}

/** What its actor signs. */
export function signedText(event: Omit<RegistryEvent, "signature">): string {
  return EVENT_DOMAIN + canonicalJson(unsigned(asJson(event)));
}

/** What somebody who asks by file signs. */
export function requestText(request: Omit<SignedRequest, "signature">): string {
  return REQUEST_DOMAIN + canonicalJson(unsigned(asJson(request)));
}

/** Also of what has a signature already: it is no part of what is signed. */
function unsigned(value: JsonObject): JsonObject {
  const { signature: _, ...rest } = value;
  return rest;
}

export { readEvent, readRequest } from "./event-reader.ts";

// What a person asks for, in the terms of a registry's log.
import { CairnError } from "../../core/errors.ts";
import type { Alias } from "../../core/names.ts";
import type { PromotionAsk, RequestUid } from "../../core/registry/records.ts";
import type { PromotionRequest, RegistryState } from "../../core/registry/state.ts";
import { getLiveCollection } from "../../core/registry/views.ts";
import type { VersionNumber } from "../../core/version.ts";
import { getLiveLink } from "./find-link.ts";
import { parseLongText } from "./long-text.ts";

/** What is wished for, before it is known to be there. */
export interface Wish {
  readonly collection: string;
  readonly number: VersionNumber;
  readonly alias: Alias;
  readonly note: string;
}

/** A wish as a request, with the version that its number means now. Throws `not_found`. */
export function askFor(
  state: RegistryState,
  { collection: name, number, alias, note }: Wish,
  request: RequestUid,
): PromotionAsk {
  const collection = getLiveCollection(state, name);
  const { source } = getLiveLink(state, collection, number);
  return { request, collection: collection.name, alias, number, source: source.version, note };
}

/** A request of the log. Throws `not_found`. */
export function getRequest({ requests }: RegistryState, uid: RequestUid): PromotionRequest {
  const request = requests.get(uid);
  if (request === undefined) throw new CairnError("not_found", { what: "request", name: uid });
  return request;
}

/** A note to a request or its answer. Throws `invalid_text`. */
export function parseNote(text: string): string {
  return parseLongText("note", text.trim());
}

// Metadata and configs as JavaScript values.
import { errorOf } from "../../core/errors.ts";
import { findNonJson, type JsonObject } from "../../core/json.ts";
import { parseMetadata } from "../../core/metadata.ts";

/** The value as kept: plain JSON within the limits. Throws `invalid_metadata`. */
export function checkedJson(value: object): JsonObject {
  const reason = findNonJson(value);
  if (reason !== null) throw errorOf({ code: "invalid_metadata", data: { reason } });
  return parseMetadata(JSON.stringify(value));
}

// Times as callers write them.
import { CairnError } from "../../core/errors.ts";
import { isIsoTime } from "../../core/spec.ts";

/** An ISO date or date-time. Throws `invalid_text`: one that is none would be a time that never was. */
export function checkedTime(field: string, time: string): string {
  if (isIsoTime(time)) return time;
  const reason = `“${time}” is no ISO date or date-time, such as 2026-03-01 or 2026-03-01T12:00:00Z`;
  throw new CairnError("invalid_text", { field, reason });
}

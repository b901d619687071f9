// Points in time as people and programs write them.
import { CairnError } from "./errors.ts";

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Whether a text is a date, or a date-time with its zone, as specs take them behind “@”. */
export function isIsoTime(text: string): boolean {
  if (!ISO_TIME.test(text) || Number.isNaN(Date.parse(text))) return false;
  // V8 turns February 31 into March 2, where other engines refuse it.
  const day = text.slice(0, "2024-02-31".length);
  return new Date(day).toISOString().startsWith(day);
}

/**
 * An ISO date or date-time.
 *
 * @param field what it is for, in the error
 * @throws CairnError `invalid_text`: what is no time would be one that never was
 */
export function parseIsoTime(field: string, text: string): string {
  if (isIsoTime(text)) return text;
  const reason = `“${text}” is no ISO date or date-time, such as 2026-03-01 or 2026-03-01T12:00:00Z`;
  throw new CairnError("invalid_text", { field, reason });
}

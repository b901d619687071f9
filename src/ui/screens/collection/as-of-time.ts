// Times to look back to: between what a field holds, a slider's place, and the text in the URL.

/** How finely the slider divides a registry's life. */
export const STEPS = 1000;

/** Such as `2026-03-01T14:05:00Z`: without the fraction that nobody types. */
export function toAsOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The moment that a date or date-time means, a date its end in UTC; `null` for another text. */
export function momentOf(asOf: string): number | null {
  const text = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59Z` : asOf;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** What a `datetime-local` field holds for a moment, in the person's own time zone. */
export function toFieldText(ms: number): string {
  const local = ms - new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(local).toISOString().slice(0, "2026-03-01T14:05:00".length);
}

/** The moment in a `datetime-local` field, or `null` while it isn't whole: a year half typed is long ago. */
export function fromFieldText(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

/** Where a moment stands between the beginning and now, from 0 to {@link STEPS}. */
export function stepOf(ms: number, since: number, now: number): number {
  if (now <= since) return STEPS;
  const share = (ms - since) / (now - since);
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}

/** The moment of a place on the slider, to the second. */
export function momentAt(step: number, since: number, now: number): number {
  const ms = since + (step / STEPS) * (now - since);
  return Math.round(ms / 1000) * 1000;
}

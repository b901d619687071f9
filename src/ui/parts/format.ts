// Numbers and times as people read them. Decimal units, as file managers and disks use.

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Making one of these takes longer than using it a hundred times, and a list uses several a row.
const counts = new Intl.NumberFormat("en");
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat("en", { timeStyle: "short" });
const times = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** `0 B`, `512 B`, `1.5 kB`, `23 MB`, `1.24 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${trimZeros(value.toFixed(digits))} ${UNITS[unit] ?? ""}`;
}

/** `1,234 files`, `1 file`. */
export function formatCount(
  count: number,
  singular: string,
  plural: string = `${singular}s`,
): string {
  return `${counts.format(count)} ${count === 1 ? singular : plural}`;
}

/** `124 MB/s`; nothing while there is no rate. */
export function formatRate(bytesPerSecond: number | null): string {
  return bytesPerSecond === null || !Number.isFinite(bytesPerSecond)
    ? ""
    : `${formatBytes(bytesPerSecond)}/s`;
}

/** `less than a second`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return "less than a second";
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return joined(Math.floor(whole / MINUTE), "min", whole % MINUTE, "s");
  return joined(Math.floor(whole / HOUR), "h", Math.floor((whole % HOUR) / MINUTE), "min");
}

/** `just now`, `5 minutes ago`, `yesterday`; a date when older than a month. */
export function formatAgo(iso: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (seconds < 45) return "just now";
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return relative.format(-minutes, "minute");
  const hours = Math.round(seconds / HOUR);
  if (hours < 24) return relative.format(-hours, "hour");
  if (seconds < 30 * DAY) return relative.format(-Math.round(seconds / DAY), "day");
  return dates.format(Date.parse(iso));
}

/** Date and time to the minute, in the person's own time zone. */
export function formatTime(iso: string): string {
  return times.format(Date.parse(iso));
}

/** The time of the day to the minute, in the person's own time zone. */
export function formatClock(iso: string): string {
  return clock.format(Date.parse(iso));
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

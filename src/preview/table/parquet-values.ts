// Values of Parquet as text, without losing digits.
import type { ParquetParsers, TimeUnit } from "hyparquet";
import { cutCell } from "./cells.ts";

const MAX_ITEMS = 500;
const MAX_HEX = 64;
const DAY_MS = 86_400_000n;

/** Makes text where the library would make dates, which lose what is finer than a millisecond. */
export const TEXT_PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis: bigint) => timestampText(millis, 3),
  timestampFromMicroseconds: (micros: bigint) => timestampText(micros, 6),
  timestampFromNanoseconds: (nanos: bigint) => timestampText(nanos, 9),
  dateFromDays: (days: number) => dateText(BigInt(days) * DAY_MS) ?? String(days),
  jsonFromBytes: textOfBytes,
  geometryFromBytes: bytesText,
  geographyFromBytes: bytesText,
};

function timestampText(units: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const fraction = ((units % scale) + scale) % scale;
  const seconds = (units - fraction) / scale;
  const date = new Date(Number(seconds * 1000n));
  if (Number.isNaN(date.getTime())) return String(units);
  const whole = date.toISOString().slice(0, -5).replace("T", " ");
  return fraction === 0n ? whole : `${whole}.${trimZeros(fraction, digits)}`;
}

function dateText(millis: bigint): string | null {
  const date = new Date(Number(millis));
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/T.*/, "");
}

/** A time of day. */
export function timeText(value: unknown, unit: TimeUnit): string | null {
  if (typeof value !== "number" && typeof value !== "bigint") return valueText(value);
  const digits = unit === "MILLIS" ? 3 : unit === "MICROS" ? 6 : 9;
  const text = timestampText(BigInt(value), digits);
  return text.startsWith("1970-01-01 ") ? text.slice(11) : String(value);
}

/** An exact decimal from its unscaled number. */
export function decimalText(value: unknown, scale: number): string | null {
  const unscaled =
    value instanceof Uint8Array
      ? signed(value)
      : typeof value === "number" || typeof value === "bigint"
        ? BigInt(value)
        : null;
  if (unscaled === null) return valueText(value);
  if (!(scale > 0 && scale < 1000)) return String(unscaled);
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Big-endian two's complement. */
function signed(bytes: Uint8Array): bigint | null {
  if (bytes.length === 0 || bytes.length > 64) return null;
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

function trimZeros(fraction: bigint, digits: number): string {
  return String(fraction).padStart(digits, "0").replace(/0+$/, "");
}

/** Any value as text; `null` for none. Nested ones are JSON, long lists cut. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return cutCell(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  if (value instanceof Uint8Array) return cutCell(textOfBytes(value));
  try {
    return cutCell(JSON.stringify(value, plainJson) ?? "");
  } catch {
    return "(nested too deeply to show)";
  }
}

function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array) return textOfBytes(value);
  const list =
    ArrayBuffer.isView(value) && !(value instanceof DataView)
      ? [...(value as Float64Array)]
      : value;
  return Array.isArray(list) && list.length > MAX_ITEMS ? [...list.slice(0, MAX_ITEMS), "…"] : list;
}

/** Bytes as the text they are, or in hex. */
export function textOfBytes(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "";
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? bytesText(bytes) : text;
  } catch {
    return bytesText(bytes);
  }
}

function bytesText(bytes: Uint8Array): string {
  const hex = [...bytes.subarray(0, MAX_HEX)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return `0x${hex}${bytes.length > MAX_HEX ? `… (${bytes.length.toLocaleString("en")} bytes)` : ""}`;
}

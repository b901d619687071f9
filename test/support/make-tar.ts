// Writes tar archives, header by header.
import { joinBytes, utf8, type Bytes } from "./byte-writer.ts";

export interface TarPart {
  readonly name: string;
  readonly bytes?: Uint8Array;
  /** The type flag: `0` a file, `5` a folder, `2` a symbolic link, `x` pax, `L` a long name of GNU tar. */
  readonly type?: string;
  /** What the header claims, where that is a lie. */
  readonly size?: number;
  /** Seconds since 1970. */
  readonly modified?: number;
  readonly prefix?: string;
}

/** A tar archive with its two empty blocks at the end. */
export function makeTar(parts: readonly TarPart[]): Bytes {
  return joinBytes([...parts.map(tarPart), new Uint8Array(1024)]);
}

/** A header and its padded body. */
export function tarPart(part: TarPart): Bytes {
  const body = part.bytes ?? new Uint8Array();
  const header = new Uint8Array(512);
  const put = (at: number, text: string): void => header.set(utf8(text), at);
  const octal = (at: number, width: number, value: number): void =>
    put(at, value.toString(8).padStart(width - 1, "0"));
  put(0, part.name);
  octal(100, 8, 0o644);
  octal(108, 8, 0);
  octal(116, 8, 0);
  octal(124, 12, part.size ?? body.length);
  octal(136, 12, part.modified ?? 0);
  put(148, "        ");
  put(156, part.type ?? "0");
  put(257, "ustar\u000000");
  put(345, part.prefix ?? "");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\u0000 `);
  return joinBytes([header, body, new Uint8Array(-body.length & 511)]);
}

/** The body of a pax header. */
export function paxRecords(records: Readonly<Record<string, string>>): Bytes {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const restBytes = utf8(rest).length;
    let length = restBytes + 1;
    while (String(length).length + restBytes !== length) length++;
    return utf8(`${length}${rest}`);
  });
  return joinBytes(lines);
}

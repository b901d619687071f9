// Zips: sound ones, huge ones, and ones that lie.
import { zipSync, type Zippable } from "fflate";
import { describe, expect, test } from "vitest";
import { openZip } from "../../../src/preview/archives/zip.ts";
import type { ArchivePreview } from "../../../src/protocol/preview-api.ts";
import { utf8, type Bytes } from "../../support/byte-writer.ts";
import { codeOf } from "../../support/errors.ts";
import { previewFile, type WatchedFile } from "../../support/preview-file.ts";

async function open(content: Bytes | WatchedFile): Promise<Omit<ArchivePreview, "alternatives">> {
  const file = content instanceof Uint8Array ? previewFile(content, "a.zip") : content;
  const { preview } = await openZip(file);
  if (preview.kind !== "archive") throw new Error(`opened as ${preview.kind}`);
  return preview;
}

function zip(files: Zippable): Bytes {
  return new Uint8Array(zipSync(files));
}

/** Where the directory's entries begin. */
function directoryOffsets(bytes: Bytes): readonly number[] {
  const offsets: number[] = [];
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 <= bytes.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) offsets.push(at);
  return offsets;
}

/** A zip whose directory was changed. */
function lyingZip(
  files: Zippable,
  lie: (view: DataView, entries: readonly number[]) => void,
): Bytes {
  const bytes = zip(files);
  lie(new DataView(bytes.buffer), directoryOffsets(bytes));
  return bytes;
}

const AT = { mtime: new Date("2024-05-06T07:08:10Z") };

/** The machine of a test may be busy with others. */
const LONG = 60_000;

describe("a sound zip", () => {
  test("is listed in its order, and its contents stay unread", async () => {
    const noise = Uint8Array.from({ length: 2_000_000 }, (_, index) => (index * index * 31) >>> 7);
    const file = previewFile(
      zip({
        "data/": [new Uint8Array(), AT],
        "data/größe.txt": [utf8("hello hello hello hello hello"), AT],
        "noise.bin": [noise, { ...AT, level: 0 }],
      }),
      "a.zip",
    );
    const preview = await open(file);
    expect(preview).toMatchObject({
      kind: "archive",
      format: "zip",
      notes: [],
      entryCount: 3,
      sizeBytes: 2_000_029,
      entries: [
        { path: "data/", isFolder: true, sizeBytes: 0 },
        {
          path: "data/größe.txt",
          isFolder: false,
          sizeBytes: 29,
          modifiedAt: AT.mtime.toISOString(),
        },
        { path: "noise.bin", isFolder: false, sizeBytes: 2_000_000, packedBytes: 2_000_000 },
      ],
    });
    expect(preview.entries[1]?.packedBytes).toBeLessThan(29);
    expect(file.bytesRead()).toBeLessThan(200_000);
  });

  test("may be empty", async () => {
    expect(await open(zip({}))).toMatchObject({ entryCount: 0, entries: [], notes: [] });
  });

  test("behind other data is listed, with a note", async () => {
    const inner = zip({ a: utf8("hello") });
    const bytes = new Uint8Array(5000 + inner.length);
    bytes.set(inner, 5000);
    const preview = await open(bytes);
    expect(preview.entries.map(({ path }) => path)).toEqual(["a"]);
    expect(preview.notes.join(" ")).toContain("Other data come before the archive");
  });

  test(
    "of 110,000 entries lists as many as promised and counts them all",
    async () => {
      const preview = await open(manyEntries(110_000));
      expect(preview.entries).toHaveLength(100_000);
      expect(preview.entryCount).toBe(110_000);
      expect(preview.sizeBytes).toBe(110_000 * 3);
      expect(preview.notes).toContain("Only the first 100,000 of 110,000 entries are listed.");
    },
    LONG,
  );
});

/** A Zip64 directory of entries alone: there are no contents, as listing needs none. */
function manyEntries(count: number): Bytes {
  const bytes = new Uint8Array(count * (46 + 8) + 56 + 20 + 22);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index++) {
    const at = index * 54;
    view.setUint32(at, 0x02014b50, true);
    view.setUint32(at + 20, 3, true);
    view.setUint32(at + 24, 3, true);
    view.setUint16(at + 28, 8, true);
    bytes.set(utf8(String(index).padStart(8, "0")), at + 46);
  }
  const end = count * 54;
  view.setUint32(end, 0x06064b50, true);
  view.setBigUint64(end + 4, 44n, true);
  view.setBigUint64(end + 24, BigInt(count), true);
  view.setBigUint64(end + 32, BigInt(count), true);
  view.setBigUint64(end + 40, BigInt(end), true);
  view.setBigUint64(end + 48, 0n, true);
  view.setUint32(end + 56, 0x07064b50, true);
  view.setBigUint64(end + 64, BigInt(end), true);
  view.setUint32(end + 72, 1, true);
  view.setUint32(end + 76, 0x06054b50, true);
  view.setUint16(end + 84, 0xffff, true);
  view.setUint16(end + 86, 0xffff, true);
  view.setUint32(end + 88, 0xffffffff, true);
  view.setUint32(end + 92, 0xffffffff, true);
  return bytes;
}

describe("a zip that is odd in parts is listed with notes", () => {
  test("paths that lead out, and hidden characters in them", async () => {
    const preview = await open(
      zip({ "../up": utf8("1"), "/abs": utf8("2"), "ok\u202e": utf8("3") }),
    );
    expect(preview.entryCount).toBe(3);
    expect(preview.notes).toEqual([
      "2 entries have paths that lead out of the archive, the first of them “../up”.",
    ]);
  });

  test("an encrypted entry", async () => {
    const preview = await open(
      lyingZip({ a: utf8("hello") }, (view, [at = 0]) => view.setUint16(at + 8, 1, true)),
    );
    expect(preview.notes).toContain("“a” is encrypted.");
  });

  test("sizes that packed bytes can't hold", async () => {
    const preview = await open(
      lyingZip({ a: utf8("hello") }, (view, [at = 0]) => view.setUint32(at + 24, 4e9, true)),
    );
    expect(preview.sizeBytes).toBe(4e9);
    expect(preview.notes).toEqual(["“a” claims a size that its packed bytes can't hold."]);
  });

  test("entries that share their bytes, as in a bomb", async () => {
    const preview = await open(
      lyingZip({ a: utf8("hello"), b: utf8("world") }, (view, [, at = 0]) =>
        view.setUint32(at + 42, 0, true),
      ),
    );
    expect(preview.notes.join(" ")).toContain("shares its packed bytes with another entry");
  });

  test("an entry outside of the file", async () => {
    const preview = await open(
      lyingZip({ a: utf8("hello") }, (view, [at = 0]) => view.setUint32(at + 42, 0xfffffff0, true)),
    );
    expect(preview.notes.join(" ")).toContain("“a” lies outside of the file");
  });

  test("a directory that is damaged after its first entry", async () => {
    const preview = await open(
      lyingZip({ a: utf8("hello"), b: utf8("world") }, (view, [, at = 0]) => view.setUint32(at, 0)),
    );
    expect(preview.entries.map(({ path }) => path)).toEqual(["a"]);
    expect(preview.notes).toContain(
      "The rest of the archive can't be read: its list of entries is damaged or missing.",
    );
  });
});

describe("a file that is none is refused with a reason", () => {
  /** An end record that claims a directory. */
  const endRecord = (claims: { entries: number; size: number; offset: number }): Bytes => {
    const bytes = new Uint8Array(22);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, claims.entries, true);
    view.setUint16(10, claims.entries, true);
    view.setUint32(12, claims.size, true);
    view.setUint32(16, claims.offset, true);
    return bytes;
  };

  test.each([
    ["empty", new Uint8Array()],
    ["text", utf8("PK\u0003\u0004 and nothing more, for a long while")],
    ["cut off", zip({ a: utf8("hello") }).slice(0, 40)],
    ["a directory of 4 GB", endRecord({ entries: 5, size: 0xfffffff0, offset: 0 })],
    ["a directory beyond the file", endRecord({ entries: 5, size: 100, offset: 0xfffffff0 })],
    ["65,534 entries in nothing", endRecord({ entries: 65_534, size: 0, offset: 0 })],
  ])("%s", async (_, content) => {
    expect(await codeOf(open(content))).toBe("file_unreadable");
  });

  test("a directory that takes gigabytes is not read", async () => {
    const record = endRecord({ entries: 65_000, size: 0xffff0000, offset: 0 });
    let largest = 0;
    const size = 0xffff0000 + record.length;
    const source = {
      size,
      read: async (start: number, end: number) => {
        largest = Math.max(largest, end - start);
        const bytes = new Uint8Array(Math.min(end - start, 1 << 20));
        if (end >= size) bytes.set(record, bytes.length - record.length);
        // The directory begins as one does.
        if (start === 0) new DataView(bytes.buffer).setUint32(0, 0x02014b50, true);
        return bytes;
      },
    };
    const file = { ...previewFile(record, "a.zip"), source };
    await expect(openZip(file)).rejects.toThrow("256 MiB");
    expect(largest).toBeLessThan(1 << 20);
  });
});

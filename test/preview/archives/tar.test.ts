// Tars of each dialect, packed or not, and ones that lie.
import { gzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { gzipInput, plainInput } from "../../../src/preview/archives/tar-input.ts";
import { openTar } from "../../../src/preview/archives/tar.ts";
import type { ArchivePreview } from "../../../src/protocol/preview-api.ts";
import { joinBytes, utf8, type Bytes } from "../../support/byte-writer.ts";
import { codeOf } from "../../support/errors.ts";
import { makeTar, paxRecords, tarPart } from "../../support/make-tar.ts";
import { hugeFile, previewFile, type WatchedFile } from "../../support/preview-file.ts";

async function open(content: Bytes | WatchedFile): Promise<Omit<ArchivePreview, "alternatives">> {
  const file = content instanceof Uint8Array ? previewFile(content, "a.tar") : content;
  // Time stands still: how busy the machine is must not cut a list.
  const { preview } = await openTar(file, () => 0);
  if (preview.kind !== "archive") throw new Error(`opened as ${preview.kind}`);
  return preview;
}

function packed(bytes: Uint8Array): Bytes {
  return new Uint8Array(gzipSync(bytes));
}

const LONG_NAME = `${"folder/".repeat(30)}größe.txt`;
const SMALL = makeTar([
  { name: "data/", type: "5", modified: 1_700_000_000 },
  { name: "data/a.txt", bytes: utf8("hello"), modified: 1_700_000_000 },
  { name: "b.bin", bytes: new Uint8Array(1000), prefix: "deep/er" },
]);

/** The machine of a test may be busy with others. */
const LONG = 60_000;

describe("a sound tar", () => {
  test("is listed in its order", async () => {
    expect(await open(SMALL)).toEqual({
      kind: "archive",
      format: "tar",
      notes: [],
      entryCount: 3,
      sizeBytes: 1005,
      entries: [
        {
          path: "data/",
          isFolder: true,
          sizeBytes: 0,
          packedBytes: null,
          modifiedAt: "2023-11-14T22:13:20.000Z",
        },
        {
          path: "data/a.txt",
          isFolder: false,
          sizeBytes: 5,
          packedBytes: null,
          modifiedAt: "2023-11-14T22:13:20.000Z",
        },
        {
          path: "deep/er/b.bin",
          isFolder: false,
          sizeBytes: 1000,
          packedBytes: null,
          modifiedAt: null,
        },
      ],
    });
  });

  test("is the same inside gzip", async () => {
    expect(await open(packed(SMALL))).toEqual(await open(SMALL));
  });

  test("long names come from pax and from GNU tar", async () => {
    const preview = await open(
      makeTar([
        { name: "pax", type: "x", bytes: paxRecords({ path: LONG_NAME, mtime: "1.5" }) },
        { name: "short", bytes: utf8("1") },
        { name: "././@LongLink", type: "L", bytes: utf8(`${LONG_NAME}\u0000`) },
        { name: "short", bytes: utf8("22") },
        { name: "plain", bytes: utf8("333") },
      ]),
    );
    expect(preview.entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      [LONG_NAME, 1],
      [LONG_NAME, 2],
      ["plain", 3],
    ]);
    expect(preview.entries[0]?.modifiedAt).toBe("1970-01-01T00:00:01.500Z");
    expect(preview.notes).toEqual([]);
  });

  test("sizes beyond octal come from pax and in base 256, and bodies stay unread", async () => {
    const large = 20e9;
    const binary = tarPart({ name: "binary.bin" });
    const view = new DataView(binary.buffer);
    view.setUint32(124, 0x80000000);
    view.setBigUint64(128, BigInt(large));
    view.setUint8(148, 0x20);
    const sum = binary.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    binary.set(utf8(`${sum.toString(8).padStart(6, "0")}\u0000 `), 148);
    const head = joinBytes([
      tarPart({ name: "pax", type: "x", bytes: paxRecords({ size: "3" }) }),
      tarPart({ name: "small", bytes: utf8("abc"), size: 0 }),
      binary,
    ]);
    const file = hugeFile(head, head.length + large, "large.tar");
    const preview = await open(file);
    expect(preview.entries.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ["small", 3],
      ["binary.bin", large],
    ]);
    expect(preview.notes).toEqual([]);
  });

  test("links, devices, sparse files and paths that lead out are noted", async () => {
    const sparse = tarPart({ name: "sparse.img", type: "S", bytes: new Uint8Array(512) });
    sparse.set(utf8("00000100000\u0000"), 483);
    sparse.set(utf8("        "), 148);
    const sum = sparse.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    sparse.set(utf8(`${sum.toString(8).padStart(6, "0")}\u0000 `), 148);
    const preview = await open(
      joinBytes([
        tarPart({ name: "link", type: "2", size: 99_999 }),
        tarPart({ name: "hard", type: "1" }),
        tarPart({ name: "null", type: "3" }),
        tarPart({ name: "../../etc/passwd" }),
        sparse,
        new Uint8Array(1024),
      ]),
    );
    expect(preview.entryCount).toBe(5);
    expect(preview.entries.at(-1)).toMatchObject({ path: "sparse.img", sizeBytes: 32_768 });
    expect(preview.notes).toEqual([
      "“link” is a symbolic link.",
      "“hard” is a link to another entry.",
      "“null” is a device or a pipe.",
      "“../../etc/passwd” has a path that leads out of the archive.",
      "“sparse.img” is a sparse file: it takes less space in the archive than unpacked.",
    ]);
  });

  test(
    "of 110,000 entries lists as many as promised and counts them all",
    async () => {
      const part = tarPart({ name: "a" });
      const bytes = new Uint8Array(512 * 110_000);
      for (let at = 0; at < bytes.length; at += 512) bytes.set(part, at);
      const preview = await open(bytes);
      expect(preview.entries).toHaveLength(100_000);
      expect(preview.entryCount).toBe(110_000);
      expect(preview.notes).toEqual(["Only the first 100,000 of 110,000 entries are listed."]);
    },
    LONG,
  );
});

describe("a tar that is odd in parts is listed with notes", () => {
  test("cut off in a header, in a body, and with a damaged header", async () => {
    const inHeader = await open(SMALL.slice(0, 512 * 2 + 100));
    expect(inHeader.entryCount).toBe(2);
    expect(inHeader.notes).toEqual(["The archive is cut off inside its last entry."]);
    const inBody = await open(SMALL.slice(0, 512 * 4 + 100));
    expect(inBody.entryCount).toBe(3);
    expect(inBody.notes).toEqual(["The archive is cut off inside its last entry."]);
    const damaged = SMALL.slice();
    damaged.fill(7, 512 * 3, 512 * 3 + 50);
    const preview = await open(damaged);
    expect(preview.entryCount).toBe(2);
    expect(preview.notes).toEqual([
      "The rest of the archive can't be read: a header in it is damaged.",
    ]);
  });

  test("a body that claims more than any file has", async () => {
    const preview = await open(makeTar([{ name: "a", size: 8 ** 11 - 1 }]));
    expect(preview.entryCount).toBe(1);
    expect(preview.notes).toEqual(["The archive is cut off inside its last entry."]);
  });

  test("pax records without sense, and ones too long to be read", async () => {
    const preview = await open(
      makeTar([
        { name: "p", type: "x", bytes: utf8("99999999999 path=x\n") },
        { name: "kept" },
        { name: "p", type: "x", bytes: new Uint8Array(2 << 20) },
        { name: "kept too" },
      ]),
    );
    expect(preview.entries.map(({ path }) => path)).toEqual(["kept", "kept too"]);
    expect(preview.notes).toEqual(["“p” has a description that is too long to be read."]);
  });

  test("packed data that are cut off", async () => {
    const noise = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251);
    const whole = packed(makeTar([{ name: "a" }, { name: "b", bytes: noise }, { name: "c" }]));
    const preview = await open(whole.slice(0, whole.length - 200));
    expect(preview.entries.map(({ path }) => path).slice(0, 2)).toEqual(["a", "b"]);
    expect(preview.notes).toEqual([
      "The packed data are damaged or cut off, so the list may not be complete.",
    ]);
  });

  test("reading ends when its time is over", async () => {
    let now = 0;
    const input = plainInput(previewFile(SMALL, "a.tar").source, () => (now += 3000));
    expect(await input.read(512)).toHaveLength(512);
    expect(await input.read(512)).toHaveLength(0);
    expect(input.stoppedBy()).toContain("Only the first part");
  });

  test("a packed bomb is left when its time is over", async () => {
    const bomb = packed(
      joinBytes([
        tarPart({ name: "a" }),
        tarPart({ name: "zeros", size: 8 ** 11 - 1 }),
        new Uint8Array(8 << 20),
      ]),
    );
    let now = 0;
    const input = gzipInput(new Blob([bomb]), () => (now += 200));
    expect((await input.read(512)).length).toBe(512);
    expect(await input.skip(8 ** 11)).toBe(false);
    input.close();
    expect(input.stoppedBy()).toContain("Only the first part");
  });
});

describe("a file that is none is refused with a reason", () => {
  test.each([
    ["empty", new Uint8Array(), "ends in the middle"],
    ["text", utf8("not a tar ".repeat(100)), "no tar header"],
    ["a wrong checksum", SMALL.map((byte, at) => (at === 3 ? byte + 1 : byte)), "no tar header"],
    ["gzip of text", packed(utf8("not a tar ".repeat(100))), "no tar"],
    ["gzip of nothing", packed(new Uint8Array()), "no tar"],
    ["broken gzip", Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9), "damaged"],
  ])("%s", async (_, content, reason) => {
    const file = previewFile(new Uint8Array(content), "a.tar");
    expect(await codeOf(openTar(file))).toBe("file_unreadable");
    await expect(openTar(file)).rejects.toThrow(reason);
  });
});

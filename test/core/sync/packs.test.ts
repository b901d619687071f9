import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import type { Digest } from "../../../src/core/digest.ts";
import type { FileEntry } from "../../../src/core/manifest.ts";
import { parsePath } from "../../../src/core/path.ts";
import { packNames, planPacks, planTar } from "../../../src/core/sync/packs.ts";
import {
  END_BYTES,
  headerBytes,
  memberHeader,
  paddingOf,
} from "../../../src/core/sync/tar-header.ts";
import { openTar } from "../../../src/preview/archives/tar.ts";
import { Dice } from "../../model/dice.ts";
import { previewFile } from "../../support/preview-file.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const dice = new Dice(6);
/** Not the digest of any bytes: only what it begins with matters here. */
const anyDigest = (): Digest => {
  const part = (): string =>
    dice
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return `blake3:${Array.from({ length: 8 }, part).join("")}` as Digest;
};
const file = (path: string, size: number): FileEntry => ({
  path: parsePath(path),
  size,
  digest: anyDigest(),
});
const files = (count: number, size: number): FileEntry[] =>
  Array.from({ length: count }, (_, i) => file(`f${String(i).padStart(6, "0")}`, size));

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe("what is packed", () => {
  test.each([
    ["few files", files(200, KIB), 200, 0],
    ["large files", files(300, 64 * KIB), 300, 0],
    ["many small files", files(201, KIB), 0, 201],
    [
      "those from 256 KiB on",
      [...files(250, KIB), file("g", 256 * KIB), file("h", 256 * KIB - 1)],
      1,
      251,
    ],
    ["empty ones not", [...files(250, KIB), file("g", 0)], 0, 250],
    ["empty ones don't count", [...files(200, KIB), file("g", 0)], 200, 0],
  ])("%s", (_, given, alone, packed) => {
    const plan = planPacks(given);
    expect(plan.alone).toHaveLength(alone);
    expect(plan.packs.flat()).toHaveLength(packed);
  });

  const many = files(20_000, 10 * KIB);

  test("packs come to some MiB each, and have all files in order", () => {
    const { packs } = planPacks(many);
    expect(packs.flat()).toEqual(many);
    expect(packs.length).toBeGreaterThan(20);
    expect(packs.length).toBeLessThan(120);
    for (const pack of packs) expect(planTar(pack).sizeBytes).toBeLessThanOrEqual(32 * MIB);
  });

  test("no pack is larger than 32 MiB, wherever the content would end it", () => {
    const endless = many.map((each) => ({ ...each, digest: `blake3:${"f".repeat(64)}` as Digest }));
    const sizes = planPacks(endless).packs.map((pack) => planTar(pack).sizeBytes);
    expect(sizes).toHaveLength(7);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(32 * MIB);
  });

  test.each([
    ["changed", many.with(9000, file("f009000", 10 * KIB))],
    ["gone", many.toSpliced(9000, 1)],
    ["added", many.toSpliced(9000, 0, file("f008999-b", 10 * KIB))],
  ])("one file %s changes few packs", (_, changed) => {
    const before = new Set(planPacks(many).packs.map((pack) => JSON.stringify(pack)));
    const other = planPacks(changed).packs.filter((pack) => !before.has(JSON.stringify(pack)));
    expect(other.length).toBeGreaterThanOrEqual(1);
    expect(other.length).toBeLessThanOrEqual(2);
  });

  test("their names are no file's", () => {
    const plan = planPacks([
      ...files(250, KIB),
      file("pack-0000.tar", MIB),
      file("_pack-0000.tar/x", MIB),
    ]);
    expect(packNames(plan)).toEqual(["__pack-0000.tar"]);
    expect(packNames(planPacks(many)).slice(0, 2)).toEqual(["pack-0000.tar", "pack-0001.tar"]);
  });
});

describe("a pack as a tar", () => {
  const paths = [
    "a.txt",
    "folder/b c#%.bin",
    "x".repeat(100),
    "y".repeat(101),
    `long/${"folder/".repeat(100)}file`,
    "ümlaut/日本/😀.txt",
    "-rf",
    `ä${"z".repeat(200)}`,
  ];
  const members = paths.map((path, i) => ({ path, bytes: Buffer.alloc(i * 300 + 1, `${i}`) }));
  const entries = members.map(({ path, bytes }) => file(path, bytes.length));

  const tarOf = (): Uint8Array<ArrayBuffer> => {
    const plan = planTar(entries);
    const tar = new Uint8Array(plan.sizeBytes);
    let end = 0;
    plan.members.forEach(({ offset, entry }, i) => {
      const header = memberHeader(entry);
      expect(header.length).toBe(headerBytes(entry));
      expect(offset - header.length).toBe(end);
      tar.set(header, end);
      tar.set(members[i]?.bytes ?? [], offset);
      end = offset + entry.size + paddingOf(entry.size);
      expect(end % 512).toBe(0);
    });
    expect(plan.sizeBytes).toBe(end + END_BYTES);
    return tar;
  };

  test("is what the tar command unpacks", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cairn-pack-"));
    folders.push(folder);
    await writeFile(join(folder, "pack.tar"), tarOf());
    const run = promisify(execFile);
    const { stderr } = await run("tar", ["-xf", "pack.tar"], { cwd: folder });
    expect(stderr).toBe("");
    for (const { path, bytes } of members)
      expect(await readFile(join(folder, path)).then((read) => read.equals(bytes))).toBe(true);
    const found = await stat(join(folder, "a.txt"));
    expect([found.mtimeMs, found.mode & 0o777]).toEqual([0, 0o644]);
    const { stdout } = await run("tar", ["--numeric-owner", "-tvf", "pack.tar"], { cwd: folder });
    expect(stdout.split("\n").filter((line) => line.startsWith("-rw-r--r-- 0/0 "))).toHaveLength(
      paths.length,
    );
  });

  test("is what a preview lists", async () => {
    const { preview } = await openTar(previewFile(tarOf(), "pack.tar"), () => 0);
    expect(preview).toMatchObject({
      notes: [],
      entries: members.map(({ path, bytes }) => ({ path, sizeBytes: bytes.length })),
    });
  });

  test("follows from its members alone", () => {
    expect(tarOf()).toEqual(tarOf());
    expect(planTar([]).sizeBytes).toBe(1024);
  });
});

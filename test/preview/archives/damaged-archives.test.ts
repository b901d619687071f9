// Archives damaged at random never end in anything but a list or a reason.
import { gzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { openTar } from "../../../src/preview/archives/tar.ts";
import { openZip } from "../../../src/preview/archives/zip.ts";
import type { Opener } from "../../../src/preview/opened.ts";
import { utf8 } from "../../support/byte-writer.ts";
import { makeTar, paxRecords } from "../../support/make-tar.ts";
import { outcomesOf } from "../../support/survives.ts";

const TAR = makeTar([
  { name: "pax", type: "x", bytes: paxRecords({ path: "long/name", size: "5" }) },
  { name: "a", bytes: utf8("hello") },
  { name: "folder/", type: "5" },
  { name: "b", bytes: utf8("world") },
]);
const ZIP = new Uint8Array(
  zipSync({
    "a.txt": utf8("hello hello hello"),
    "folder/b": [utf8("x"), { level: 0 }],
    é: utf8(""),
  }),
);

const CASES: readonly (readonly [string, Opener, readonly Uint8Array<ArrayBuffer>[]])[] = [
  ["tar", openTar, [TAR]],
  ["tar.gz", openTar, [new Uint8Array(gzipSync(TAR))]],
  ["zip", openZip, [ZIP]],
];

test.each(CASES)(
  "%s",
  async (name, open, files) => {
    // Only one of the two, and the damage was too small, or too large, to prove anything.
    expect(await outcomesOf(open, files, `a.${name}`, 500)).toEqual(
      new Set(["preview", "refused"]),
    );
  },
  60_000,
);

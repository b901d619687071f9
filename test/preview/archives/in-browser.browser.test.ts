// What reads models and archives, in a real browser: its Blobs and its unpacking are not Node's.
import { gzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { createPreviews } from "../../../src/preview/preview-service.ts";
import type { Preview } from "../../../src/protocol/preview-api.ts";
import { joinBytes, utf8, type Bytes } from "../../support/byte-writer.ts";
import { f32Tensor, makeSafetensors } from "../../support/make-model-files.ts";
import { makeTar, tarPart } from "../../support/make-tar.ts";

function open(bytes: Bytes, path: string): Promise<Preview> {
  return createPreviews().openPreview("one", new Blob([bytes]), path, null);
}

const TAR = makeTar([
  { name: "a.txt", bytes: utf8("hello") },
  { name: "b", type: "5" },
]);

const LISTED = { kind: "archive", entries: [{ path: "a.txt" }, { isFolder: true }] };

test.each([
  ["a.safetensors", makeSafetensors([f32Tensor("a", [2])]), { kind: "safetensors" }],
  ["a.zip", new Uint8Array(zipSync({ "a.txt": utf8("hello"), "b/": utf8("") })), LISTED],
  ["a.tar", TAR, LISTED],
  ["a.tar.gz", new Uint8Array(gzipSync(TAR)), LISTED],
])("%s", async (path, bytes, shown) => {
  expect(await open(bytes, path)).toMatchObject({ ...shown, notes: [] });
});

test("a tar.gz that is cut off lists what came before", async () => {
  const noise = Uint8Array.from({ length: 60_000 }, (_, index) => (index * index * 31) >>> 7);
  const whole = gzipSync(joinBytes([TAR.subarray(0, 1024), tarPart({ name: "c", bytes: noise })]));
  const preview = await open(new Uint8Array(whole.subarray(0, whole.length - 1000)), "a.tgz");
  expect(preview.kind).toBe("archive");
  expect(preview.notes).toEqual([
    "The packed data are damaged or cut off, so the list may not be complete.",
  ]);
});

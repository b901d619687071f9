import { expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { Digest } from "../../src/core/digest.ts";
import type { FileEntry } from "../../src/core/manifest.ts";
import { parsePath } from "../../src/core/path.ts";
import { planTar } from "../../src/core/sync/packs.ts";
import type { BlobSource } from "../../src/service/download/blob-source.ts";
import { buildTar } from "../../src/sync/tar-pack.ts";
import { codeOf } from "../support/errors.ts";

const { signal } = new AbortController();

test("one pack is built at a time, and one that can't be built is no hindrance to the next", async () => {
  let open = 0;
  let mostOpen = 0;
  const refuse = (): Promise<never> => Promise.reject(new Error("not asked for"));
  const source: BlobSource = {
    peek: refuse,
    sha256: refuse,
    async open({ path, digest, size }) {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      await Promise.resolve();
      open -= 1;
      if (path === "gone") throw new CairnError("blob_missing", { digest, path, lastKnown: null });
      return new Uint8Array(size).fill(1);
    },
  };
  const tars = [["a", "b"], ["gone"], ["c"]].map((paths) => planTar(paths.map(entry)));
  const [first, second, third] = tars.map((tar) => buildTar(source, tar, signal));
  expect(await codeOf(second ?? refuse())).toBe("blob_missing");
  expect((await first)?.size).toBe(tars[0]?.sizeBytes);
  expect((await third)?.size).toBe(tars[2]?.sizeBytes);
  expect(mostOpen).toBe(1);
});

function entry(path: string): FileEntry {
  return { path: parsePath(path), digest: `blake3:${"0".repeat(64)}` as Digest, size: 700 };
}

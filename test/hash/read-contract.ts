// Hashing blobs, in Node and in a real browser.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { createHasher } from "../../src/hash/hasher.ts";

/** The input of BLAKE3's official test vectors: bytes counting from 0 to 250, over and over. */
function vectorInput(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, i) => i % 251);
}

/** A Blob of a browser whose streams can't fill the reader's own buffers. */
class PlainStreamBlob extends Blob {
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream();
  }
  override slice(start?: number, end?: number): Blob {
    const part = super.slice(start, end);
    return Object.setPrototypeOf(part, PlainStreamBlob.prototype);
  }
}

/** A Blob whose file on disk was cut, as a browser reads it: the stream just ends. */
class CutBlob extends Blob {
  override get size(): number {
    return 5000;
  }
  override slice(): Blob {
    return this;
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new Blob([new Uint8Array(1000)]).stream();
  }
}

/** A Blob that can't be read: Chromium's streams don't say why, its plain reads do. */
class FailingBlob extends CutBlob {
  readonly reason: DOMException | null;
  constructor(reason: DOMException | null) {
    super();
    this.reason = reason;
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      type: "bytes",
      pull: (controller) => controller.error(new TypeError("network error")),
    });
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.reason === null ? Promise.resolve(new ArrayBuffer(1)) : Promise.reject(this.reason);
  }
}

const never = (): boolean => false;

export function readContract(): void {
  describe("[M1] digests are those of BLAKE3-256", () => {
    test.each([
      [0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"],
      [1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"],
      [1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"],
      [102_400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"],
    ])("official vector of %i bytes", async (length, hex) => {
      const hasher = await createHasher();
      const bytes = vectorInput(length);
      expect(hasher.hashBytes(bytes)).toBe(`blake3:${hex}`);
      expect(await hasher.hashBlob(new Blob([bytes]), () => undefined, never)).toBe(
        `blake3:${hex}`,
      );
    });

    test("a blob of several reads gives the digest of its bytes, with or without byte streams", async () => {
      const hasher = await createHasher();
      const bytes = vectorInput(20_000_003);
      const progress: number[] = [];
      const digest = hasher.hashBytes(bytes);
      expect(await hasher.hashBlob(new Blob([bytes]), (done) => progress.push(done), never)).toBe(
        digest,
      );
      expect(progress.at(-1)).toBe(bytes.length);
      expect(await hasher.hashBlob(new PlainStreamBlob([bytes]), () => undefined, never)).toBe(
        digest,
      );
    });

    test("short texts hashed between the reads of a blob don't disturb it", async () => {
      const hasher = await createHasher();
      const bytes = vectorInput(5_000_000);
      const digest = hasher.hashBytes(bytes);
      const mixed = hasher.hashBlob(
        new Blob([bytes]),
        () => void hasher.hashText(["meanwhile"]),
        never,
      );
      expect(await mixed).toBe(digest);
    });
  });

  test("[M1] SHA-256 is the platform's, of bytes, texts and blobs, side by side with BLAKE3", async () => {
    const hasher = await createHasher();
    const bytes = vectorInput(3_000_000);
    const native = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const expected = [...native].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const [ofBlob, ofBytes, digest] = await Promise.all([
      hasher.sha256Blob(new Blob([bytes]), never),
      hasher.sha256([bytes.subarray(0, 1000), bytes.subarray(1000)]),
      hasher.hashBlob(new Blob([bytes]), () => undefined, never),
    ]);
    expect([ofBlob, ofBytes]).toEqual([expected, expected]);
    expect(digest).toBe(hasher.hashBytes(bytes));
    expect(await hasher.sha256(["a", "", "bc"])).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(await hasher.sha256([])).toMatch(/^e3b0c44298fc1c14/);
    expect(await hasher.sha256Blob(new Blob([]), never)).toMatch(/^e3b0c44298fc1c14/);
  });

  test.each([0, 3_000_000, 9_000_000])("[M1] SHA-256 of a blob of %d bytes", async (size) => {
    const hasher = await createHasher();
    const blob = new Blob([vectorInput(size)]);
    const native = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    const expected = [...native].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(await hasher.sha256Blob(blob, never)).toBe(expected);
    const digest = hasher.hashBytes(new Uint8Array(await blob.arrayBuffer()));
    expect(await hasher.digestsOfBlob(blob, never)).toEqual({ digest, sha256: expected });
    if (size === 0) return;
    const both = hasher.digestsOfBlob(blob, () => true).catch((e: unknown) => e);
    expect(isCairnError(await both, "aborted")).toBe(true);
    const stopped = hasher.sha256Blob(blob, () => true).catch((e: unknown) => e);
    expect(isCairnError(await stopped, "aborted")).toBe(true);
    await expect(hasher.sha256Blob(new CutBlob(), never)).rejects.toThrow();
    await expect(hasher.digestsOfBlob(new CutBlob(), never)).rejects.toThrow();
  });

  test.each([
    ["cut short", new CutBlob(), "NotFoundError"],
    ["gone", new FailingBlob(new DOMException("no such file", "NotFoundError")), "NotFoundError"],
    ["locked", new FailingBlob(new DOMException("no", "NotReadableError")), "NotReadableError"],
    ["unreadable only as a stream", new FailingBlob(null), "TypeError"],
  ])("a blob whose file is %s is told as such", async (_, blob, name) => {
    const hasher = await createHasher();
    const error: unknown = await hasher
      .hashBlob(blob, () => undefined, never)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ name });
  });

  test("hashing stops at the next read when told so, and the hasher can be used again", async () => {
    const hasher = await createHasher();
    const blob = new Blob([vectorInput(5_000_000)]);
    let reads = 0;
    const stopped: unknown = await hasher
      .hashBlob(
        blob,
        () => void reads++,
        () => reads > 0,
      )
      .catch((error: unknown) => error);
    expect(isCairnError(stopped, "aborted")).toBe(true);
    expect(reads).toBe(1);
    expect(await hasher.hashBlob(new Blob([]), () => undefined, never)).toContain("af1349b9");
  });
}

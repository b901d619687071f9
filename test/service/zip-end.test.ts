import { unzipSync } from "fflate";
import { makeZip } from "client-zip";
import { describe, expect, test } from "vitest";
import { gathered } from "../../src/service/download/gather.ts";
import { withCountedEnd } from "../../src/service/download/zip-end.ts";

async function zipOf(count: number): Promise<Uint8Array> {
  const files = Array.from({ length: count }, (_, i) => ({ name: `f${i}`, input: `${i}` }));
  const zip = makeZip(files) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const stream = zip.pipeThrough(gathered()).pipeThrough(withCountedEnd(() => count));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe("the end of a zip", () => {
  test("a small one is left as it is", async () => {
    const files = unzipSync(await zipOf(3));
    expect(Object.keys(files)).toEqual(["f0", "f1", "f2"]);
  });

  test("more entries than 16 bits count get the ZIP64 records, which strict readers need", async () => {
    const count = 66_000;
    const bytes = await zipOf(count);
    const view = new DataView(bytes.buffer);
    const end = bytes.byteLength - 22;
    const locator = end - 20;
    const record = locator - 56;
    expect(view.getUint32(locator, true)).toBe(0x07064b50);
    expect(view.getBigUint64(locator + 8, true)).toBe(BigInt(record));
    expect(view.getUint32(record, true)).toBe(0x06064b50);
    expect(view.getBigUint64(record + 32, true)).toBe(BigInt(count));
    expect(view.getBigUint64(record + 40, true) + view.getBigUint64(record + 48, true)).toBe(
      BigInt(record),
    );
    const files = unzipSync(bytes, { filter: ({ name }) => name === "f65999" });
    expect(new TextDecoder().decode(files["f65999"])).toBe("65999");
  });
});

describe("gathering", () => {
  test("joins small pieces into large ones and loses nothing", async () => {
    const pieces = Array.from({ length: 1000 }, (_, i) => new Uint8Array(1000).fill(i % 256));
    const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    const out: Uint8Array[] = [];
    for await (const piece of source.pipeThrough(gathered())) out.push(piece);
    expect(out.map((piece) => piece.byteLength)).toEqual([263_000, 263_000, 263_000, 211_000]);
    const first = out[0] ?? new Uint8Array();
    expect([first[0], first[1000], first[262_999]]).toEqual([0, 1, 262 % 256]);
  });
});

import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const MIB = 1 << 20;

test("asks for memory once for each 16 MiB that were read, whoever read them", async () => {
  const asked = stubBuffers();
  const { collectSoon } = await import("../../src/service/collect-soon.ts");
  for (let read = 0; read < 15; read++) collectSoon(MIB);
  expect(asked).toEqual([]);
  collectSoon(MIB);
  expect(asked).toEqual([64 * MIB]);
  for (let read = 0; read < 16; read++) collectSoon(MIB);
  expect(asked).toHaveLength(2);
});

test("goes on where there is no memory to ask for", async () => {
  stubBuffers(() => {
    throw new RangeError("Array buffer allocation failed");
  });
  const { collectSoon } = await import("../../src/service/collect-soon.ts");
  expect(() => collectSoon(16 * MIB)).not.toThrow();
});

/** Gathers the sizes of buffers that are made. */
function stubBuffers(make: () => void = () => undefined): number[] {
  const asked: number[] = [];
  vi.stubGlobal("ArrayBuffer", function FakeBuffer(bytes: number) {
    asked.push(bytes);
    make();
  });
  return asked;
}

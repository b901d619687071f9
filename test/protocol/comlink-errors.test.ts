import { expose, wrap } from "comlink";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CairnError, isCairnError, type ErrorCode, type Problem } from "../../src/core/errors.ts";
import { installErrorTransfer } from "../../src/protocol/comlink-errors.ts";

installErrorTransfer();

const api = {
  cairn(problem: Problem): never {
    throw new CairnError(problem.code, problem.data);
  },
  ordinary(): never {
    throw new RangeError("out of range");
  },
  abort(): never {
    throw new DOMException("stopped", "AbortError");
  },
  value(thrown: unknown): never {
    throw thrown;
  },
  uncloneable(): never {
    throw () => 1;
  },
  fine: (): number => 42,
};

const { port1, port2 } = new MessageChannel();
const remote = wrap<typeof api>(port2);

beforeAll(() => expose(api, port1));
afterAll(() => port1.close());

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

test.each<Problem>([
  { code: "type_mismatch", data: { name: "m", existing: "model", given: "dataset" } },
  { code: "blob_missing", data: { digest: "blake3:00", path: null, lastKnown: null } },
  { code: "aborted", data: {} },
  { code: "invalid_path", data: { path: "a\ud800\u202e", reason: "it contains broken Unicode" } },
])("a CairnError arrives whole: $code", async (problem) => {
  const error = await thrownBy(remote.cairn(problem));
  expect(isCairnError(error, problem.code satisfies ErrorCode)).toBe(true);
  expect(error).toMatchObject({
    ...problem,
    name: "CairnError",
    message: new CairnError(problem.code, problem.data).message,
  });
  // The stack of where it was thrown, not of where it arrived.
  expect((error as Error).stack).toMatch(/\bcairn \(/);
});

test("an ordinary Error keeps its name and message", async () => {
  const error = await thrownBy(remote.ordinary());
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "RangeError", message: "out of range" });
  expect(await thrownBy(remote.abort())).toMatchObject({ name: "AbortError", message: "stopped" });
});

test.each([["text"], [7], [null], [undefined], [{ a: [1] }]])(
  "what is no Error arrives as it was: %j",
  async (value) => {
    expect(await thrownBy(remote.value(value))).toEqual(value);
  },
);

test("what can't be cloned still ends the call, and the next one works", async () => {
  expect(await thrownBy(remote.uncloneable())).toBeInstanceOf(Error);
  expect(await remote.fine()).toBe(42);
});

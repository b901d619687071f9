import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import type { FindAnswer, FindRequest, FilesState } from "../../../src/protocol/find-api.ts";
import { PaletteState } from "../../../src/ui/find/palette-state.ts";
import { fakeStore } from "../../support/fake-store.ts";

const READY: FilesState = { phase: "ready", leftOut: 0 };

/** Questions as they come, each to be answered by the test. */
class Asked {
  readonly texts: string[] = [];
  readonly #answers: ((answer: FindAnswer | Error) => void)[] = [];
  readonly state: PaletteState;

  constructor() {
    const find = ({ text }: FindRequest): Promise<FindAnswer> => {
      this.texts.push(text);
      const answer = deferred<FindAnswer>();
      this.#answers.push((given) =>
        given instanceof Error ? answer.reject(given) : answer.resolve(given),
      );
      return answer.promise;
    };
    this.state = new PaletteState(fakeStore({ find }), { limit: 8, kinds: null, near: null });
  }

  async answer(given: FilesState | Error = READY): Promise<void> {
    const next = this.#answers.shift();
    if (next === undefined) throw new Error("nothing was asked");
    next(given instanceof Error ? given : { groups: [], files: given });
    await vi.advanceTimersByTimeAsync(0);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("asks at once, so that files are read while the person begins to type", async () => {
  const asked = new Asked();
  expect(asked.texts).toEqual([""]);
  await asked.answer();
  expect(asked.state.answer.value).toMatchObject({ text: "", files: READY });
  expect(asked.state.isAnswered).toBe(true);
});

test("one question at a time, and of those that come meanwhile only the last", async () => {
  const asked = new Asked();
  for (const text of ["n", "ne", "net"]) asked.state.type(text);
  expect(asked.texts).toEqual([""]);
  await asked.answer();
  // The answer to the empty box comes too late to be shown.
  expect(asked.state.answer.value).toBeNull();
  expect(asked.texts).toEqual(["", "net"]);
  expect(asked.state.isAnswered).toBe(false);
  await asked.answer();
  expect(asked.state.answer.value?.text).toBe("net");
  expect(asked.state.isAnswered).toBe(true);
});

test("asks the same again while files are read, until they are or the search is closed", async () => {
  const asked = new Asked();
  asked.state.type("x");
  await asked.answer();
  await asked.answer({ phase: "reading", fraction: 0.4 });
  expect(asked.texts).toEqual(["", "x"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.texts).toEqual(["", "x", "x"]);
  await asked.answer({ phase: "reading", fraction: 0.8 });
  asked.state.close();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked.texts).toEqual(["", "x", "x"]);
});

test("a failure is shown until an answer comes", async () => {
  const asked = new Asked();
  await asked.answer(new Error("lost"));
  expect(asked.state.problem.value).toMatchObject({ code: "internal" });
  asked.state.type("x");
  await asked.answer();
  expect(asked.state.problem.value).toBeNull();
});

test("an answer after closing is dropped", async () => {
  const asked = new Asked();
  asked.state.close();
  await asked.answer();
  expect(asked.state.answer.value).toBeNull();
});

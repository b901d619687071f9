import { beforeEach, expect, it } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { Toasts } from "../../../src/ui/parts/toasts.tsx";
import { UndoState } from "../../../src/ui/state/undo-state.ts";

let toasts: Toasts;
let undo: UndoState;
let calls: string[];

beforeEach(() => {
  toasts = new Toasts();
  undo = new UndoState(toasts);
  calls = [];
});

const texts = (): readonly string[] => toasts.shown.value.map(({ text }) => text);
const offer = (name: string): void =>
  undo.offer(`Did ${name}.`, () => {
    calls.push(name);
    return Promise.resolve(`Took ${name} back.`);
  });
const press = (text: string): void =>
  toasts.shown.value.find((toast) => toast.text === text)?.action?.run();

it("[W1] takes back the newest first, then the one before, and says when there is no more", async () => {
  offer("a");
  offer("b");
  await undo.undoLast();
  await undo.undoLast();
  expect(calls).toEqual(["b", "a"]);
  expect(texts()).toEqual(["Took b back.", "Took a back."]);
  await undo.undoLast();
  expect(texts().at(-1)).toBe("Nothing was done in this tab that can be undone.");
});

it("takes each back only once, by message or by key", async () => {
  offer("a");
  offer("b");
  const action = toasts.shown.value[0]?.action;
  press("Did a.");
  action?.run();
  await undo.undoLast();
  await undo.undoLast();
  expect(calls).toEqual(["a", "b"]);
});

it("takes back one after the other, though asked for at once", async () => {
  const slow = deferred<string>();
  offer("a");
  undo.offer("Did slow.", () => {
    calls.push("slow");
    return slow.promise;
  });
  const first = undo.undoLast();
  const second = undo.undoLast();
  await Promise.resolve();
  expect(calls).toEqual(["slow"]);
  slow.resolve("Took slow back.");
  await Promise.all([first, second]);
  expect(calls).toEqual(["slow", "a"]);
});

it("says what went wrong, and goes on with the one before", async () => {
  offer("a");
  undo.offer("Did b.", () =>
    Promise.reject(new CairnError("changed_since", { what: "alias", name: "p/n:prod" })),
  );
  await undo.undoLast();
  expect(toasts.shown.value.at(-1)).toMatchObject({
    kind: "error",
    text: "The alias “p/n:prod” changed since, so nothing was overwritten.",
  });
  await undo.undoLast();
  expect(calls).toEqual(["a"]);
});

it("forgets what is long past", async () => {
  for (let i = 0; i < 60; i++) offer(String(i));
  for (let i = 0; i < 60; i++) await undo.undoLast();
  expect(calls).toHaveLength(50);
  expect(calls.at(-1)).toBe("10");
});

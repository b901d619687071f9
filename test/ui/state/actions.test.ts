import { expect, it } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { Toasts } from "../../../src/ui/parts/toasts.tsx";
import { attempt, Task } from "../../../src/ui/state/actions.ts";

const shown = (toasts: Toasts) => toasts.shown.value.map(({ kind, text }) => [kind, text]);

it("says what went wrong, but not a cancel", async () => {
  const toasts = new Toasts();
  const failed = await attempt(toasts, () =>
    Promise.reject(new CairnError("not_found", { what: "alias", name: "prod" })),
  );
  expect(failed).toBe(false);
  expect(await attempt(toasts, () => Promise.reject(new CairnError("aborted", {})))).toBe(false);
  expect(await attempt(toasts, () => Promise.resolve())).toBe(true);
  expect(shown(toasts)).toEqual([["error", "There is no alias “prod” in this browser."]]);
});

it("runs one action of a form at a time, and keeps what went wrong until the next", async () => {
  const task = new Task();
  const first = deferred();
  const running = task.run(() => first.promise);
  let ran = false;
  await task.run(() => {
    ran = true;
    return Promise.resolve();
  });
  expect([ran, task.isBusy.value]).toEqual([false, true]);
  first.reject(new CairnError("in_trash", { name: "net:v0" }));
  await running;
  expect([task.isBusy.value, task.problem.value?.code]).toEqual([false, "in_trash"]);
  await task.run(() => Promise.resolve());
  expect(task.problem.value).toBeNull();
});

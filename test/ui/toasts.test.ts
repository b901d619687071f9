import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Toasts } from "../../src/ui/parts/toasts.tsx";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: Toasts): string[] => toasts.shown.value.map(({ text }) => text);

it("takes a message away after a while, but not an error", () => {
  const toasts = new Toasts();
  toasts.show({ text: "done" });
  toasts.show({ text: "broken", kind: "error" });
  vi.advanceTimersByTime(60_000);
  expect(texts(toasts)).toEqual(["broken"]);
});

it("keeps a message that is pointed at, and gives it its time again afterwards", () => {
  const toasts = new Toasts();
  toasts.show({ text: "done" });
  const id = toasts.shown.value[0]?.id ?? 0;
  toasts.pause(id);
  vi.advanceTimersByTime(60_000);
  expect(texts(toasts)).toEqual(["done"]);
  toasts.resume(id);
  vi.advanceTimersByTime(60_000);
  expect(texts(toasts)).toEqual([]);
});

it("shows the newest four", () => {
  const toasts = new Toasts();
  for (const text of "abcdef") toasts.show({ text });
  expect(texts(toasts)).toEqual(["c", "d", "e", "f"]);
  toasts.close(toasts.shown.value[1]?.id ?? 0);
  expect(texts(toasts)).toEqual(["c", "e", "f"]);
});

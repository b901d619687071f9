import { expect, test } from "vitest";
import { tabTokens } from "../../src/client/hub-tokens.ts";
import type { TabStorage } from "../../src/client/tab-storage.ts";

const HUB = "https://huggingface.co";
const OTHER = "https://hub.example";
const forever = { token: "hf_a", expiresAt: null };

function memoryStorage(): TabStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("tokens outlast a reload of the tab, each at its hub", () => {
  const storage = memoryStorage();
  const tokens = tabTokens(storage);
  tokens.set(HUB, forever);
  tokens.set(OTHER, { token: "hf_b", expiresAt: null });
  expect(tabTokens(storage).all()).toEqual(
    new Map([
      [HUB, forever],
      [OTHER, { token: "hf_b", expiresAt: null }],
    ]),
  );
});

test("after signing out everywhere nothing is left in the storage", () => {
  const storage = memoryStorage();
  const tokens = tabTokens(storage);
  tokens.set(HUB, forever);
  tokens.delete(OTHER);
  expect(tokens.all().size).toBe(1);
  tokens.delete(HUB);
  expect(storage.kept.size).toBe(0);
  expect(tabTokens(storage).all().size).toBe(0);
});

test("a token that is over is not given out", () => {
  const storage = memoryStorage();
  let now = Date.parse("2026-01-01T00:00:00Z");
  const tokens = tabTokens(storage, () => now);
  tokens.set(HUB, { token: "hf_a", expiresAt: "2026-01-01T08:00:00Z" });
  expect(tokens.all().size).toBe(1);
  now += 8 * 3_600_000;
  expect(tokens.all().size).toBe(0);
});

test.each([
  ["no JSON", "{"],
  ["no list", '{"a":1}'],
  ["rows of another shape", '[1,["x"],["x",null],["x",{"token":5,"expiresAt":null}]]'],
])("what lies there as %s is no token", (_what, text) => {
  const storage = memoryStorage();
  storage.setItem("cairn-hub-tokens", text);
  expect(tabTokens(storage).all().size).toBe(0);
});

test("where nothing can be stored, tokens last until the page is left", () => {
  const forbidden = (): never => {
    throw new DOMException("no", "SecurityError");
  };
  const tokens = tabTokens({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });
  tokens.set(HUB, forever);
  expect(tokens.all().get(HUB)).toEqual(forever);
  tokens.delete(HUB);
  expect(tokens.all().size).toBe(0);
});

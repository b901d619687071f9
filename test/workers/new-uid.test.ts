import { expect, test } from "vitest";
import { createNewUid } from "../../workers/new-uid.ts";

test("ids are ULIDs that differ, past the end of the random bytes at hand", () => {
  const newUid = createNewUid();
  const ids = Array.from({ length: 1_000 }, () => newUid<"Run">());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  // What is random in them isn't the same bytes again.
  expect(new Set(ids.map((id) => id.slice(10))).size).toBe(ids.length);
  const letters = new Set(ids.map((id) => id.slice(10)).join(""));
  expect(letters.size).toBe(32);
});

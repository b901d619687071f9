import { expect, it } from "vitest";
import { askWhom, describeList } from "../../../src/ui/state/describe-list.ts";

it("a few names are all said, of more the rest is counted", () => {
  expect(describeList([], "or")).toBe("");
  expect(describeList(["a"], "or")).toBe("“a”");
  expect(describeList(["a", "b"], "and")).toBe("“a” and “b”");
  expect(describeList(["a", "b", "c"], "or")).toBe("“a”, “b” or “c”");
  expect(describeList(["a", "b", "c", "d"], "or")).toBe("“a”, “b”, “c” or 1 other");
  expect(describeList(["a", "b", "c", "d", "e"], "or")).toBe("“a”, “b”, “c” or 2 others");
});

it("[P6] nobody is asked where there is nobody", () => {
  expect(askWhom([])).toBe("");
  expect(askWhom(["Ada"])).toBe(" Ask “Ada”.");
});

it("what could disguise a name is shown", () => {
  expect(describeList(["a\u202eb"], "or")).toBe("“a\\u{202e}b”");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  findHubUserProblem,
  findMemberKey,
  findNameProblem,
  formatCard,
  parseCard,
} from "../../../src/core/registry/people.ts";
import type { MemberKey } from "../../../src/core/registry/records.ts";
import { anyText } from "../arbitraries.ts";
import { ANN, codeThrownBy } from "./sample.ts";

const ALPHABET = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
const key = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("base64url") as MemberKey);
const card = fc.record({
  key,
  name: anyText
    .map((text) => text.trim())
    .filter((text) => text === "" || findNameProblem(text) === null),
  hubUser: fc.option(fc.string({ unit: fc.constantFrom("a", "Z", "0", "-", "."), minLength: 1 })),
});

describe("cards", () => {
  test("[P7] are read back, from one line of plain characters", () => {
    fc.assert(
      fc.property(card, (given) => {
        const text = formatCard(given);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(parseCard(text)).toEqual(given);
        expect(parseCard(`\n ${text} `)).toEqual(given);
        const link = `https://cairn.example/app/#/profile?add=${encodeURIComponent(text)}`;
        expect(parseCard(link)).toEqual(given);
      }),
    );
  });

  test("[P7] a bare key will do, and so will a link among others' parameters", () => {
    const bare = { key: ANN, name: "", hubUser: null };
    expect(parseCard(ANN)).toEqual(bare);
    expect(parseCard(` ${ANN}\n`)).toEqual(bare);
    expect(parseCard(`http://localhost/#/profile?x=1&add=${ANN}&y=2`)).toEqual(bare);
  });

  test.each([
    ["", "it is empty"],
    [" ", "it is empty"],
    ["Ann", "a key has 43 characters, and this has 3"],
    [ANN.slice(1), "and this has 42"],
    [`${"A".repeat(42)}B`, "it is cut off, or was changed on the way"],
    [`${"A".repeat(42)}=`, "only letters"],
    ["https://cairn.example/#/profile", "only letters"],
    ["https://cairn.example/#/profile?add=%E0%A4%A", "it is cut off"],
    [`cairn-key:${ANN.slice(2)}?name=Ann`, "and this has 41"],
    [`cairn-key:${ANN}?name=%ZZ`, "it is cut off"],
    [`cairn-key:${ANN}?name`, "it is cut off"],
    [`cairn-key:${ANN}?name=a&name=b`, "it is cut off"],
    [`cairn-key:${ANN}?name=%E2%80%AEnnA`, "characters that can't be seen"],
    [`cairn-key:${ANN}?name=${"a".repeat(129)}`, "129 characters, and 128 is the most"],
    [`cairn-key:${ANN}?hub=a%2Fb`, "the user name in it"],
  ])("[P7] %j is refused: %s", (text, reason) => {
    expect(() => parseCard(text)).toThrow(reason);
  });

  test("[P7] a long wrong text is not said back in whole", () => {
    expect(() => parseCard("x".repeat(10_000))).toThrow(/^.{50,300}$/su);
  });

  test("[P7] any text is a card, or refused with words", () => {
    const near = fc.tuple(
      fc.constantFrom("", "cairn-key:", `cairn-key:${ANN}?`, "#/profile?add="),
      anyText,
    );
    fc.assert(
      fc.property(near, ([front, rest]) => {
        expect([null, "invalid_key"]).toContain(codeThrownBy(() => parseCard(front + rest)));
      }),
    );
  });
});

test("keys are 32 bytes in base64url, each written one way", () => {
  fc.assert(
    fc.property(key, (text) => {
      expect(findMemberKey(text)).toBe(text);
    }),
  );
  const last = ALPHABET.filter((letter) => findMemberKey("A".repeat(42) + letter) !== undefined);
  expect(last.join("")).toBe("AEIMQUYcgkosw048");
});

test.each([
  ["Ann Lee", null],
  ["李", null],
  ["", "it is empty"],
  ["  ", "it is empty"],
  [" Ann", "it begins or ends with a space"],
  ["An\nn", "it has characters that can't be seen"],
])("somebody called %j: %s", (name, problem) => {
  expect(findNameProblem(name)).toBe(problem);
});

test("user names of the Hub have its characters", () => {
  expect(findHubUserProblem("ann-lee_1.x")).toBeNull();
  expect(findHubUserProblem("ann lee")).not.toBeNull();
  expect(findHubUserProblem("a".repeat(97))).not.toBeNull();
});

import { beforeEach, expect, it } from "vitest";
import type { Alias } from "../../../src/core/names.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { AliasDrag } from "../../../src/ui/state/alias-drag.ts";

const v = (number: number): VersionNumber => number as VersionNumber;
const NUMBERS = [9, 7, 5, 3, 1].map(v);

let drag: AliasDrag;
let moves: (readonly [string, number])[];
const putDown = (): void => drag.putDown((alias, to) => moves.push([alias, to]));

beforeEach(() => {
  drag = new AliasDrag();
  moves = [];
});

it("goes where it is aimed when it is put down, and is then in nobody's hand", () => {
  drag.pickUp({ alias: "prod" as Alias, from: v(5), by: "pointer" });
  expect(drag.target.value).toBeNull();
  drag.aim(v(9));
  putDown();
  expect(moves).toEqual([["prod", 9]]);
  expect([drag.held.value, drag.target.value]).toEqual([null, null]);
});

it("stays where it was when put down there, beside the timeline, or after a cancel", () => {
  const held = { alias: "prod" as Alias, from: v(5), by: "pointer" } as const;
  drag.pickUp(held);
  drag.aim(v(5));
  putDown();
  drag.pickUp(held);
  drag.aim(null);
  putDown();
  drag.pickUp(held);
  drag.aim(v(9));
  drag.cancel();
  putDown();
  drag.aim(v(9));
  expect(drag.target.value).toBeNull();
  expect(moves).toEqual([]);
});

it("moves along the versions there are with keys, and stops at the ends", () => {
  drag.pickUp({ alias: "prod" as Alias, from: v(5), by: "keys" });
  const press = (key: string): number | null => {
    expect(drag.aimByKey(key, NUMBERS)).toBe(true);
    return drag.target.value;
  };
  expect(["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "End", "Home"].map(press)).toEqual([
    7, 9, 9, 7, 1, 9,
  ]);
  expect(drag.aimByKey("x", NUMBERS)).toBe(false);
});

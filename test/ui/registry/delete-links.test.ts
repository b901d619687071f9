import { expect, it } from "vitest";
import type { LinkPlace } from "../../../src/protocol/registry-link-api.ts";
import type { DeleteImpact } from "../../../src/protocol/trash-api.ts";
import { reasonsAgainst } from "../../../src/ui/screens/delete/link-obstacles.ts";
import { placeOf, reachOfEdit } from "../../../src/ui/screens/version/place-of.ts";
import { restoreLinked } from "../../../src/ui/state/restore-entry.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { heldAlias, PLACE } from "../../support/registry-views.ts";

const place = (fields: Partial<LinkPlace>): LinkPlace =>
  ({ ...PLACE, number: 2, aliases: [], mayUnlink: true, ...fields }) as LinkPlace;
const linksOf = (...places: readonly Partial<LinkPlace>[]): DeleteImpact["links"] =>
  places.map((fields) => ({ ...place(fields), version: {} as never }));

it("[P4] a protected alias stands in everybody's way, the right to unlink or not", () => {
  const held = { aliases: [heldAlias("latest", 2), heldAlias("prod", 2, true)] };
  for (const mayUnlink of [true, false]) {
    const [obstacle, ...others] = reasonsAgainst(linksOf({ ...held, mayUnlink }, {}));
    expect(others).toEqual([]);
    expect(obstacle?.registry).toBe("models");
    expect(obstacle?.reason).toContain("It holds “prod”, protected in models.");
    expect([obstacle?.able("admin"), obstacle?.able("member")]).toEqual([true, false]);
  }
});

it("[P7] who may not unlink is told what it takes, and who may gets no reason", () => {
  const [obstacle] = reasonsAgainst(linksOf({ mayUnlink: false }));
  expect(obstacle?.reason).toBe("You can't unlink in models: that takes Member.");
  expect([obstacle?.able("member"), obstacle?.able("viewer")]).toEqual([true, false]);
  expect(reasonsAgainst(linksOf({}))).toEqual([]);
});

it("[D1 G8] undoing a delete links its versions again, with their aliases", async () => {
  const calls: unknown[][] = [];
  const store = fakeStore({
    restore: (entry) => {
      calls.push(["restore", entry]);
      return Promise.resolve({ versions: 1, aliases: [], takenAliases: [] });
    },
    restoreLink: (...args) => {
      calls.push(["link", ...args]);
      return Promise.resolve([]);
    },
  });
  const entry = "t" as never;
  const aliases = [heldAlias("latest", 2), heldAlias("best", 2)];
  expect(await restoreLinked(store, entry, [place({ aliases })])).toBe(
    "Restored 1 version. It is linked again.",
  );
  expect(calls).toEqual([
    ["restore", entry],
    ["link", "models", "net", 2, ["best"]],
  ]);
  expect(await restoreLinked(store, entry, [])).toBe("Restored 1 version.");
});

it("[G9] an edit says which collections show it, too", () => {
  expect(placeOf(place({}))).toBe("registry-models/net:v2");
  expect(reachOfEdit([])).toBe("");
  expect(reachOfEdit([place({})])).toBe(
    "“registry-models/net:v2” shows it, too: it changes there as well.",
  );
  expect(reachOfEdit([place({}), place({ registry: "x" as LinkPlace["registry"] })])).toBe(
    "“registry-models/net:v2” and “registry-x/net:v2” show it, too: it changes there as well.",
  );
});

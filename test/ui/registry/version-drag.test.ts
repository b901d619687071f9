import { beforeEach, expect, it } from "vitest";
import type { ArtifactType } from "../../../src/core/names.ts";
import type { VersionRef } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type {
  LinkPlace,
  RegistryDetail,
  RegistrySummary,
} from "../../../src/protocol/registry-link-api.ts";
import { readShelf } from "../../../src/ui/state/link-shelf.ts";
import { VersionDrag } from "../../../src/ui/state/version-drag.ts";
import { fakeStore } from "../../support/fake-store.ts";

const V1 = 1 as VersionNumber;

let drag: VersionDrag;
let drops: (readonly [number, string])[];
const putDown = (): void => drag.putDown((number, target) => drops.push([number, target]));
beforeEach(() => {
  drag = new VersionDrag();
  drops = [];
});

it("is dropped on what it is aimed at, or on the way to the dialog, and is then in nobody's hand", () => {
  for (const target of ["models/net", ""]) {
    drag.pickUp(V1);
    drag.aim(target);
    putDown();
  }
  expect(drops).toEqual([
    [1, "models/net"],
    [1, ""],
  ]);
  expect([drag.held.value, drag.target.value]).toEqual([null, null]);
});

it("goes nowhere beside the shelf, after a cancel, or when nothing is held", () => {
  drag.pickUp(V1);
  putDown();
  drag.pickUp(V1);
  drag.aim("models/net");
  drag.cancel();
  putDown();
  drag.aim("models/net");
  putDown();
  expect(drops).toEqual([]);
});

it("has a shelf of the collections of its type, with the number it has or would get", async () => {
  const registry = (name: string, types: readonly string[] = []): RegistrySummary =>
    ({ name, types, role: "member", isDeleted: false }) as unknown as RegistrySummary;
  const collection = (name: string, type: string) => ({
    name,
    type: type as ArtifactType,
    next: 4,
  });
  const store = fakeStore({
    listRegistries: () =>
      Promise.resolve([registry("models"), registry("data", ["dataset"]), registry("empty")]),
    getRegistry: (name) =>
      Promise.resolve({
        name,
        collectionList:
          name === "models"
            ? [collection("net", "model"), collection("big", "model"), collection("x", "dataset")]
            : [],
      } as unknown as RegistryDetail),
    linksOf: () =>
      Promise.resolve([
        { registry: "models", collection: "big", number: 2 },
      ] as unknown as readonly LinkPlace[]),
  });
  const version = { project: "digits", name: "cnn", number: V1 } as VersionRef;
  expect(await readShelf(store, version, "model")).toEqual([
    {
      registry: "models",
      collections: [
        { name: "net", number: 4, isLinked: false },
        { name: "big", number: 2, isLinked: true },
      ],
    },
  ]);
});

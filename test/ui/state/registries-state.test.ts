import { describe, expect, it } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { RegistryName } from "../../../src/core/registry/records.ts";
import type { RegistrySummary } from "../../../src/protocol/registry-link-api.ts";
import type { NewRegistry, Profile } from "../../../src/protocol/registry-manage-api.ts";
import { RegistryDraft, shownRegistries } from "../../../src/ui/state/registries-state.ts";
import { fakeStore } from "../../support/fake-store.ts";

const registry = (name: string, fields: Partial<RegistrySummary> = {}): RegistrySummary =>
  ({ name, description: "", types: [], isDeleted: false, ...fields }) as RegistrySummary;

describe("which registries are shown", () => {
  const all = [
    registry("models", { description: "What may be shipped" }),
    registry("data", { types: ["dataset"] as unknown as RegistrySummary["types"] }),
    registry("old-models", { isDeleted: true }),
  ];
  const shown = (query: string): readonly (readonly string[])[] => {
    const { live, deleted } = shownRegistries(all, query);
    return [live, deleted].map((some) => some.map(({ name }) => name));
  };

  it("deleted ones stand apart", () => {
    expect(shown("")).toEqual([["models", "data"], ["old-models"]]);
  });

  it("by name, description or type, whatever the case", () => {
    expect(shown("MODEL")).toEqual([["models"], ["old-models"]]);
    expect(shown("shipped")).toEqual([["models"], []]);
    expect(shown("dataset")).toEqual([["data"], []]);
  });
});

describe("a registry before it is made", () => {
  /** A store that notes what it is asked, in order. */
  const start = (
    asksPerson: boolean,
    fails = false,
  ): { draft: RegistryDraft; done: unknown[]; made: string[] } => {
    const done: unknown[] = [];
    const store = fakeStore({
      getProfile: () => Promise.resolve(null),
      setProfile: (name, hubUser) => {
        done.push({ name, hubUser });
        return Promise.resolve({} as Profile);
      },
      createRegistry: (fields: NewRegistry) => {
        done.push(fields);
        return fails
          ? Promise.reject(new CairnError("already_exists", { what: "registry", name: "r" }))
          : Promise.resolve(registry(fields.name));
      },
    });
    return { draft: new RegistryDraft(store, ["taken"], asksPerson), done, made: [] };
  };
  const create = ({ draft, made }: ReturnType<typeof start>): Promise<void> =>
    draft.create((name: RegistryName) => made.push(name));

  it("[N1] isn't made while its name can't be one, or is taken", async () => {
    const now = start(false);
    for (const name of ["", "a b", "registry-a", "taken"]) {
      now.draft.name.value = name;
      expect(now.draft.isReady.value, name).toBe(false);
      await create(now);
    }
    expect(now.done).toEqual([]);
    expect(now.made).toEqual([]);
  });

  it("[G2] is made with all that was said, and opened", async () => {
    const now = start(false);
    now.draft.name.value = "models";
    now.draft.description.value = "  Shipped. ";
    now.draft.types.value = ["model"];
    now.draft.visibility.value = "members";
    await create(now);
    expect(now.done).toEqual([
      { name: "models", description: "Shipped.", types: ["model"], visibility: "members" },
    ]);
    expect(now.made).toEqual(["models"]);
  });

  it("asks who makes it where nobody said so, and makes the profile first", async () => {
    const now = start(true);
    now.draft.name.value = "models";
    expect(now.draft.isReady.value).toBe(false);
    now.draft.person.value = " Ada ";
    await create(now);
    expect(now.done).toEqual([
      { name: "Ada", hubUser: null },
      expect.objectContaining({ name: "models" }),
    ]);
  });

  it("says what went wrong, and opens nothing", async () => {
    const now = start(false, true);
    now.draft.name.value = "models";
    await create(now);
    expect(now.made).toEqual([]);
    expect(now.draft.task.problem.value?.code).toBe("already_exists");
  });
});

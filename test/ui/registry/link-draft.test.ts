import { beforeEach, expect, it } from "vitest";
import type { Cairn } from "../../../src/client/cairn.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { VersionRef } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { RegistryDetail, RegistrySummary } from "../../../src/protocol/registry-link-api.ts";
import type { StoreApi } from "../../../src/protocol/store-api.ts";
import { Toasts } from "../../../src/ui/parts/toasts.tsx";
import { LinkDraft } from "../../../src/ui/state/link-draft.ts";
import { UndoState } from "../../../src/ui/state/undo-state.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { protection } from "../../support/registry-views.ts";

const VERSION = { project: "digits", name: "cnn", number: 1 as VersionNumber } as VersionRef;

const models = {
  name: "models",
  types: [],
  role: "member",
  isDeleted: false,
} as unknown as RegistrySummary;
const detail = {
  ...models,
  collectionList: [],
  protectionList: [protection("production")],
  memberList: [],
} as unknown as RegistryDetail;

const draftOf = (registries: readonly RegistrySummary[], asksPerson = false): LinkDraft =>
  new LinkDraft({ version: VERSION, type: "model", registries, asksPerson });

let calls: unknown[][];
let failure: CairnError | null;
let isDone: boolean;
beforeEach(() => {
  calls = [];
  failure = null;
  isDone = false;
});

const note =
  (name: string, answer: unknown) =>
  (...args: unknown[]): Promise<never> => {
    calls.push([name, ...args]);
    return name === "link" && failure !== null
      ? Promise.reject(failure)
      : Promise.resolve(answer as never);
  };
const save = (draft: LinkDraft, known: RegistryDetail | null): Promise<void> => {
  const toasts = new Toasts();
  const linked = { registry: "models", collection: "cnn", number: 0, isNew: true, moves: [] };
  const given: Partial<StoreApi> = {
    getProfile: note("profile", null),
    setProfile: note("name", null),
    createRegistry: note("create", models),
    linkVersion: note("link", linked),
  };
  return draft.link(
    { cairn: { store: fakeStore(given) } as Cairn, toasts, undo: new UndoState(toasts) },
    known,
    () => (isDone = true),
  );
};

it("begins with the first registry that takes the version, and the artifact's name", () => {
  const closed = { ...models, name: "closed", role: "viewer" } as unknown as RegistrySummary;
  const draft = draftOf([closed, models]);
  expect([draft.registry.value, draft.collection.value]).toEqual(["models", "cnn"]);
  expect(draft.isReady(detail)).toBe(true);
  expect(draft.isReady(null)).toBe(false);
  draft.choose("closed");
  expect(draft.reason.value).toContain("you are Viewer there");
  expect(draft.isReady({ ...detail, name: closed.name })).toBe(false);
});

it("[G1] never makes a registry of a typed target by itself", () => {
  const draft = draftOf([models]);
  draft.typeCollection("wandb-registry-models/net");
  expect([draft.registry.value, draft.collection.value]).toEqual(["models", "net"]);
  draft.typeCollection("other/net");
  expect(draft.missing.value).toBe("other");
  expect(draft.isReady(detail)).toBe(false);
  draft.startMissing();
  expect([draft.registry.value, draft.collection.value]).toEqual(["other", "net"]);
  expect([draft.isNewRegistry.value, draft.missing.value]).toEqual([true, null]);
  expect(draft.isReady(null)).toBe(true);
});

it("[P2] waits as long as an alias is none, or is not this person's to set", () => {
  const draft = draftOf([models]);
  draft.typed.value = "a b";
  draft.takeAlias();
  expect([draft.aliases.value, draft.isReady(detail)]).toEqual([[], false]);
  draft.typed.value = "production";
  draft.takeAlias();
  expect([draft.aliases.value, draft.isReady(detail)]).toEqual([["production"], false]);
  draft.aliases.value = [];
  draft.typed.value = "best";
  expect([draft.given.value, draft.isReady(detail)]).toEqual([["best"], true]);
});

it("makes profile and registry first, and only once where the link fails", async () => {
  const draft = draftOf([], true);
  draft.registry.value = "models";
  expect(draft.isReady(null)).toBe(false);
  draft.person.value = " Ada ";
  draft.typed.value = "best";
  failure = new CairnError("alias_reserved", { alias: "best", suggestion: "best-1" });
  await save(draft, null);
  expect([isDone, draft.task.problem.value?.code]).toEqual([false, "alias_reserved"]);
  expect(calls).toEqual([
    ["profile"],
    ["name", "Ada", null],
    ["create", { name: "models", description: "", types: [], visibility: "open" }],
    ["link", "digits/cnn:v1", null, "registry-models/cnn", ["best"]],
  ]);
  calls = [];
  failure = null;
  await save(draft, detail);
  expect(isDone).toBe(true);
  expect(calls.map(([name]) => name)).toEqual(["link"]);
});

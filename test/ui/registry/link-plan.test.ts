import { expect, it } from "vitest";
import type {
  CollectionName,
  MemberKey,
  RegistryName,
} from "../../../src/core/registry/records.ts";
import type { Role } from "../../../src/core/registry/roles.ts";
import type { Member } from "../../../src/core/registry/state.ts";
import type { ArtifactType } from "../../../src/core/names.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type {
  CollectionSummary,
  LinkPlace,
  RegistryDetail,
  RegistrySummary,
} from "../../../src/protocol/registry-link-api.ts";
import {
  aliasRefusal,
  collectionProblem,
  describeOutcome,
  fitting,
  isProtectedIn,
  offeredAliases,
  registryChoices,
  splitTarget,
} from "../../../src/ui/state/link-plan.ts";
import { heldAlias, protection } from "../../support/registry-views.ts";

const registry = (name: string, fields: Partial<RegistrySummary> = {}): RegistrySummary =>
  ({
    name: name as RegistryName,
    types: [],
    role: "member",
    isDeleted: false,
    ...fields,
  }) as unknown as RegistrySummary;

const collection = (name: string, type = "model"): CollectionSummary =>
  ({
    name: name as CollectionName,
    type: type as ArtifactType,
    next: 3,
    aliases: [heldAlias("prod", 1), heldAlias("best", 2)],
  }) as unknown as CollectionSummary;

const detail = (role: Role = "member"): RegistryDetail =>
  ({
    ...registry("models", { role }),
    collectionList: [collection("net"), collection("mnist", "dataset")],
    protectionList: [protection("prod*"), protection("production")],
    memberList: [
      { key: "a" as MemberKey, name: "Ada", role: "admin" },
      { key: "g" as MemberKey, name: "Grace", role: "member" },
    ] as readonly Partial<Member>[],
  }) as unknown as RegistryDetail;

it("[G2 P7] puts registries that can't be linked to last, each with its reason; deleted ones are none", () => {
  expect(
    registryChoices(
      [
        registry("data", { types: ["dataset" as ArtifactType] }),
        registry("seen", { role: "viewer" }),
        registry("gone", { isDeleted: true }),
        registry("models", { types: ["model" as ArtifactType] }),
        registry("all", { role: "admin" }),
      ],
      "model",
    ),
  ).toEqual([
    { name: "models", reason: "" },
    { name: "all", reason: "" },
    { name: "data", reason: "takes dataset, not model" },
    { name: "seen", reason: "you are Viewer there, and linking takes Member" },
  ]);
});

it.each([
  ["wandb-registry-models/my-model", { registry: "models", collection: "my-model" }],
  ["registry-models/my-model", { registry: "models", collection: "my-model" }],
  [" models/my-model ", { registry: "models", collection: "my-model" }],
  ["wandb-models/x", { registry: "wandb-models", collection: "x" }],
  ["models/", { registry: "models", collection: "" }],
  ["my-model", null],
  ["/my-model", null],
])("reads the target %j", (text, target) => {
  expect(splitTarget(text)).toEqual(target);
});

it("[G3] offers collections of the type, and says what is wrong with another", () => {
  expect(fitting(detail(), "model").map(({ name }) => name)).toEqual(["net"]);
  expect(collectionProblem("mnist", detail(), "model")).toEqual({
    code: "type_mismatch",
    data: { name: "mnist", existing: "dataset", given: "model" },
  });
  expect(collectionProblem("net", detail(), "model")).toBeNull();
  expect(collectionProblem("a b", detail(), "model")?.code).toBe("invalid_name");
  expect(collectionProblem("", null, "model")).toBeNull();
});

it("[P2 P6] refuses what is protected to a member at once, by the closest rule, and says who may", () => {
  const refusal = aliasRefusal(detail(), "production");
  expect(refusal?.data).toEqual({
    registry: "models",
    alias: "production",
    pattern: "production",
    act: "set",
    role: "Member",
    who: ["Ada"],
  });
  expect(aliasRefusal(detail(), "prod-eu")?.data.pattern).toBe("prod*");
  expect(aliasRefusal(detail("admin"), "production")).toBeNull();
  expect(aliasRefusal(detail(), "best")).toBeNull();
  expect(isProtectedIn(detail("admin"), "production")).toBe(true);
  expect(isProtectedIn(null, "production")).toBe(false);
});

it("[P2] suggests only aliases this person may set", () => {
  expect(offeredAliases(detail("admin"), "net", [])).toEqual(["production", "prod", "best"]);
  expect(offeredAliases(detail(), "net", [])).toEqual(["best"]);
  expect(offeredAliases(detail(), "net", ["best"])).toEqual([]);
  expect(offeredAliases(null, "net", [])).toEqual([]);
});

it("[G1 G5] says what comes of a link", () => {
  const wish = {
    registry: "models",
    isNewRegistry: false,
    collection: "net",
    aliases: ["best", "first"],
    type: "model",
  };
  const links = [
    { registry: "models", collection: "net", number: 2 as VersionNumber },
  ] as unknown as readonly LinkPlace[];
  expect(describeOutcome(wish, detail(), [])).toBe(
    "It becomes v3 of registry-models/net, and its latest. best moves here from v2.",
  );
  expect(describeOutcome(wish, detail(), links)).toBe(
    "It is v2 of registry-models/net already; only aliases change.",
  );
  expect(describeOutcome({ ...wish, collection: "new" }, detail(), [])).toContain(
    "makes the collection registry-models/new, for model",
  );
  expect(describeOutcome({ ...wish, isNewRegistry: true }, null, [])).toContain(
    "makes the registry models, with you as its Admin",
  );
  expect(describeOutcome({ ...wish, collection: "" }, detail(), [])).toBe("");
  expect(describeOutcome(wish, null, [])).toBe("");
});

import { beforeEach, expect, it } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { Alias } from "../../../src/core/names.ts";
import type { VersionRef } from "../../../src/core/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { CollectionDetail, Linked } from "../../../src/protocol/registry-link-api.ts";
import { dropOn, linkTo } from "../../../src/ui/state/link-actions.ts";
import { ActionStage } from "../../support/action-stage.ts";
import { PLACE } from "../../support/registry-views.ts";

const V0 = 0 as VersionNumber;
const V1 = 1 as VersionNumber;
const VERSION = { project: "digits", name: "cnn", number: V1 } as VersionRef;

let stage: ActionStage;

beforeEach(() => {
  stage = new ActionStage();
});

const linked = (fields: Partial<Linked> = {}): Linked =>
  ({
    ...PLACE,
    number: V1,
    isNew: true,
    isNewCollection: false,
    moves: [{ alias: "latest" as Alias, from: V0, to: V1 }],
    followedLink: null,
    source: VERSION,
    ...fields,
  }) as Linked;
const move = (alias: string, from: VersionNumber | null) => ({
  alias: alias as Alias,
  from,
  to: V1,
});

it("[G5] says what a link became and where it is seen; undo gives back what moved, then unlinks", async () => {
  const moves = [move("prod", V0), move("best", null), move("latest", V0)];
  const app = stage.appOf({
    linkVersion: stage.noted("link", linked({ moves })),
    setLinkAlias: stage.noted("set", null),
    removeLinkAlias: stage.noted("remove", V1),
    unlinkVersion: stage.noted("unlink", { aliases: [] }),
  });
  await linkTo(app, VERSION, PLACE, ["prod", "best"]);
  expect(stage.texts()).toEqual([
    "Linked as registry-models/net:v1; prod moved from v0; best is on it.",
  ]);
  expect(stage.toasts.shown.value[0]?.link).toEqual({ label: "Open", hash: "#/r/models/net/v1" });
  await stage.undo.undoLast();
  expect(stage.calls).toEqual([
    ["link", "digits/cnn:v1", null, "registry-models/net", ["prod", "best"]],
    ["remove", "models", "net", "best", V1],
    ["set", "models", "net", V0, "prod", V1],
    ["unlink", "models", "net", V1],
  ]);
  expect(stage.texts()).toEqual(["It is not linked in registry-models/net any more."]);
});

it.each([
  ["takes an unused collection along", { links: 0, card: "", tags: [] }, true],
  ["keeps one that somebody else linked to", { links: 1, card: "", tags: [] }, false],
  ["keeps one that somebody described", { links: 0, card: "# Net", tags: [] }, false],
])("undoing a link that made its collection %s", async (_what, found, isDeleted) => {
  const app = stage.appOf({
    linkVersion: stage.noted("link", linked({ isNewCollection: true })),
    unlinkVersion: stage.noted("unlink", { aliases: [] }),
    getCollection: stage.noted("get", found as unknown as CollectionDetail),
    deleteCollection: stage.noted("delete", undefined),
  });
  await linkTo(app, VERSION, PLACE, []);
  await stage.undo.undoLast();
  expect(stage.calls.some(([name]) => name === "delete")).toBe(isDeleted);
});

it("[G5] offers nothing to take back where it was linked already, but shows where", async () => {
  await linkTo(
    stage.appOf({ linkVersion: stage.noted("link", linked({ isNew: false, moves: [] })) }),
    VERSION,
    PLACE,
    [],
  );
  expect(stage.texts()).toEqual(["It is registry-models/net:v1 already."]);
  expect(stage.toasts.shown.value[0]?.action).toBeUndefined();
  expect(stage.toasts.shown.value[0]?.link?.hash).toBe("#/r/models/net/v1");
});

it("says why a dropped version was not linked", async () => {
  const app = stage.appOf({
    linkVersion: () =>
      Promise.reject(
        new CairnError("type_not_accepted", {
          registry: "models",
          type: "dataset",
          accepted: ["model"],
        }),
      ),
  });
  expect(await dropOn(app, VERSION, "models/net")).toBe(false);
  expect(stage.texts()[0]).toContain("takes “model”, not “dataset”");
});

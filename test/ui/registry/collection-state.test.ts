import { beforeEach, expect, it } from "vitest";
import type { AliasChange, AliasMove } from "../../../src/core/alias.ts";
import { CairnError } from "../../../src/core/errors.ts";
import type { Alias } from "../../../src/core/names.ts";
import type { RequestUid } from "../../../src/core/registry/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import type { RequestView } from "../../../src/protocol/registry-link-api.ts";
import {
  ask,
  promote,
  putLinkAliases,
  rollBackAlias,
  takeLinkAlias,
  unlink,
} from "../../../src/ui/state/collection-state.ts";
import { ActionStage } from "../../support/action-stage.ts";
import { linkView, PLACE } from "../../support/registry-views.ts";

const V0 = 0 as VersionNumber;
const V1 = 1 as VersionNumber;
const PROD = "prod" as Alias;

let stage: ActionStage;

beforeEach(() => {
  stage = new ActionStage();
});

const moved = (alias: string, from: VersionNumber | null): AliasMove => ({
  alias: alias as Alias,
  from,
  to: V1,
});

it("[A4] puts several aliases on a version and takes them back in one step, last first", async () => {
  const app = stage.appOf({
    setLinkAlias: (_registry, _collection, number, alias, expected) => {
      stage.calls.push(["set", number, alias, expected]);
      return Promise.resolve(moved(alias, alias === "prod" ? V0 : null));
    },
    removeLinkAlias: stage.noted("remove", V1),
  });
  await putLinkAliases(app, PLACE, V1, ["prod", "best"]);
  expect(stage.texts()).toEqual(["prod and best are on v1."]);
  await stage.undo.undoLast();
  expect(stage.calls).toEqual([
    ["set", V1, "prod", undefined],
    ["set", V1, "best", undefined],
    ["remove", "models", "net", "best", V1],
    ["set", V0, "prod", V1],
  ]);
  expect(stage.texts()).toEqual(["The aliases are where they were before."]);
});

it("[P2] offers to take back what was done before one was refused", async () => {
  const app = stage.appOf({
    setLinkAlias: (_registry, _collection, _number, alias) =>
      alias === "prod"
        ? Promise.reject(new CairnError("no_profile", {}))
        : Promise.resolve(moved(alias, null)),
  });
  await expect(putLinkAliases(app, PLACE, V1, ["best", "prod"])).rejects.toThrow(
    expect.objectContaining({ code: "no_profile" }),
  );
  expect(stage.texts()).toEqual(["best is on v1."]);
});

it("[A7] says that an alias was there already, with nothing to undo", async () => {
  const app = stage.appOf({ setLinkAlias: () => Promise.resolve(null) });
  await putLinkAliases(app, PLACE, V1, ["best"]);
  expect(stage.texts()).toEqual(["best is on v1 already."]);
  await stage.undo.undoLast();
  expect(stage.texts().at(-1)).toBe("Nothing was done in this tab that can be undone.");
});

it("[A5] takes an alias off only while its holder is the one that was seen, and puts it back on nobody's", async () => {
  const app = stage.appOf({
    removeLinkAlias: stage.noted("remove", V1),
    setLinkAlias: stage.noted("set", moved("prod", null)),
  });
  expect(await takeLinkAlias(app, PLACE, PROD, V1)).toBe(true);
  await stage.undo.undoLast();
  expect(stage.calls).toEqual([
    ["remove", "models", "net", "prod", V1],
    ["set", "models", "net", V1, "prod", null],
  ]);
});

it("[A4] rolls a change back as one more move, which can be undone", async () => {
  const app = stage.appOf({ setLinkAlias: stage.noted("set", moved("prod", V1)) });
  const change: AliasChange = { alias: PROD, at: "", actor: "Ada", from: V0, to: V1, seq: 3 };
  expect(await rollBackAlias(app, PLACE, change, V1)).toBe(true);
  expect(stage.texts()).toEqual(["prod is on v0 again."]);
  await stage.undo.undoLast();
  expect(stage.calls).toEqual([
    ["set", "models", "net", V0, "prod", V1],
    ["set", "models", "net", V1, "prod", V0],
  ]);
});

it("[A4] rolls a first move back to nobody", async () => {
  const app = stage.appOf({ removeLinkAlias: stage.noted("remove", V1) });
  const change: AliasChange = { alias: PROD, at: "", actor: "Ada", from: null, to: V1, seq: 3 };
  await rollBackAlias(app, PLACE, change, V1);
  expect(stage.calls).toEqual([["remove", "models", "net", "prod", V1]]);
  expect(stage.texts()).toEqual(["prod names no version now, as before."]);
});

it("[G7] unlinks, and brings the link back with the aliases that are still free", async () => {
  const app = stage.appOf({
    unlinkVersion: stage.noted("unlink", { aliases: [PROD, "best" as Alias] }),
    restoreLink: stage.noted("restore", ["best" as Alias]),
  });
  expect(await unlink(app, PLACE, { number: V1 })).toBe(true);
  expect(stage.texts()).toEqual(["Unlinked v1; its source stays. prod and best are gone with it."]);
  await stage.undo.undoLast();
  expect(stage.calls.at(-1)).toEqual(["restore", "models", "net", V1, ["prod", "best"]]);
  expect(stage.texts()).toEqual(["v1 is linked again. prod is on another version by now."]);
});

it("[P3] says why an unlink was refused", async () => {
  const app = stage.appOf({
    unlinkVersion: () =>
      Promise.reject(
        new CairnError("protected_held", {
          name: "registry-models/net:v1",
          act: "unlink",
          held: ["prod"],
          who: ["Ada"],
        }),
      ),
  });
  expect(await unlink(app, PLACE, { number: V1 })).toBe(false);
  expect(stage.texts()[0]).toContain("Only an Admin may unlink it");
});

it("[A4] promotes only while the holder is the one the difference was shown against", async () => {
  const app = stage.appOf({ setLinkAlias: stage.noted("set", moved("prod", V0)) });
  await promote(app, PLACE, { alias: PROD, from: linkView(0), to: linkView(1) }, null);
  expect(stage.calls).toEqual([["set", "models", "net", V1, "prod", V0]]);
  expect(stage.texts()).toEqual(["prod is on v1; it moved from v0."]);
});

it("[P6] approves the request a promotion is done for", async () => {
  const app = stage.appOf({ settleRequest: stage.noted("settle", moved("prod", null)) });
  const request = "request-1" as RequestUid;
  await promote(app, PLACE, { alias: PROD, from: null, to: linkView(1) }, request);
  expect(stage.calls).toEqual([["settle", "models", "request-1", "approved", ""]]);
});

it("[P6] asks, and withdraws when that is undone", async () => {
  const app = stage.appOf({
    requestPromotion: stage.noted("ask", { request: "request-1" } as RequestView),
    settleRequest: stage.noted("settle", null),
  });
  await ask(app, PLACE, V1, "prod", "it is good");
  await stage.undo.undoLast();
  expect(stage.calls).toEqual([
    ["ask", "models", "net", V1, "prod", "it is good"],
    ["settle", "models", "request-1", "withdrawn", ""],
  ]);
});

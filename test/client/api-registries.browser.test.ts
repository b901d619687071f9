// Registries through the public API: looked after by their admin, and joined by a member.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MemberKey } from "../../src/core/registry/records.ts";
import {
  Api,
  disconnect,
  type AuditRow,
  type Registry,
  type Run,
  type Visibility,
} from "../../src/index.ts";
import { codeOf } from "../support/errors.ts";
import { openActor, type Actor } from "../support/registry-actors.ts";
import { aFolder, aModel } from "./api-parts.ts";
import { linkVersions, messageOf, rowsOf, startTraining } from "./registry-parts.ts";

const api = new Api();
let project: string;
let registry: Registry;
let run: Run;

beforeAll(async () => {
  await api.setProfile("Grace");
});
beforeEach(async () => {
  ({ project, registry, run } = await startTraining(api));
});
afterAll(disconnect);

describe("a registry", () => {
  test("[G2 G3] is made, described, and holds collections made by hand", async () => {
    await registry.edit({ description: "For production", types: ["model", "dataset"] });
    await registry.createCollection({
      name: "sets",
      type: "dataset",
      card: "# Sets",
      tags: ["eu"],
    });
    await registry.editCollection("sets", { card: "# All sets" });
    expect(await registry.details()).toMatchObject({
      description: "For production",
      types: ["model", "dataset"],
      role: "admin",
    });
    expect(await registry.collection("sets")).toMatchObject({ card: "# All sets", tags: ["eu"] });
    await registry.deleteCollection("sets");
    expect(await registry.collections()).toEqual([]);
    await registry.restoreCollection("sets");
    expect((await registry.collections()).map(({ name }) => name)).toEqual(["sets"]);
    expect(await codeOf(registry.edit({ types: ["model"] }))).toBe("types_can_only_grow");
    expect(await codeOf(api.createRegistry({ name: registry.name }))).toBe("already_exists");
    expect(await codeOf(api.registry("no-such-registry"))).toBe("no_registry");
    expect((await api.registries()).map(({ name }) => name)).toContain(registry.name);
  });

  test("[A4] the history of aliases, and rolling one back", async () => {
    await linkVersions(run, registry, 2);
    await registry.setAlias("net", "v0", "prod");
    expect(await registry.setAlias("net", "v1", "prod")).toEqual({ alias: "prod", from: 0, to: 1 });
    expect(await registry.setAlias("net", "v1", "prod")).toBeNull();
    await registry.setAlias("net", "v0", "prod");
    await registry.removeAlias("net", "prod");
    const moves = (await registry.aliasHistory("net")).filter(({ alias }) => alias === "prod");
    expect(moves.map(({ from, to, actor }) => [from, to, actor])).toEqual([
      [null, 0, "Grace"],
      [0, 1, "Grace"],
      [1, 0, "Grace"],
      [0, null, "Grace"],
    ]);
  });

  test("[E3] its log is read by pages and filters, verified, exported and checked", async () => {
    await linkVersions(run, registry, 2);
    expect((await rowsOf(registry)).map(({ event }) => event.act.kind)).toEqual([
      "version-linked",
      "version-linked",
      "collection-created",
      "registry-created",
    ]);
    const linked: AuditRow[] = [];
    for await (const row of registry.audit({ kinds: ["version-linked"], collection: "net" }))
      linked.push(row);
    expect(linked.map(({ event, actorName }) => [event.seq, actorName])).toEqual([
      [3, "Grace"],
      [2, "Grace"],
    ]);
    expect(await registry.verify()).toMatchObject({ events: 4, faults: [] });
    const file = await registry.export();
    expect(await api.verifyExport(file)).toMatchObject({ events: 4, seal: { isRight: true } });
    expect(await api.planImport(file)).toMatchObject({ kind: "same" });
    expect(await codeOf(api.importRegistry(new Blob(["no log"])))).toBe("invalid_log");
  });

  test("[E1] a log of several pages is read to its end", async () => {
    await registry.createCollection({ name: "net", type: "model" });
    for (let i = 0; i < 210; i++) await registry.editCollection("net", { card: `card ${i}` });
    const seqs = (await rowsOf(registry)).map(({ event }) => event.seq);
    expect(seqs).toEqual(Array.from({ length: 212 }, (_, i) => 211 - i));
  });

  test("changes of registries are told by name", async () => {
    const told = new Promise<string>((resolve, reject) => {
      api.onRegistryChange(resolve).catch(reject);
    });
    await registry.edit({ description: "new" });
    expect(await told).toBe(registry.name);
  });
});

/** A registry of Ada's, where `production` is protected, here too, with the person here as a Member. */
async function joinTheirs(
  visibility: Visibility,
): Promise<{ readonly ada: Actor; readonly theirs: Registry }> {
  const ada = await openActor("Ada");
  const name = `theirs-${crypto.randomUUID()}`;
  await ada.api.createRegistry({ name, description: "", types: [], visibility });
  await ada.api.addProtection(name, "production", "");
  await ada.api.addMember(name, (await api.profile())?.card ?? "", "member");
  const { kind, verdict } = await api.importRegistry(await ada.api.exportRegistry(name));
  expect([kind, verdict.faults]).toEqual(["new", []]);
  const theirs = await api.registry(name);
  expect(await theirs.details()).toMatchObject({ role: "member" });
  return { ada, theirs };
}

describe("as a member of somebody's registry", () => {
  test("[P7] people are added by their card, changed and removed; the last admin stays", async () => {
    const ada = await openActor("Ada");
    const { card, key } = (await ada.api.getProfile()) ?? { card: "", key: "" };
    expect(await registry.addMember(card, "viewer")).toMatchObject({ name: "Ada", role: "viewer" });
    await registry.changeMember(key, { role: "member", name: "Ada L." });
    expect((await registry.members()).map(({ name, role }) => [name, role])).toEqual([
      ["Ada L.", "member"],
      ["Grace", "admin"],
    ]);
    const me = (await api.profile())?.key ?? "";
    expect(await codeOf(registry.removeMember(me))).toBe("last_admin");
    expect(await codeOf(registry.addMember("cairn-key:short", "member"))).toBe("invalid_key");
    await registry.removeMember(key);
    expect(await registry.members()).toHaveLength(1);
    ada.close();
  });

  test("[P7] who may only look finds a link, and can't read its files through it", async () => {
    const { ada, theirs } = await joinTheirs("members");
    await run.linkArtifact(aModel("1"), `${theirs.name}/net`);
    await ada.api.importRegistry(await theirs.export(), null);
    await ada.api.removeMember(theirs.name, (await api.profile())?.key as MemberKey);
    await api.importRegistry(await ada.api.exportRegistry(theirs.name));
    expect(await theirs.details()).toMatchObject({ role: "restricted" });
    const link = await theirs.artifact("net");
    expect(link.qualifiedName).toBe(`${project}/my-model:v0`);
    expect(await codeOf(link.text("weights.bin"))).toBe("not_permitted");
    expect(await codeOf(link.download())).toBe("not_permitted");
    expect(await codeOf(link.download({ to: await aFolder() }))).toBe("not_permitted");
    expect(await codeOf(run.useArtifact(link))).toBe("not_permitted");
    expect(await codeOf(run.linkArtifact(link, `${registry.name}/net`))).toBe("not_permitted");
    ada.close();
  });

  test("[P6] a request goes to an admin as a text, who checks and settles it", async () => {
    const { ada, theirs } = await joinTheirs("open");
    await run.linkArtifact(aModel("1"), `${theirs.name}/net`);
    await ada.api.importRegistry(await theirs.export(), null);
    const text = await theirs.writeRequest("net", "v0", "production", "It is ready");
    expect((await api.readRequest(text)).view).toMatchObject({ isOwn: true, maySettle: false });
    expect(await codeOf(theirs.settleRequest({ file: text }, "approved"))).toBe("alias_protected");
    expect((await ada.api.readRequestFile(text)).view).toMatchObject({ maySettle: true });
    await ada.api.settleRequest(theirs.name, { file: text }, "approved", "");
    await api.importRegistry(await ada.api.exportRegistry(theirs.name));
    expect((await theirs.artifact("net", "production")).version).toBe("v0");
    expect(await codeOf(api.readRequest("no request"))).toBe("invalid_log");
    ada.close();
  });

  test("[P2 P3 P6] a protected alias is refused, asked for, and given by an admin elsewhere", async () => {
    const { ada, theirs } = await joinTheirs("open");
    const { name } = theirs;

    const target = `registry-${name}/net`;
    const refused = await messageOf(
      run.linkArtifact(aModel("1"), target, { aliases: ["production"] }),
    );
    for (const part of ["“production”", `“${name}”`, "Member", "“Ada”", "request"])
      expect(refused).toContain(part);
    expect(await theirs.collections()).toEqual([]);

    await run.linkArtifact("my-model:v0", target, { aliases: ["candidate"] });
    const link = await run.useArtifact(`${target}:candidate`);
    expect(await codeOf(link.addAlias("production"))).toBe("alias_protected");
    expect(await theirs.planPromotion("net", "v0", "production")).toMatchObject({
      isAllowed: false,
      who: ["Ada"],
    });
    const { request } = await theirs.requestPromotion("net", "v0", "production", "It is ready");
    expect(await codeOf(theirs.settleRequest(request, "approved"))).toBe("alias_protected");

    await ada.api.importRegistry(await theirs.export(), null);
    await ada.api.settleRequest(name, request, "approved", "");
    expect(await api.importRegistry(await ada.api.exportRegistry(name))).toMatchObject({
      kind: "forward",
    });
    await link.refresh();
    expect(link.link).toMatchObject({
      aliases: ["latest", "candidate", "production"],
      protectedAliases: ["production"],
    });
    expect((await theirs.requests()).map(({ settled }) => settled?.outcome)).toEqual(["approved"]);
    expect(await codeOf(link.removeAlias("production"))).toBe("alias_protected");
    expect(await codeOf(link.unlink())).toBe("protected_held");
    expect(link.isLink).toBe(true);
    ada.close();
  });
});

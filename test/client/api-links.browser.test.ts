// Links through the public API: made by a run, used by alias and as of a time, taken out.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  Api,
  Artifact,
  disconnect,
  init,
  linkArtifact,
  type Registry,
  type Run,
} from "../../src/index.ts";
import { codeOf } from "../support/errors.ts";
import { aFolder, aModel } from "./api-parts.ts";
import {
  aliasesOfNet,
  linkVersions,
  messageOf,
  nextMillisecond,
  rowsOf,
  startTraining,
} from "./registry-parts.ts";

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

describe("linking from a run", () => {
  test("[G1 G3 G5] a draft is logged and linked, with aliases, into a collection that is made", async () => {
    const artifact = aModel("1");
    const linked = await linkArtifact(artifact, `wandb-registry-${registry.name}/my-model`, {
      aliases: ["staging", "candidate"],
    });
    expect(linked).toMatchObject({
      registry: registry.name,
      collection: "my-model",
      number: 0,
      version: "v0",
      qualifiedName: `registry-${registry.name}/my-model:v0`,
      source: `${project}/my-model:v0`,
      isNew: true,
      isNewCollection: true,
      followedLink: null,
    });
    expect(artifact).toMatchObject({ version: "v0", aliases: ["latest"], isLink: false });
    expect(artifact.links).toEqual([
      {
        registry: registry.name,
        collection: "my-model",
        version: "v0",
        aliases: ["latest", "candidate", "staging"],
        protectedAliases: [],
        qualifiedName: linked.qualifiedName,
      },
    ]);
    expect((await registry.collection("my-model")).type).toBe("model");
  });

  test.each(["wandb-registry-", "registry-", ""])(
    "[N7] a target may begin with “%s”",
    async (prefix) => {
      const linked = await run.linkArtifact(aModel("1"), `${prefix}${registry.name}/net`);
      expect(linked.qualifiedName).toBe(`registry-${registry.name}/net:v0`);
    },
  );

  test("[G4 G5 A7] again, it keeps its number and the aliases given move", async () => {
    const v0 = await run.logArtifact(aModel("1"));
    await run.linkArtifact(v0, `${registry.name}/net`, { aliases: ["best"] });
    await run.linkArtifact(aModel("2"), `${registry.name}/net`);
    const again = await run.linkArtifact("my-model:v0", `${registry.name}/net`, {
      aliases: ["best", "old"],
    });
    expect(again).toMatchObject({ version: "v0", isNew: false, isNewCollection: false });
    expect(again.moves).toEqual([{ alias: "old", from: null, to: 0 }]);
    expect(await aliasesOfNet(registry)).toEqual({ v1: ["latest"], v0: ["best", "old"] });
  });

  test("[G5] of a link its source is linked, and the answer says so", async () => {
    await linkVersions(run, registry, 1);
    const link = await registry.artifact("net");
    const linked = await run.linkArtifact(link, `${registry.name}/other`);
    expect(linked).toMatchObject({
      version: "v0",
      source: `${project}/my-model:v0`,
      followedLink: `registry-${registry.name}/net:v0`,
    });
  });

  test("each wrong input has a message of its own, and nothing is linked", async () => {
    const artifact = await run.logArtifact(aModel("1"));
    const draft = aModel("2");
    const set = await run.logArtifact(
      new Artifact({ name: "set", type: "dataset" }).addFile("x", "x"),
    );
    const target = `${registry.name}/net`;
    const messages = await Promise.all([
      messageOf(run.linkArtifact(artifact, "no-such-registry/net")),
      messageOf(run.linkArtifact(artifact, "net")),
      messageOf(run.linkArtifact(artifact, `${target}/more`)),
      messageOf(run.linkArtifact(draft, `${target}:v1`)),
      messageOf(run.linkArtifact(draft, `${registry.name}/n et`)),
      messageOf(run.linkArtifact(draft, target, { aliases: ["v7"] })),
      messageOf(run.linkArtifact(draft, target, { aliases: ["a/b"] })),
      messageOf(run.linkArtifact("nothing", target)),
      messageOf(run.linkArtifact(set, target)),
      messageOf(registry.link(draft, "net")),
      messageOf(registry.link("my-model:v0", "net")),
    ]);
    expect(messages).toEqual([
      expect.stringMatching(/no registry “no-such-registry”.*Create it first/),
      expect.stringMatching(/registry and a collection/),
      expect.stringMatching(/more than one “\/”/),
      expect.stringMatching(/leave out “:” and “@”/),
      expect.stringMatching(/collection/),
      expect.stringMatching(/“v7”/),
      expect.stringMatching(/alias/),
      expect.stringMatching(/“nothing:latest”|“.*\/nothing.*”/),
      expect.stringMatching(/takes “model”, not “dataset”/),
      expect.stringMatching(/draft/),
      expect.stringMatching(/names no project/),
    ]);
    expect(new Set(messages).size).toBe(messages.length);
    expect(draft.isLogged).toBe(false);
    expect(await registry.collections()).toEqual([]);
  });
});

describe("using from a registry", () => {
  test("[U1 R6 G4] by alias: the source's name, the link's aliases, and lineage that says where", async () => {
    await linkVersions(run, registry, 3);
    await registry.setAlias("net", "v1", "production");
    await (await api.artifact(`${project}/my-model:v1`)).addAlias("mine");
    const user = await init({ project: `${project}-user`, name: "serve" });
    const spec = `registry-${registry.name}/net:production`;
    const used = await user.useArtifact(spec, { type: "model" });
    expect(used).toMatchObject({
      isLink: true,
      qualifiedName: `${project}/my-model:v1`,
      version: "v1",
      aliases: ["production"],
      link: { collection: "net", version: "v1", qualifiedName: `registry-${registry.name}/net:v1` },
    });
    const { nodes, edges } = await used.lineage({ direction: "down" });
    expect(nodes.map(({ name }) => name)).toEqual(["my-model", "serve"]);
    const via = { registry: registry.name, collection: "net", number: 1 };
    expect(edges).toMatchObject([{ kind: "input", via }]);
    expect(nodes[0]).toMatchObject({ collections: [via] });
    await expect(user.useArtifact(spec, { type: "dataset" })).rejects.toThrow(/“dataset”/);
    expect((await run.useArtifact(used)).link?.qualifiedName).toBe(used.link?.qualifiedName);
  });

  test("[E4] as of a time: what an alias, and the whole registry, were then", async () => {
    await linkVersions(run, registry, 2);
    await registry.setAlias("net", "v0", "production");
    const [newest] = await rowsOf(registry);
    const then = newest?.event.at ?? "";
    await nextMillisecond(then);
    await registry.setAlias("net", "v1", "production");
    await registry.protect("production");
    const spec = `registry-${registry.name}/net:production`;
    expect((await run.useArtifact(`${spec}@${then}`)).link?.version).toBe("v0");
    expect((await run.useArtifact(spec)).link?.version).toBe("v1");
    const past = registry.asOf(then);
    expect((await past.artifact("net", "production")).version).toBe("v0");
    expect(await past.protections()).toEqual([]);
    expect(await registry.protections()).toHaveLength(1);
    expect((await past.collection("net")).aliases).toMatchObject([{ number: 0 }]);
    await registry.unlink("net", "v0");
    const gone = await past.artifact("net", "production");
    expect(gone.link).toMatchObject({ version: "v0", aliases: [] });
    await gone.edit({ description: "Was in production" });
    expect(gone.link).toMatchObject({ version: "v0", aliases: [] });
    expect(await gone.text("weights.bin")).toBe("weights 0");
    expect(await codeOf(gone.addAlias("best"))).toBe("not_found");
    expect(() => registry.asOf("yesterday")).toThrow(/“yesterday” is no ISO date/);
    expect(await codeOf(registry.asOf("2020-01-01").details())).toBe("not_found");
    const rows = registry.audit({ from: "soon" })[Symbol.asyncIterator]();
    expect(await codeOf(rows.next())).toBe("invalid_text");
  });

  test("[U2] a folder gets <registry>/<collection>_v<N>/…, and files come as of any artifact", async () => {
    await linkVersions(run, registry, 2);
    await registry.unlink("net", "v0");
    const link = await registry.artifact("net");
    const to = await aFolder();
    expect(await link.download({ to })).toMatchObject({ written: 1 });
    const folder = await (await to.getDirectoryHandle(registry.name)).getDirectoryHandle("net_v1");
    expect(await (await (await folder.getFileHandle("weights.bin")).getFile()).text()).toBe(
      "weights 1",
    );
    expect(await link.text("weights.bin")).toBe("weights 1");
    expect([...(await link.download()).keys()]).toEqual(["weights.bin"]);
  });

  test("[G9] aliases of a link are its own; its tags and description are the source's", async () => {
    const [source] = await linkVersions(run, registry, 1);
    const link = await registry.artifact("net");
    await link.addAlias("best");
    await link.edit({ description: "Good", tags: ["eu"] });
    await source?.refresh();
    expect(source).toMatchObject({ aliases: ["latest"], description: "Good", tags: ["eu"] });
    expect(link).toMatchObject({ aliases: ["latest", "best"], description: "Good", isLink: true });
    expect(await codeOf(link.removeAlias("other"))).toBe("not_found");
    expect(await codeOf(link.addAlias("latest"))).toBe("alias_reserved");
    await link.removeAlias("best");
    expect(link.aliases).toEqual(["latest"]);
  });

  test("[G7] unlinked, the source stays and is what the artifact stands for", async () => {
    await linkVersions(run, registry, 2);
    const link = await registry.artifact("net", "v1");
    await link.addAlias("best");
    await link.unlink();
    expect(link).toMatchObject({ isLink: false, link: null, aliases: ["latest"], links: [] });
    expect(await aliasesOfNet(registry)).toEqual({ v0: ["latest"] });
    expect(await messageOf(link.unlink())).toMatch(/my-model:v1” is not a link/);
    expect(await codeOf(aModel("x").unlink())).toBe("not_logged");
    expect(await codeOf(registry.unlink("net", "v1"))).toBe("not_a_link");
    expect(await codeOf(registry.unlink("net", "latest"))).toBe("invalid_text");
  });

  test("[G8] what is linked is deleted only with its links", async () => {
    const [source] = await linkVersions(run, registry, 1);
    expect(await codeOf(source?.delete() ?? Promise.resolve())).toBe("version_linked");
    await source?.delete({ unlink: true });
    expect((await registry.collection("net")).linkList).toEqual([]);
  });
});

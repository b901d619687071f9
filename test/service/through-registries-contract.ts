// What is found, used, downloaded and searched through registries, against any IndexedDB.
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { describeError } from "../../src/core/errors.ts";
import type { CollectionName, RegistryName } from "../../src/core/registry/records.ts";
import { ROLES } from "../../src/core/registry/roles.ts";
import { DEFAULT_LINEAGE } from "../../src/core/lineage.ts";
import type { CollectionHit, SearchHit } from "../../src/protocol/browse-api.ts";
import { receiveStream } from "../../src/protocol/byte-stream.ts";
import type { DownloadRequest, DownloadVia } from "../../src/protocol/downloads.ts";
import type { FindHit } from "../../src/protocol/find-api.ts";
import { newJobId } from "../../src/protocol/jobs.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import { linkNet, openLinkedNet, v } from "../support/linked-net.ts";
import { actAs, makePerson, openActor, shareLog } from "../support/registry-actors.ts";
import { log } from "../support/service-harness.ts";

const VIA: DownloadVia = {
  registry: "models" as RegistryName,
  collection: "net" as CollectionName,
  number: v(1),
};

/** A time after all that was done so far, and before all that is done later. */
async function betweenTimes(): Promise<string> {
  const tick = async (): Promise<string> => {
    const now = new Date().toISOString();
    await expect.poll(() => new Date().toISOString() > now, { interval: 1 }).toBe(true);
    return now;
  };
  await tick();
  return tick();
}

async function numberOf(api: StoreApi, spec: string): Promise<number> {
  return (await api.resolve(spec, null)).version.number;
}

function requestOf(via?: DownloadVia): DownloadRequest {
  return {
    project: "digits" as DownloadRequest["project"],
    name: "net" as DownloadRequest["name"],
    number: v(2),
    paths: null,
    limits: { foldsCase: false, windowsNames: false },
    ...(via !== undefined && { via }),
  };
}

/** The paths in a zip. */
async function pathsInZip(api: StoreApi, request: DownloadRequest): Promise<readonly string[]> {
  const { port1, port2 } = new MessageChannel();
  const report = api.serveZip(newJobId(), request, port1, () => undefined);
  const reading = new Response(receiveStream(port2)).arrayBuffer();
  // Why it failed, the report says.
  reading.catch(() => undefined);
  await report;
  return Object.keys(unzipSync(new Uint8Array(await reading)));
}

/** A hit of a registry in short; others as their kind. */
function short(hit: SearchHit | FindHit): string {
  if (hit.kind === "registry") return hit.registry;
  if (hit.kind !== "collection") return hit.kind;
  const { registry, collection, by, text, number }: CollectionHit = hit;
  return `${registry}/${collection}${number === null ? "" : `:v${number}`} by ${by} ${text}`;
}

async function found(api: StoreApi, text: string): Promise<readonly string[]> {
  const request = { text, limit: 8, kinds: ["registry", "collection"], near: null } as const;
  const { groups } = await api.find(request);
  return groups.flatMap(({ hits }) => hits.map(short));
}

export function throughRegistriesContract(): void {
  describe("resolving a collection's spec", () => {
    test("[N7 G5 G6] latest, a number and an alias mean the source of that link", async () => {
      const { api } = await openLinkedNet();
      expect(await numberOf(api, "registry-models/net")).toBe(2);
      expect(await numberOf(api, "wandb-registry-models/net:latest")).toBe(2);
      expect(await numberOf(api, "registry-models/net:v0")).toBe(1);
      expect(await numberOf(api, "registry-models/net:prod")).toBe(1);
      const { via, links, artifact } = await api.resolve("registry-models/net:prod", null);
      expect(artifact).toMatchObject({ project: "digits", name: "net" });
      expect(via).toMatchObject({ registry: "models", collection: "net", number: 0 });
      expect(links).toEqual([via]);
    });

    test("[N7] what isn't there is not found, by its name", async () => {
      const { api } = await openLinkedNet();
      await api.unlinkVersion("models", "net", v(1));
      const nameOf = (spec: string) => refusalOf(api.resolve(spec, null));
      expect(await nameOf("registry-none/net")).toEqual({
        code: "not_found",
        data: { what: "registry", name: "none" },
      });
      expect(await nameOf("registry-models/none")).toMatchObject({ data: { what: "collection" } });
      expect(await nameOf("registry-models/net:v1")).toEqual({
        code: "not_found",
        data: { what: "version", name: "registry-models/net:v1" },
      });
      expect(await codeOf(api.resolve("registry-models/net:v7", null))).toBe("not_found");
      expect(await codeOf(api.resolve("registry-models/net:none", null))).toBe("not_found");
      await api.deleteRegistry("models");
      expect(await nameOf("registry-models/net")).toMatchObject({ data: { what: "registry" } });
    });

    test("[N7] without any registry, none is found", async () => {
      const { api } = await openActor("ada");
      expect(await codeOf(api.resolve("registry-models/net", null))).toBe("not_found");
      expect(await found(api, "models")).toEqual([]);
    });

    test("[E4] as of a time is what it named then, unlinked since or not", async () => {
      const { api } = await openLinkedNet();
      const before = await betweenTimes();
      await api.setLinkAlias("models", "net", v(1), "prod");
      await api.unlinkVersion("models", "net", v(0));
      await linkNet(api, 3);
      expect(await numberOf(api, "registry-models/net:prod")).toBe(2);
      expect(await numberOf(api, "registry-models/net")).toBe(3);
      expect(await numberOf(api, `registry-models/net:prod@${before}`)).toBe(1);
      expect(await numberOf(api, `registry-models/net@${before}`)).toBe(2);
      expect(await codeOf(api.resolve("registry-models/net@2001-01-01", null))).toBe("not_found");
      const { via, links } = await api.resolve(`registry-models/net:v0@${before}`, null);
      expect(via).toMatchObject({ number: 0, aliases: [], mayUnlink: false });
      expect(links).toEqual([]);
    });

    test("[N7 D1] a source in the trash says so", async () => {
      const { api } = await openLinkedNet();
      const before = await betweenTimes();
      await api.unlinkVersion("models", "net", v(0));
      const target = { kind: "versions", project: "digits", name: "net", numbers: [v(1)] } as const;
      await api.deleteVersions(target, true);
      expect(await refusalOf(api.resolve(`registry-models/net:v0@${before}`, null))).toEqual({
        code: "in_trash",
        data: { name: "digits/net:v1" },
      });
    });

    test("[N7 G5] a source that never was in this browser is named, with its link", async () => {
      const cast = await openLinkedNet();
      const other = await openActor("bob");
      await shareLog(cast, other, "models");
      const problem = await refusalOf(other.api.resolve("registry-models/net:prod", null));
      expect(problem.code).toBe("not_found");
      expect(describeError(problem)).toMatch(/registry-models\/net:v0.*digits\/net:v1.*never/);
      expect(await found(other.api, "prod")).toEqual(["models/net:v0 by alias prod"]);
    });

    test("[G5 D2] a version's page names the places that link it, and who may unlink", async () => {
      const cast = await openLinkedNet();
      await cast.api.createCollection("models", { name: "all", type: "model", card: "", tags: [] });
      await linkNet(cast.api, 1, [], "models/all");
      for (const [role, mayUnlink] of [["member", true] as const, ["viewer", false] as const]) {
        const { links, via } = await (await cast.as(role)).getVersion("digits", "net", "v1");
        expect(links.map((link) => [link.collection, link.number, link.mayUnlink])).toEqual([
          ["all", 0, mayUnlink],
          ["net", 0, mayUnlink],
        ]);
        expect(via).toBeNull();
      }
      expect((await cast.api.getVersion("digits", "net", "v0")).links).toEqual([]);
    });
  });

  describe("using and downloading through a registry", () => {
    test("[R6 R5] a use keeps the collection it was found through, in its edge, its event and the lineage", async () => {
      const { api, ctx } = await openLinkedNet();
      const run = await api.startRun("other", "judge", {});
      await api.useVersion("registry-models/net:prod", "other", run.uid, "model");
      const via = { registry: "models", collection: "net", number: 0 };
      const graph = await api.lineage("digits/net:v1", null, DEFAULT_LINEAGE);
      expect(graph.edges).toMatchObject([{ kind: "input", via }]);
      expect(graph.nodes.find(({ depth }) => depth === 0)).toMatchObject({ collections: [via] });
      const [edge] = await ctx.db.getAll("edges");
      expect(edge?.via).toMatchObject({ registryName: "models", collection: "net", number: 0 });
      const events = await ctx.db.getAllFromIndex("events", "bySubject", "digits/net:v1");
      expect(events.at(-1)).toMatchObject({
        kind: "edge-added",
        after: { run: run.uid, direction: "input", via: edge?.via },
      });
    });

    test("[R6] a use taken back and drawn again keeps the collection", async () => {
      const { api, ctx } = await openLinkedNet();
      const run = await api.startRun("digits", "judge", {});
      const { version } = await api.useVersion("registry-models/net", null, run.uid, null);
      const ref = { project: "digits", name: "net", number: version.number } as DownloadRequest;
      const before = await ctx.db.getAll("edges");
      await api.removeRunEdge(ref, run.uid, "input");
      await api.restoreRunEdge(ref, run.uid, "input");
      const [edge] = await ctx.db.getAll("edges");
      expect(edge?.via).toBeDefined();
      expect(edge?.via).toEqual(before[0]?.via);
    });

    test("[R6 U1] a use by the version's own name keeps no collection, and resolving records nothing", async () => {
      const { api, ctx } = await openLinkedNet();
      await api.resolve("registry-models/net", null);
      expect(await ctx.db.count("edges")).toBe(0);
      const run = await api.startRun("digits", "judge", {});
      await api.useVersion("digits/net:v1", null, run.uid, null);
      expect(await ctx.db.getAll("edges")).toEqual([expect.not.objectContaining({ via: {} })]);
      expect(Object.keys((await ctx.db.getAll("edges"))[0] ?? {})).not.toContain("via");
    });

    test.each(ROLES)("[P7 P8] what a %s may do with a linked version", async (role) => {
      const cast = await openLinkedNet({ visibility: "members" });
      const run = await cast.api.startRun("digits", "judge", {});
      const api = await cast.as(role);
      const expected = role === "restricted" ? "not_permitted" : "no error";
      const spec = "registry-models/net:v1";
      expect(await codeOf(api.useVersion(spec, null, run.uid, null))).toBe(expected);
      expect(await codeOf(api.getFile("digits", "net", v(2), "a", VIA))).toBe(expected);
      expect(await codeOf(api.getFiles("digits", "net", v(2), ["a"], VIA))).toBe(expected);
      expect(await codeOf(api.peekFile("digits", "net", v(2), "a", VIA))).toBe(expected);
      expect(await codeOf(pathsInZip(api, requestOf(VIA)))).toBe(expected);
      expect(await numberOf(api, spec)).toBe(2);
      expect(await found(api, "mod")).toContain("models");
      expect(await cast.ctx.db.count("edges")).toBe(role === "restricted" ? 0 : 1);
    });

    test("[P7 P6] who isn't listed may use what an open registry links; else the refusal says who to ask", async () => {
      const cast = await openLinkedNet();
      const run = await cast.api.startRun("digits", "judge", {});
      const api = await actAs(cast, await makePerson("stranger"));
      const use = () => api.useVersion("registry-models/net", null, run.uid, null);
      expect(await codeOf(use())).toBe("no error");
      await cast.as("admin");
      await api.editRegistry("models", { visibility: "members" });
      await actAs(cast, await makePerson("stranger"));
      expect(await refusalOf(use())).toEqual({
        code: "not_permitted",
        data: {
          registry: "models",
          act: "use and download its versions",
          role: "Restricted Viewer",
          needed: "Viewer",
          who: ["admin"],
        },
      });
    });

    test("[U2] a download lies below <registry>/<collection>_v<N>/", async () => {
      const { api } = await openLinkedNet();
      expect(await pathsInZip(api, requestOf(VIA))).toEqual(["models/net_v1/a"]);
      expect(await pathsInZip(api, requestOf())).toEqual(["digits/net_v2/a"]);
    });

    test("[G5 R3] a line drawn by hand to a link's spec leads to its source", async () => {
      const { api } = await openLinkedNet();
      await log(api, { r: "1" }, { name: "report", type: "report" });
      const report = { project: "digits", name: "report", number: v(0) } as DownloadRequest;
      expect(await api.addDerivation(report, "registry-models/net:prod")).toBe(true);
      const { derivedFrom } = await api.getVersion("digits", "report", "v0");
      expect(derivedFrom).toMatchObject([{ name: "net", number: 1 }]);
    });

    test("[R5] a version in the graph names every collection that links it now", async () => {
      const { api } = await openLinkedNet();
      await linkNet(api, 1, [], "models/all");
      const collections = async () => {
        const { nodes } = await api.lineage("digits/net:v1", null, DEFAULT_LINEAGE);
        return nodes.map((node) => (node.kind === "version" ? node.collections : null));
      };
      const net = { registry: "models", collection: "net", number: 0 };
      expect(await collections()).toEqual([
        [{ registry: "models", collection: "all", number: 0 }, net],
      ]);
      await api.deleteCollection("models", "all");
      expect(await collections()).toEqual([[net]]);
      await api.deleteRegistry("models");
      expect(await collections()).toEqual([[]]);
    });
  });

  describe("finding registries", () => {
    test("[N1 N2] registries and collections by name, and the versions that hold an alias", async () => {
      const { api } = await openLinkedNet();
      expect(await found(api, "MOD")).toEqual(["models"]);
      expect(await found(api, "net")).toEqual(["models/net by name net"]);
      expect(await found(api, "prod")).toEqual(["models/net:v0 by alias prod"]);
      expect(await found(api, "latest")).toEqual([]);
      expect(await found(api, "registry-models/net")).toEqual([
        "models/net by name net",
        "models/net:v0 by alias prod",
      ]);
      expect(await found(api, "models/net:pr")).toEqual(["models/net:v0 by alias prod"]);
      const hits = (await api.search("prod", 10)).map(short);
      expect(hits).toEqual(["models/net:v0 by alias prod"]);
      expect((await api.search("models", 10)).map(short)).toEqual(["models"]);
    });

    test("[T1] collections by a tag, and by all of a set", async () => {
      const { api } = await openLinkedNet();
      await api.editCollection("models", "net", { tags: ["vision", "small one"] });
      await api.createCollection("models", {
        name: "other",
        type: "model",
        card: "",
        tags: ["vision"],
      });
      expect(await found(api, "small")).toEqual(["models/net by tag small one"]);
      expect((await api.search("vision", 10)).map(short)).toEqual([
        "models/net by tag vision",
        "models/other by tag vision",
      ]);
      const tagged = async (...tags: string[]) => (await api.findByTags(tags)).map(short);
      expect(await tagged("vision")).toHaveLength(2);
      expect(await tagged("vision", "small one")).toEqual(["models/net by tag vision, small one"]);
      expect(await tagged("Vision")).toEqual([]);
    });

    test("[Q1] each search sees what changed, and nothing that was deleted", async () => {
      const { api } = await openLinkedNet();
      await api.removeLinkAlias("models", "net", "prod");
      expect(await found(api, "prod")).toEqual([]);
      await api.deleteCollection("models", "net");
      expect(await found(api, "net")).toEqual([]);
      await api.deleteRegistry("models");
      expect(await found(api, "models")).toEqual([]);
      await api.restoreRegistry("models");
      expect(await found(api, "models")).toEqual(["models"]);
    });
  });
}

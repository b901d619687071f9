import { expect, it } from "vitest";
import { findInLineage } from "../../../src/core/lineage-search.ts";
import type { LineageCollection, LineageGraph } from "../../../src/core/lineage.ts";
import type { Alias } from "../../../src/core/names.ts";
import type { CollectionName, RegistryName } from "../../../src/core/registry/records.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { describeNode, noteOf, usesThrough } from "../../../src/ui/lineage/node-text.ts";
import { graphOf, idOf, nodeOf } from "../../core/lineage-graphs.ts";

const AROUND = { sources: 0, results: 0, isProvisional: false };
const PLACE: LineageCollection = {
  registry: "models" as RegistryName,
  collection: "net" as CollectionName,
  number: 2 as VersionNumber,
};

it("[R5] names the collections of a version, behind the aliases people set", () => {
  const linked = nodeOf("net:1", { collections: [PLACE] });
  expect(noteOf(linked)).toBe("models/net:v2");
  expect(describeNode(linked, AROUND)).toContain("linked as models/net:v2");
  const aliased = nodeOf("net:1", { aliases: ["prod" as Alias], collections: [PLACE] });
  expect(noteOf(aliased)).toBe("prod, models/net:v2");
  expect(noteOf(nodeOf("net:1", { state: "deleted", collections: [PLACE] }))).toBe("deleted");
});

it("[S3] says that a number may still change", () => {
  const net = nodeOf("net:1");
  expect(describeNode(net, { ...AROUND, isProvisional: true })).toBe(
    "Version net:v1, not synced yet, model, in p",
  );
  expect(describeNode(net, AROUND)).not.toContain("synced");
});

it("[R5] finds a version by a collection that links it", () => {
  const graph: LineageGraph = {
    ...graphOf("net:1 > judge"),
    nodes: [nodeOf("net:1", { collections: [PLACE] }), nodeOf("judge")],
  };
  for (const text of ["models/net", "Registry-Models"])
    expect(findInLineage(graph, text)).toEqual([idOf("net:1")]);
});

it("[R6] tells of both ends of a line which registry was asked", () => {
  const drawn = graphOf("net:1 > judge > report:0");
  const graph: LineageGraph = {
    ...drawn,
    edges: drawn.edges.map((edge) => (edge.kind === "input" ? { ...edge, via: PLACE } : edge)),
  };
  expect(usesThrough(nodeOf("net:1"), graph)).toEqual(["judge as models/net:v2"]);
  expect(usesThrough(nodeOf("judge"), graph)).toEqual(["net:v1 as models/net:v2"]);
  expect(usesThrough(nodeOf("report:0"), graph)).toEqual([]);
});

import { expect, it } from "vitest";
import type { LineageNode } from "../../../src/core/lineage.ts";
import { provisionalNodes } from "../../../src/ui/lineage/provisional-nodes.ts";
import { nodeOf } from "../../core/lineage-graphs.ts";
import { connected } from "../../support/sync-views.ts";

it("[S3] marks versions that are there, and whose numbers a sync will give for good", () => {
  const isProvisional = provisionalNodes([connected()]);
  const net = (more: Partial<LineageNode> = {}): LineageNode =>
    nodeOf("digits/net:1", { name: "net" as never, ...more });
  expect(isProvisional(net())).toBe(true);
  expect(isProvisional(net({ isFixed: true }))).toBe(false);
  expect(isProvisional(net({ state: "in_trash" }))).toBe(false);
  expect(isProvisional(nodeOf("digits/judge"))).toBe(false);
  expect(isProvisional(nodeOf("other/net:1"))).toBe(false);
  expect(provisionalNodes([])(net())).toBe(false);
});

// The stores that reading and writing a shared project takes.
import type { StoreName } from "../../store/schema.ts";

/** The stores a project lies in. */
export const SHARED_STORES = [
  "projects",
  "artifacts",
  "versions",
  "deletedVersions",
  "aliases",
  "aliasMoves",
  "manifests",
  "runs",
  "edges",
  "derivations",
  "trash",
  "totals",
  "events",
  "registries",
  "registryEvents",
  "identity",
  "remotes",
] as const satisfies StoreName[];
export type SharedStore = (typeof SHARED_STORES)[number];

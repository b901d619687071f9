// Pieces of a registry as its pages get them, for tests of pages.
import type { Alias } from "../../src/core/names.ts";
import type { AliasPattern, CollectionName, LinkSource } from "../../src/core/registry/records.ts";
import type { Protection } from "../../src/core/registry/state.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { LinkAlias, LinkView } from "../../src/protocol/registry-link-api.ts";

export const PLACE = { registry: "models", collection: "net" as CollectionName };

export function heldAlias(alias: string, number: number, isProtected = false): LinkAlias {
  return { alias: alias as Alias, number: number as VersionNumber, isProtected };
}

/** A link of `digits/cnn`, whose versions have the same numbers. */
export function linkView(number: number, fields: Partial<LinkView> = {}): LinkView {
  return {
    number: number as VersionNumber,
    source: {
      version: `version-${number}`,
      project: "digits",
      name: "cnn",
      number,
      type: "model",
      digest: "blake3:00",
      sizeBytes: 12,
      fileCount: 1,
    } as unknown as LinkSource,
    linkedAt: "2026-03-01T12:00:00.000Z",
    linkedBy: "key" as LinkView["linkedBy"],
    linkedByName: "Ada",
    aliases: [],
    here: { state: "live", tags: [], description: "" },
    ...fields,
  };
}

export function protection(pattern: string): Protection {
  return {
    pattern: pattern as AliasPattern,
    condition: null,
    addedAt: "2026-03-01T12:00:00.000Z",
    addedBy: "key" as Protection["addedBy"],
  };
}

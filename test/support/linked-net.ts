// A registry with links to a logged artifact: what most tests of registries begin with.
import type { VersionNumber } from "../../src/core/version.ts";
import type { NewRegistry } from "../../src/protocol/registry-manage-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { openCast, type Cast } from "./registry-actors.ts";
import { log } from "./service-harness.ts";

export function v(number: number): VersionNumber {
  return number as VersionNumber;
}

/**
 * Somebody in each role, `models` that takes everything, and `digits/net` with v0 to v3, of which v1
 * is v0 of `models/net` and holds `prod`, and v2 is v1 there.
 */
export async function openLinkedNet(fields: Partial<NewRegistry> = {}): Promise<Cast> {
  const cast = await openCast(fields);
  for (const content of ["0", "1", "2", "3"]) await log(cast.api, { a: content });
  await linkNet(cast.api, 1, ["prod"]);
  await linkNet(cast.api, 2);
  return cast;
}

/** Links a version of `digits/net` to `models/net`, or elsewhere. */
export function linkNet(
  api: StoreApi,
  number: number,
  aliases: readonly string[] = [],
  target = "models/net",
) {
  return api.linkVersion(`digits/net:v${number}`, null, target, aliases);
}

// A registry whose `prod` is protected, and people who ask for it on devices of their own.
import type { Role } from "../../src/core/registry/roles.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { actAs, openCast, shareLog, type Cast } from "./registry-actors.ts";
import { log, openHarness, type Harness } from "./service-harness.ts";
import { v } from "./linked-net.ts";

/** models/net with v0, which holds the protected `prod`, and v1. */
export async function withProd(condition = ""): Promise<Cast> {
  const cast = await openCast();
  const { api } = cast;
  for (const content of ["0", "1"]) {
    const { version } = await log(api, { a: content }, { metadata: '{"accuracy": 0.8}' });
    await api.linkVersion(`digits/net:v${version.number}`, null, "models/net", []);
  }
  await api.setLinkAlias("models", "net", v(0), "prod");
  await api.addProtection("models", "prod", condition);
  return cast;
}

/** Another device, of somebody of the cast, that has the registry but none of the versions. */
export async function deviceOf(cast: Cast, role: Role): Promise<Harness> {
  const device = await openHarness();
  await actAs(device, cast.people[role]);
  await shareLog(cast, device, "models");
  return device;
}

/** The file in which somebody asks that v1 holds `prod`. */
export function askByFile(api: StoreApi): Promise<string> {
  return api.writeRequestFile("models", "net", v(1), "prod", "good enough");
}

/** The version that holds `prod`. */
export async function holderOf(api: StoreApi): Promise<number | undefined> {
  const { aliases } = await api.getCollection("models", "net", null);
  return aliases.find(({ alias }) => alias === "prod")?.number;
}

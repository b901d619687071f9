// Registries as the page asks for them.
import type { RegistryApi } from "../../protocol/registry-api.ts";
import type { Ctx } from "../context.ts";
import { createAuditService } from "./audit-service.ts";
import { createLinkService } from "./link-service.ts";
import { createManageService } from "./manage-service.ts";

/** Puts the use cases of registries together. */
export function createRegistryService(ctx: Ctx): RegistryApi {
  return { ...createManageService(ctx), ...createLinkService(ctx), ...createAuditService(ctx) };
}

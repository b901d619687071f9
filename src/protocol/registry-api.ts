// Registries: collections of linked versions, who may do what there, and the signed log of it all.
import type { LinkApi } from "./registry-link-api.ts";
import type { AuditApi } from "./registry-log-api.ts";
import type { ManageApi } from "./registry-manage-api.ts";

export interface RegistryApi extends ManageApi, LinkApi, AuditApi {}

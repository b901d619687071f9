// A registry's log: looked through, checked, sent and brought in.
import type { AuditApi } from "../../protocol/registry-log-api.ts";
import type { Ctx } from "../context.ts";
import { listAudit } from "./audit.ts";
import { exportRegistry } from "./export.ts";
import { importRegistry, planImport } from "./import.ts";
import { verifyExport, verifyRegistry } from "./verify.ts";

export function createAuditService(ctx: Ctx): AuditApi {
  return {
    listAudit: (registry, query) => listAudit(ctx, registry, query),
    verifyRegistry: (registry) => verifyRegistry(ctx, registry),
    exportRegistry: (registry) => exportRegistry(ctx, registry),
    verifyExport: (file) => verifyExport(ctx, file),
    planImport: (file) => planImport(ctx, file),
    importRegistry: (file, name) => importRegistry(ctx, file, name),
  };
}

// Aliases and details after the fact, put together.
import type { EditApi } from "../../protocol/edit-api.ts";
import { aliasHistory } from "../browse/alias-history.ts";
import type { Ctx } from "../context.ts";
import { removeAlias, setAlias } from "./aliases.ts";
import { editVersion, setArtifactTags } from "./details.ts";

export function createEditService(ctx: Ctx): EditApi {
  return {
    setAlias: (version, alias) => setAlias(ctx, version, alias),
    removeAlias: (project, name, alias) => removeAlias(ctx, project, name, alias),
    aliasHistory: (project, name) => aliasHistory(ctx.db, project, name),
    editVersion: (version, edit) => editVersion(ctx, version, edit),
    setArtifactTags: (project, name, tags) => setArtifactTags(ctx, project, name, tags),
  };
}

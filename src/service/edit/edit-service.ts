// Aliases and details after the fact, put together.
import type { EditApi } from "../../protocol/edit-api.ts";
import { aliasHistory } from "../browse/alias-history.ts";
import type { Ctx } from "../context.ts";
import { removeAlias, setAlias } from "./aliases.ts";
import { editVersion, setArtifactTags } from "./details.ts";

export function createEditService(ctx: Ctx): EditApi {
  return {
    setAlias: (version, alias, expected) => setAlias(ctx, version, alias, expected),
    removeAlias: (project, name, alias, expected) =>
      removeAlias(ctx, project, name, alias, expected),
    aliasHistory: (project, name) => aliasHistory(ctx.db, project, name),
    editVersion: (version, edit, expected) => editVersion(ctx, version, edit, expected),
    setArtifactTags: (project, name, tags, expected) =>
      setArtifactTags(ctx, project, name, tags, expected),
  };
}

// Registries made, edited, deleted, brought back, and taken out of this browser [G1 G2 G7].
import { CairnError } from "../../core/errors.ts";
import { parseArtifactType, type ArtifactType } from "../../core/names.ts";
import { TYPES_MAX_COUNT } from "../../core/registry/event-reader.ts";
import { parseRegistryName } from "../../core/registry/names.ts";
import type { RegistrySettings, RegistryUid } from "../../core/registry/records.ts";
import type { RegistrySummary } from "../../protocol/registry-link-api.ts";
import type { NewRegistry, RegistryEdit } from "../../protocol/registry-manage-api.ts";
import { withRead, withWrite, type WriteTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { append, notifyChanged, startLog } from "./append.ts";
import { changesTo } from "./changes.ts";
import { findIdentity } from "./identity.ts";
import { parseLongText } from "./long-text.ts";
import { findRecord, REGISTRY_STORES, throwMissing } from "./read-registry.ts";
import { summarizeRegistry } from "./summaries.ts";

/** Makes a registry, with who makes it as its Admin. Throws `invalid_name`, `already_exists`, `no_profile`. */
export async function createRegistry(ctx: Ctx, fields: NewRegistry): Promise<RegistrySummary> {
  const name = parseRegistryName(fields.name);
  const settings: RegistrySettings = {
    description: parseLongText("description", fields.description),
    types: parseTypes(fields.types),
    visibility: fields.visibility,
  };
  const open = await startLog(ctx, ({ name: by, hubUser }) => ({
    kind: "registry-created",
    name,
    by,
    hubUser,
    ...settings,
  }));
  const me = await withRead(ctx.db, ["identity"], findIdentity);
  return summarizeRegistry(open, me?.key ?? null);
}

/** Changes the settings given. Throws `not_permitted`, `types_can_only_grow`, `invalid_text`, `invalid_name`. */
export async function editRegistry(ctx: Ctx, registry: string, edit: RegistryEdit): Promise<void> {
  const wanted: Partial<RegistrySettings> = {
    ...(edit.description !== undefined && {
      description: parseLongText("description", edit.description),
    }),
    ...(edit.types !== undefined && { types: parseTypes(edit.types) }),
    ...(edit.visibility !== undefined && { visibility: edit.visibility }),
  };
  await append(ctx, registry, ({ state }) => {
    const changes = changesTo<RegistrySettings>(state, wanted);
    return changes === null ? [] : [{ kind: "registry-edited", ...changes }];
  });
}

/** Its links go with it, what they point to stays [G7]. Throws `not_permitted`, `protected_held` [P3]. */
export async function deleteRegistry(ctx: Ctx, registry: string): Promise<void> {
  await append(ctx, registry, ({ state }) =>
    state.isDeleted ? [] : [{ kind: "registry-deleted" }],
  );
}

/** Brings a deleted registry back as it was. Throws `not_permitted`. */
export async function restoreRegistry(ctx: Ctx, registry: string): Promise<void> {
  await append(ctx, registry, ({ state }) =>
    state.isDeleted ? [{ kind: "registry-restored" }] : [],
  );
}

/** Takes a registry out of this browser, log and all, and out of what syncs; everybody else keeps theirs. Throws `no_registry`. */
export async function forgetRegistry(ctx: Ctx, registry: string): Promise<void> {
  await withWrite(ctx.db, [...REGISTRY_STORES, "remotes"], async (tx) => {
    const record = await findRecord(tx, registry);
    if (record === undefined) return throwMissing(ctx, tx, registry);
    await stopSyncing(tx, record.uid);
    const events = IDBKeyRange.bound([record.uid], [record.uid, []]);
    await tx.objectStore("registryEvents").delete(events);
    await tx.objectStore("registries").delete(record.uid);
  });
  notifyChanged(ctx, registry);
}

/** A remote that still syncs it would bring it back. */
async function stopSyncing(tx: WriteTx<"remotes">, registry: RegistryUid): Promise<void> {
  for (const remote of await tx.objectStore("remotes").getAll()) {
    const registries = remote.scope.registries.filter((uid) => uid !== registry);
    if (registries.length < remote.scope.registries.length)
      await tx.objectStore("remotes").put({ ...remote, scope: { ...remote.scope, registries } });
  }
}

/** Accepted types, duplicates dropped. Throws `invalid_name`, `invalid_text`. */
function parseTypes(types: readonly string[]): readonly ArtifactType[] {
  const unique = [...new Set(types.map(parseArtifactType))];
  if (unique.length <= TYPES_MAX_COUNT) return unique;
  const reason = `there are ${unique.length.toLocaleString("en")}, and ${TYPES_MAX_COUNT} is the most`;
  throw new CairnError("invalid_text", { field: "list of types", reason });
}

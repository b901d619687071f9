// What may be told to a remote: what a person chose for it, and nothing's name else [S1].
import type { ArtifactRecord } from "../../core/records.ts";
import type { RegistryUid } from "../../core/registry/records.ts";
import type { DeviceId } from "../../core/sync/shared.ts";
import type { ReadTx } from "../../store/transaction.ts";

export interface ToldScope {
  hasArtifact(artifact: Pick<ArtifactRecord, "project" | "name">): boolean;
  hasRegistry(registry: RegistryUid): boolean;
}

/** Without a remote nothing goes anywhere. */
const ALL: ToldScope = { hasArtifact: () => true, hasRegistry: () => true };

/** The scope of the remote for which this browser is a device; of none that is known here, nothing. */
export async function scopeOf(tx: ReadTx<"remotes">, self: DeviceId): Promise<ToldScope> {
  const remotes = await tx.objectStore("remotes").getAll();
  if (remotes.length === 0) return ALL;
  const scope = remotes.find(({ device }) => device === self)?.scope;
  const never = new Map(scope?.projects.map((project) => [project.name, new Set(project.never)]));
  const registries = new Set(scope?.registries);
  return {
    hasArtifact: ({ project, name }) => never.get(project)?.has(name) === false,
    hasRegistry: (registry) => registries.has(registry),
  };
}

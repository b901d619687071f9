// What may be told to a remote: what a person chose for it, and nothing's name else [S1].
import type { ArtifactRecord } from "../../core/records.ts";
import type { RegistryUid } from "../../core/registry/records.ts";
import type { DeviceId } from "../../core/sync/shared.ts";
import type { ReadTx } from "../../store/transaction.ts";

export interface ToldScope {
  hasArtifact(artifact: Pick<ArtifactRecord, "project" | "name">): boolean;
  hasRegistry(registry: RegistryUid): boolean;
}

/** The scope of the remote for which this browser is a device. Without a remote nothing goes anywhere. */
export async function scopeOf(tx: ReadTx<"remotes">, self: DeviceId): Promise<ToldScope> {
  const remotes = await tx.objectStore("remotes").getAll();
  const scope = remotes.find(({ device }) => device === self)?.scope;
  const never = new Map(scope?.projects.map((project) => [project.name, new Set(project.never)]));
  const registries = new Set(scope?.registries);
  return {
    hasArtifact: ({ project, name }) => scope === undefined || never.get(project)?.has(name) === false,
    hasRegistry: (registry) => scope === undefined || registries.has(registry),
  };
}

// Shared states of one project read from a harness's tables, and written to them.
import type { Alias, ArtifactName } from "../../src/core/names.ts";
import type { VersionUid } from "../../src/core/records.ts";
import {
  emptyProject,
  type SharedAlias,
  type SharedArtifact,
  type SharedMove,
  type SharedProject,
  type SharedVersion,
} from "../../src/core/sync/shared.ts";
import type { Ctx } from "../../src/service/context.ts";
import { readShared, SHARED_STORES, writeShared } from "../../src/service/sync/shared-state.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { OTHERS, PROJECT, SELF, type Manifests } from "./shared-projects.ts";

export const READ = { project: PROJECT, device: SELF, never: new Set<ArtifactName>() };
export const NET = "net" as ArtifactName;
export const PROD = "prod" as Alias;
export const [ADA = SELF, BOB = SELF] = OTHERS;
export const NOTHING = emptyProject(PROJECT, "");

export function read(ctx: Ctx, never: readonly string[] = []): Promise<SharedProject> {
  const wanted = { ...READ, never: new Set(never as readonly ArtifactName[]) };
  return withRead(ctx.db, [...SHARED_STORES], (tx) => readShared(tx, wanted));
}

/** Makes the tables say a state, as a merge does. */
export function write(
  ctx: Ctx,
  change: SharedProject | ((before: SharedProject) => SharedProject),
  { manifests = new Map(), fixed = NOTHING }: { manifests?: Manifests; fixed?: SharedProject } = {},
): ReturnType<typeof writeShared> {
  return withWrite(ctx.db, [...SHARED_STORES], async (tx) => {
    const before = await readShared(tx, READ);
    const after = typeof change === "function" ? change(before) : change;
    return writeShared(ctx, tx, READ, { before, after, manifests, fixed });
  });
}

export function aliasAt(to: VersionUid | null, moves: readonly SharedMove[]): SharedAlias {
  return { alias: PROD, version: to, moves };
}

export function netOf(state: SharedProject): SharedArtifact {
  const net = state.artifacts.get(NET);
  if (net === undefined) throw new Error("no net");
  return net;
}

export function withNet(
  state: SharedProject,
  change: (net: SharedArtifact) => SharedArtifact,
): SharedProject {
  return { ...state, artifacts: new Map(state.artifacts).set(NET, change(netOf(state))) };
}

export function withVersions(net: SharedArtifact, ...versions: SharedVersion[]): SharedArtifact {
  const all = [...net.versions.values(), ...versions];
  return { ...net, versions: new Map(all.map((version) => [version.uid, version])) };
}

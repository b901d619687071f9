// What the store worker knows of syncing.
import { labelOf } from "../../core/sync/remote.ts";
import type { RemoteStoreApi } from "../../protocol/remote-api.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { listAway } from "./away-files.ts";

export function createRemoteService(ctx: Ctx): Omit<RemoteStoreApi, "showOnly"> {
  return {
    async listConnected() {
      const remotes = await withRead(ctx.db, ["remotes"], (tx) =>
        tx.objectStore("remotes").getAll(),
      );
      return remotes.map(({ uid, hubUrl, type, repo, pullOnly, scope }) => ({
        uid,
        hubUrl,
        type,
        repo,
        pullOnly,
        label: labelOf({ type, repo }),
        projects: scope.projects,
        registries: scope.registries,
      }));
    },
    listAway: (version) => listAway(ctx, version),
    setHubToken(hubUrl, token) {
      ctx.hubTokens.set(hubUrl, token);
      return Promise.resolve();
    },
  };
}

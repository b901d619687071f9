// What a page that only shows a repository may not ask of syncing: it brings that one in, and nothing else.
import type { RemoteTarget } from "../core/sync/remote.ts";
import type { ConnectRequest, SyncApi } from "../protocol/sync-api.ts";
import { readOnlyError, refuseChanges, type Changes } from "../service/refuse-changes.ts";

const CHANGES: Changes<SyncApi> = {
  beginSignIn: false,
  finishSignIn: false,
  giveToken: false,
  holdToken: false,
  forgetToken: false,
  whoIs: false,
  showOnly: false,

  testConnection: false,
  // The page itself connects what it shows.
  connectRemote: false,
  disconnectRemote: true,
  listRemotes: false,
  getRemote: false,
  // The page itself takes up projects that came.
  setScope: false,

  syncNow: false,
  pauseSync: true,
  resumeSync: true,
  cancelRound: false,
  noteOnline: false,
  readSyncLog: false,

  copiesOf: false,
  planEvict: false,
  evict: true,
  fetchAll: false,
  publish: true,
  cancelSyncJob: false,
};

/** Has syncing refuse every change with `read_only` from now on, but to bring in what is shown. */
export function refuseSyncChanges(api: SyncApi, shown: RemoteTarget): void {
  const { connectRemote } = api;
  refuseChanges(api, CHANGES, shown);
  api.connectRemote = async (request) => {
    if (!onlyBringsIn(request, shown)) throw readOnlyError(shown);
    return connectRemote(request);
  };
}

function onlyBringsIn({ target, create, pullOnly }: ConnectRequest, shown: RemoteTarget): boolean {
  const { hubUrl, type, repo } = target;
  const isShown = hubUrl === shown.hubUrl && type === shown.type && repo === shown.repo;
  return isShown && create === null && pullOnly;
}

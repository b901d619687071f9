// What the search offers to do about syncing.
import { Cloud, CloudUpload, Plug, RefreshCw } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { AppState } from "../state/app-state.ts";
import { connectHash, remoteHash, syncAll, syncHash } from "../state/sync-actions.ts";
import type { FindAction } from "./actions.ts";

export function syncActions(app: AppState): readonly FindAction[] {
  const remotes = app.sync.remotes.value;
  return [
    {
      label: "Sync",
      icon: Cloud,
      words: "remote hub hugging face cloud backup devices",
      run: () => void (location.hash = syncHash()),
    },
    {
      label: "Connect a repository…",
      icon: Plug,
      words: "sync remote hub hugging face space dataset new",
      run: () => void (location.hash = connectHash()),
    },
    ...remotes.map(({ uid, repo }) => ({
      label: "Go to the repository",
      icon: CloudUpload,
      words: "sync remote scope log settings",
      detail: showHidden(repo),
      run: () => void (location.hash = remoteHash(uid)),
    })),
    ...(remotes.length === 0
      ? []
      : [
          {
            label: "Sync now",
            icon: RefreshCw,
            words: "push pull upload",
            run: () => void syncAll(app),
          },
        ]),
  ];
}

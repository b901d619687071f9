// How syncing goes, in the bar of every page.
import type { JSX } from "preact";
import { Cloud, CloudAlert, CloudOff, CloudUpload, type IconNode } from "lucide";
import { Icon } from "./parts/icon.tsx";
import { formatRoute } from "./router.ts";
import type { AppState } from "./state/app-state.ts";
import { isReadOnly } from "./state/read-only.ts";
import type { SyncMood } from "./state/sync-mark.ts";

const MOODS: Readonly<Record<SyncMood, { readonly icon: IconNode; readonly text: string }>> = {
  none: { icon: Cloud, text: "Sync" },
  idle: { icon: Cloud, text: "Sync" },
  working: { icon: CloudUpload, text: "Sync: working" },
  waiting: { icon: Cloud, text: "Sync: waiting for the hub" },
  paused: { icon: Cloud, text: "Sync: paused" },
  offline: { icon: CloudOff, text: "Sync: offline" },
  "signed-out": { icon: CloudOff, text: "Sync: not signed in" },
  blocked: { icon: CloudAlert, text: "Sync: needs you" },
};

interface SyncLinkProps {
  readonly app: AppState;
  readonly isCurrent: boolean;
}

export function SyncLink({ app, isCurrent }: SyncLinkProps): JSX.Element | null {
  // What is only shown syncs by itself.
  if (isReadOnly()) return null;
  const mood = app.sync.mood.value;
  const { icon, text } = MOODS[mood];
  return (
    <a
      class={`button is-plain top-sync is-${mood}`}
      href={formatRoute({ kind: "sync", connect: null })}
      aria-label={text}
      title={text}
      {...(isCurrent && { "aria-current": "page" as const })}
    >
      <Icon icon={icon} />
      <span class="top-text">Sync</span>
    </a>
  );
}

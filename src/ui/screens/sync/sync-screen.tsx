// All repositories that Cairn syncs with, and connecting one [S1].
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { CloudUpload, Plus } from "lucide";
import type { RemoteView } from "../../../protocol/sync-api.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import type { SyncRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useRemotes } from "../../state/use-live.ts";
import { ConnectDialog } from "./connect/connect-dialog.tsx";
import { RemoteCard } from "./remote-card.tsx";
import "./sync-screen.css";

interface SyncScreenProps {
  readonly app: AppState;
  readonly route: SyncRoute;
}

export function SyncScreen({ app, route }: SyncScreenProps): JSX.Element {
  const loaded = useRemotes(app);
  const button = useRef<HTMLSpanElement>(null);
  if (loaded.phase === "loading") return <Loading what="what syncs" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const remotes = loaded.value;
  const open = (connect: string | null): void => app.replaceRoute({ ...route, connect });
  const connect = (
    <span ref={button}>
      <Button variant="primary" icon={Plus} onClick={() => open("")}>
        Connect a repository
      </Button>
    </span>
  );
  return (
    <section class="sync">
      {remotes.length === 0 ? (
        <EmptyState icon={CloudUpload} title="Nothing syncs yet" isPage>
          <p>
            Connect a repository on Hugging Face, and what you choose is kept there too: versions
            with their files, aliases, runs and registries. Every browser that connects the same one
            sees the same, and changes made offline are put together. Until you connect one, nothing
            leaves this browser.
          </p>
          {connect}
        </EmptyState>
      ) : (
        <Listed app={app} remotes={remotes}>
          {connect}
        </Listed>
      )}
      {route.connect !== null && (
        <ConnectDialog
          app={app}
          wanted={route.connect}
          remotes={remotes}
          onClose={() => {
            open(null);
            requestAnimationFrame(() => button.current?.querySelector("button")?.focus());
          }}
        />
      )}
    </section>
  );
}

interface ListedProps {
  readonly app: AppState;
  readonly remotes: readonly RemoteView[];
  readonly children: JSX.Element;
}

function Listed({ app, remotes, children }: ListedProps): JSX.Element {
  return (
    <>
      <header class="page-header sync-head">
        <h1>Sync</h1>
        {children}
      </header>
      <ul class="sync-list" aria-label="Connected repositories">
        {remotes.map((remote) => (
          <RemoteCard key={remote.uid} app={app} remote={remote} />
        ))}
      </ul>
    </>
  );
}

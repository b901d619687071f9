// One repository: what syncs with it, its log, its settings.
import type { JSX } from "preact";
import { CircleQuestionMark } from "lucide";
import type { RemoteUid } from "../../../core/sync/remote.ts";
import type { RemoteDetail } from "../../../protocol/sync-api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import type { RemoteRoute, RemoteTab } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { syncHash } from "../../state/sync-actions.ts";
import { useRemote } from "../../state/use-live.ts";
import { LogTab } from "./log-tab.tsx";
import { RemoteHeader } from "./remote-header.tsx";
import { ScopeTab } from "./scope/scope-tab.tsx";
import { SettingsTab } from "./settings-tab.tsx";
import "./remote-screen.css";

interface RemoteScreenProps {
  readonly app: AppState;
  readonly route: RemoteRoute;
}

const TABS: readonly Tab<RemoteTab>[] = [
  { id: "scope", text: "What syncs" },
  { id: "log", text: "Log" },
  { id: "settings", text: "Settings" },
];

export function RemoteScreen({ app, route }: RemoteScreenProps): JSX.Element {
  const loaded = useRemote(app, route.remote as RemoteUid);
  if (loaded.phase === "loading") return <Loading what="the repository" />;
  if (loaded.phase === "failed")
    return loaded.problem.code === "not_found" ? (
      <EmptyState icon={CircleQuestionMark} title="This repository isn’t connected here" isPage>
        <p>It may have been disconnected, or be connected in another browser.</p>
        <a class="button is-primary" href={syncHash()}>
          All repositories
        </a>
      </EmptyState>
    ) : (
      <LoadFailure problem={loaded.problem} />
    );
  const remote = loaded.value;
  return (
    <section class="remote">
      <RemoteHeader app={app} remote={remote} />
      <Tabs
        label="Views of this repository"
        tabs={TABS}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab })}
      >
        <View app={app} route={route} remote={remote} />
      </Tabs>
    </section>
  );
}

function View({
  app,
  route,
  remote,
}: RemoteScreenProps & { readonly remote: RemoteDetail }): JSX.Element {
  switch (route.tab) {
    case "scope":
      return <ScopeTab app={app} remote={remote} />;
    case "log":
      return <LogTab app={app} remote={remote} />;
    case "settings":
      return <SettingsTab app={app} remote={remote} />;
  }
}

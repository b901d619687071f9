// What syncs with a repository, how what met was settled, and who else syncs there.
import type { JSX } from "preact";
import type { RemoteDetail } from "../../../../protocol/sync-api.ts";
import type { AppState } from "../../../state/app-state.ts";
import { Devices } from "./devices.tsx";
import { Projects } from "./projects.tsx";
import { Registries } from "./registries.tsx";
import { Settled } from "./settled.tsx";
import "../../../syncing/sync-check.css";
import "../section.css";
import "./scope-tab.css";

export interface ScopeProps {
  readonly app: AppState;
  readonly remote: RemoteDetail;
}

export function ScopeTab({ app, remote }: ScopeProps): JSX.Element {
  return (
    <div class="remote-scope">
      <div class="remote-main">
        <Projects app={app} remote={remote} />
        <Registries app={app} remote={remote} />
      </div>
      <div class="remote-side">
        <Settled app={app} remote={remote} />
        <Devices devices={remote.devices} />
      </div>
    </div>
  );
}

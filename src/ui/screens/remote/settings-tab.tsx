// A remote's settings: where it is, who is signed in, publishing it, parting from it.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { ExternalLink, Globe, Unplug } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RemoteDetail } from "../../../protocol/sync-api.ts";
import { Button } from "../../parts/button.tsx";
import { Fact } from "../../parts/fact.tsx";
import { formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import type { AppState } from "../../state/app-state.ts";
import { targetUrl } from "../../state/sync-target.ts";
import { KIND_NAMES } from "../../state/sync-text.ts";
import { AccountSection } from "./account-section.tsx";
import { DisconnectDialog } from "./disconnect-dialog.tsx";
import "./facts.css";
import "./section.css";
import "./settings-tab.css";

const PublishDialog = lazy(() =>
  import("../../publish/publish-dialog.tsx").then((module) => module.PublishDialog),
);

interface SettingsTabProps {
  readonly app: AppState;
  readonly remote: RemoteDetail;
}

export function SettingsTab({ app, remote }: SettingsTabProps): JSX.Element {
  const isParting = useSignal(false);
  const isPublishing = useSignal(false);
  const { type, hubUrl, connectedAt, commit, pullOnly } = remote;
  return (
    <div class="remote-settings">
      <section class="card remote-section" aria-labelledby="remote-where">
        <header>
          <h2 id="remote-where">Repository</h2>
        </header>
        <dl class="remote-facts">
          <Fact name="Address">
            <a href={targetUrl(remote)} target="_blank" rel="noreferrer noopener">
              {showHidden(targetUrl(remote))}{" "}
              <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
            </a>
          </Fact>
          <Fact name="Kind">{KIND_NAMES[type]}</Fact>
          <Fact name="Hub">{showHidden(hubUrl)}</Fact>
          <Fact name="Direction">
            {pullOnly ? "Only brings in what is there" : "Sends and brings in"}
          </Fact>
          <Fact name="Connected">
            <time dateTime={connectedAt}>{formatTime(connectedAt)}</time>
          </Fact>
          {commit !== null && (
            <Fact name="Last commit seen">
              <code>{showHidden(commit.slice(0, 12))}</code>
            </Fact>
          )}
        </dl>
      </section>
      <AccountSection app={app} remote={remote} />
      {!pullOnly && (
        <section class="card remote-section" aria-labelledby="remote-publish">
          <header>
            <Icon icon={Globe} />
            <h2 id="remote-publish">Show it to others</h2>
          </header>
          <p>
            A static Space with Cairn in it shows what is in this repository to everybody who opens
            its page, without signing in. It shows and changes nothing.
          </p>
          <span>
            <Button icon={Globe} onClick={() => (isPublishing.value = true)}>
              Publish…
            </Button>
          </span>
        </section>
      )}
      <section class="card remote-section" aria-labelledby="remote-part">
        <header>
          <h2 id="remote-part">Disconnect</h2>
        </header>
        <p>
          Stops syncing with it. What is here stays here, and what is there stays there; connecting
          it again goes on where it stopped.
        </p>
        <span>
          <Button variant="danger" icon={Unplug} onClick={() => (isParting.value = true)}>
            Disconnect…
          </Button>
        </span>
      </section>
      {isParting.value && (
        <DisconnectDialog app={app} remote={remote} onClose={() => (isParting.value = false)} />
      )}
      {isPublishing.value && (
        <PublishDialog app={app} remote={remote} onClose={() => (isPublishing.value = false)} />
      )}
    </div>
  );
}

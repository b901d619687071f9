// Connecting a repository: sign in, say which, have it looked at, choose what syncs [S1].
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RemoteView } from "../../../../protocol/sync-api.ts";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { ErrorNote } from "../../../parts/error-note.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { remoteHash } from "../../../state/sync-actions.ts";
import { ConnectDraft } from "../../../state/sync-connect.ts";
import { ScopeStep } from "./scope-step.tsx";
import { WhereStep } from "./where-step.tsx";
import "../../../syncing/sync-check.css";
import "./connect-dialog.css";

interface ConnectDialogProps {
  readonly app: AppState;
  /** A repository to begin with; `""` for none. */
  readonly wanted: string;
  readonly remotes: readonly RemoteView[];
  readonly onClose: () => void;
}

export function ConnectDialog({ app, wanted, remotes, onClose }: ConnectDialogProps): JSX.Element {
  const [draft] = useState(() => new ConnectDraft(app.cairn.sync.api, wanted));
  const hubUrl = draft.hubInUse.value;
  useEffect(() => {
    if (hubUrl !== null) void draft.identify(hubUrl);
  }, [draft, hubUrl]);
  useEffect(
    () =>
      app.cairn.sync.onNotice((notice) => {
        // Somebody may have signed in: in another tab, or on coming back from the hub's page.
        if (notice.kind === "remotes-changed" && hubUrl !== null) void draft.identifyAgain(hubUrl);
      }),
    [app, draft, hubUrl],
  );
  const isChoosing = draft.isChoosing.value;
  const connect = (): void =>
    void draft.connect(remotes, (uid) => (location.hash = remoteHash(uid)));
  const problem = (isChoosing ? draft.connecting : draft.testing).problem.value;
  return (
    <Dialog
      title={isChoosing ? "Choose what syncs" : "Connect a repository"}
      step={isChoosing ? "scope" : "where"}
      onClose={onClose}
      onSubmit={() => {
        if (isChoosing) connect();
        else void draft.goOn();
      }}
      buttons={
        isChoosing ? (
          <>
            <span class="is-aside">
              <Button onClick={() => (draft.isChoosing.value = false)}>Back</Button>
            </span>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" busy={draft.connecting.isBusy.value}>
              Connect
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              type="submit"
              busy={draft.testing.isBusy.value}
              disabled={
                draft.target.value === null || (draft.report.value !== null && !draft.mayGoOn.value)
              }
            >
              Next: what syncs
            </Button>
          </>
        )
      }
    >
      {problem !== null && <ErrorNote problem={problem} />}
      {isChoosing ? (
        <ScopeStep app={app} draft={draft} remotes={remotes} />
      ) : (
        <WhereStep app={app} draft={draft} />
      )}
    </Dialog>
  );
}

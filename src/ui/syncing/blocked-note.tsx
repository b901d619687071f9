// Why a remote waits for the person, and the ways out as buttons.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { CircleAlert, CircleUserRound } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { RemoteView } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import type { AppState } from "../state/app-state.ts";
import { connectHash, syncAction } from "../state/sync-actions.ts";
import { writeTarget } from "../state/sync-target.ts";
import { lacksSignIn, waysOut, type WayOut } from "../state/sync-text.ts";
import { SignInDialog } from "./sign-in-dialog.tsx";
import "../parts/error-note.css";
import "./blocked-note.css";

interface BlockedNoteProps {
  readonly app: AppState;
  readonly remote: RemoteView;
}

export function BlockedNote({ app, remote }: BlockedNoteProps): JSX.Element | null {
  const isSigningIn = useSignal(false);
  const { activity, uid, hubUrl, label } = remote;
  if (activity.kind !== "blocked") return null;
  const tryNow = (): Promise<void> => syncAction(app, () => app.cairn.sync.api.syncNow(uid));
  const buttons: Readonly<Record<WayOut, JSX.Element>> = {
    "sign-in": (
      <Button small onClick={() => (isSigningIn.value = true)}>
        {lacksSignIn(remote) ? "Sign in" : "Sign in again"}
      </Button>
    ),
    "use-dataset": (
      <a class="button is-plain is-small" href={connectHash(writeTarget(asDataset(remote)))}>
        Use a dataset
      </a>
    ),
    "try-now": (
      <Button small onClick={() => void tryNow()}>
        Try now
      </Button>
    ),
  };
  const isCalm = lacksSignIn(remote);
  const ways = isCalm ? (["sign-in"] as const) : waysOut(activity.failure, remote.type);
  return (
    <div
      class={`error-note${isCalm ? " is-calm" : ""}`}
      {...(isCalm ? { role: "status" } : { role: "alert" })}
    >
      <Icon icon={isCalm ? CircleUserRound : CircleAlert} />
      <div class="error-note-body">
        <p>
          {isCalm
            ? `No open tab is signed in to ${showHidden(label)}, so nothing syncs now. What you change here waits until you sign in.`
            : showHidden(activity.why)}
          {ways.includes("use-dataset") && " A dataset has no limit of 1 GB."}
        </p>
        <div class="error-note-actions">
          {ways.map((way) => (
            <span key={way}>{buttons[way]}</span>
          ))}
        </div>
      </div>
      {isSigningIn.value && (
        <SignInDialog
          app={app}
          hubUrl={hubUrl}
          onSignedIn={() => void tryNow()}
          onClose={() => (isSigningIn.value = false)}
        />
      )}
    </div>
  );
}

/** A dataset beside the repository that is full. */
function asDataset({ hubUrl, repo }: RemoteView): Parameters<typeof writeTarget>[0] {
  return { hubUrl, type: "dataset", repo: `${repo}-data` };
}

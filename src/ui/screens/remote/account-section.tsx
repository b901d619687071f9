// Who is signed in at a remote's hub.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LogIn, LogOut } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { HubIdentity, RemoteView } from "../../../protocol/sync-api.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { Loader } from "../../state/resource.ts";
import { hubName } from "../../state/sync-target.ts";
import { SignInDialog } from "../../syncing/sign-in-dialog.tsx";

interface AccountSectionProps {
  readonly app: AppState;
  readonly remote: RemoteView;
}

export function AccountSection({ app, remote }: AccountSectionProps): JSX.Element {
  const { hubUrl, isSignedIn } = remote;
  const { api } = app.cairn.sync;
  const [loader] = useState(() => new Loader<HubIdentity | null>());
  const [leaving] = useState(() => new Task());
  const isSigningIn = useSignal(false);
  const load = (): void => void loader.load(() => api.whoIs(hubUrl));
  // Also when another tab signs in or out.
  useEffect(load, [loader, api, hubUrl, isSignedIn]);
  const loaded = loader.state.value;
  const identity = loaded.phase === "ready" ? loaded.value : null;
  const hub = showHidden(hubName(hubUrl));
  const problem = leaving.problem.value;
  const signOut = (): void =>
    void leaving.run(async () => {
      await api.forgetToken(hubUrl);
      app.toasts.show({ kind: "success", text: `Signed out of ${hub}.` });
      load();
    });
  return (
    <section class="card remote-section" aria-labelledby="remote-account">
      <header>
        <h2 id="remote-account">Sign-in</h2>
      </header>
      {problem !== null && <ErrorNote problem={problem} />}
      {loaded.phase === "failed" ? (
        <ErrorNote problem={loaded.problem} />
      ) : (
        <p role="status">
          {loaded.phase === "loading" ? (
            "Asking…"
          ) : identity === null ? (
            `Nobody is signed in to ${hub}.`
          ) : (
            <>
              Signed in to {hub} as <strong>{showHidden(identity.name)}</strong>
              {fullNameOf(identity)}.
            </>
          )}
        </p>
      )}
      <div class="remote-ways">
        <Button icon={LogIn} onClick={() => (isSigningIn.value = true)}>
          {identity === null ? "Sign in" : "Sign in again"}
        </Button>
        {(identity !== null || isSignedIn) && (
          <Button icon={LogOut} busy={leaving.isBusy.value} onClick={signOut}>
            Sign out
          </Button>
        )}
      </div>
      {isSigningIn.value && (
        <SignInDialog
          app={app}
          hubUrl={hubUrl}
          onSignedIn={load}
          onClose={() => (isSigningIn.value = false)}
        />
      )}
    </section>
  );
}

/** In brackets, where it says more than the name. */
function fullNameOf({ name, fullName }: HubIdentity): string {
  return fullName === null || fullName === name ? "" : ` (${showHidden(fullName)})`;
}

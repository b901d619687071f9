// What can be done about bytes that couldn't be fetched: signing in again, where that helps.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Problem } from "../../core/errors.ts";
import { Button } from "../parts/button.tsx";
import { lazy } from "../parts/lazy.tsx";
import type { AppState } from "../state/app-state.ts";
import { remoteToSignIn } from "../state/synced-state.ts";

const SignInDialog = lazy(() =>
  import("./sign-in-dialog.tsx").then((module) => module.SignInDialog),
);

interface WayOutProps {
  readonly app: AppState;
  readonly problem: Problem;
  readonly onSignedIn: () => void;
}

/** Nothing where the sentence says all. */
export function WayOut({ app, problem, onSignedIn }: WayOutProps): JSX.Element | null {
  const isSigningIn = useSignal(false);
  const remote = remoteToSignIn(app.sync.remotes.value, problem);
  if (remote === null) return null;
  return (
    <>
      <Button small onClick={() => (isSigningIn.value = true)}>
        Sign in again
      </Button>
      {isSigningIn.value && (
        <SignInDialog
          app={app}
          hubUrl={remote.hubUrl}
          onSignedIn={onSignedIn}
          onClose={() => (isSigningIn.value = false)}
        />
      )}
    </>
  );
}

// Who is signed in at the hub, or signing in.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { CircleUserRound } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { Button } from "../../../parts/button.tsx";
import { Icon } from "../../../parts/icon.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { connectHash } from "../../../state/sync-actions.ts";
import type { ConnectDraft } from "../../../state/sync-connect.ts";
import { hubName } from "../../../state/sync-target.ts";
import { SignInForm } from "../../../syncing/sign-in-form.tsx";

interface AccountProps {
  readonly app: AppState;
  readonly draft: ConnectDraft;
}

export function Account({ app, draft }: AccountProps): JSX.Element | null {
  const isChanging = useSignal(false);
  const identity = draft.identity.value;
  const hubUrl = draft.hubInUse.value;
  if (hubUrl === null || identity === undefined) return null;
  const hub = showHidden(hubName(hubUrl));
  if (identity !== null && !isChanging.value)
    return (
      <div class="connect-account">
        <Icon icon={CircleUserRound} />
        <span>
          Signed in to {hub} as <strong>{showHidden(identity.name)}</strong>
        </span>
        <Button small onClick={() => (isChanging.value = true)}>
          Use another sign-in
        </Button>
      </div>
    );
  return (
    <section class="connect-sign-in" aria-label={`Sign in to ${hub}`}>
      <SignInForm
        // Another hub is another sign-in.
        key={hubUrl}
        app={app}
        hubUrl={hubUrl}
        onLeave={() =>
          // Coming back leads here again.
          history.replaceState(null, "", connectHash(draft.address))
        }
        onSignedIn={(now) => {
          isChanging.value = false;
          draft.signedIn(now);
        }}
      />
    </section>
  );
}

// Signing in again, from where that is needed.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import type { HubIdentity } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import type { AppState } from "../state/app-state.ts";
import { hubName } from "../state/sync-target.ts";
import { SignInForm } from "./sign-in-form.tsx";

interface SignInDialogProps {
  readonly app: AppState;
  readonly hubUrl: string;
  readonly onSignedIn: (identity: HubIdentity) => void;
  readonly onClose: () => void;
}

export function SignInDialog({ app, hubUrl, onSignedIn, onClose }: SignInDialogProps): JSX.Element {
  return (
    <Dialog
      title={`Sign in to ${showHidden(hubName(hubUrl))}`}
      onClose={onClose}
      onSubmit={onClose}
      buttons={<Button onClick={onClose}>Cancel</Button>}
    >
      <SignInForm
        app={app}
        hubUrl={hubUrl}
        onSignedIn={(identity) => {
          onClose();
          onSignedIn(identity);
        }}
      />
    </Dialog>
  );
}

// Signing in to a hub: on its own page, or with a token.
import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ExternalLink, LogIn } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { HubIdentity } from "../../protocol/sync-api.ts";
import { Button } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { Field } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { TextInput } from "../parts/text-input.tsx";
import { Task } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import { beginSignIn, hubClientId, isGivenClientId, setHubClientId } from "../state/hub-sign-in.ts";
import { SignInState, tokenPage } from "../state/sign-in-state.ts";
import { hubName } from "../state/sync-target.ts";
import "./sign-in-form.css";
import "./sync-check.css";

interface SignInFormProps {
  readonly app: AppState;
  readonly hubUrl: string;
  readonly onSignedIn: (identity: HubIdentity) => void;
  /** Before the page is left for the hub's. */
  readonly onLeave?: () => void;
}

/** Stands inside a dialog's form, so Enter in its field is its own. */
export function SignInForm(props: SignInFormProps): JSX.Element {
  const { app, hubUrl, onSignedIn } = props;
  const [state] = useState(() => new SignInState(app.cairn.sync.api));
  const signIn = (): void => void state.signIn(hubUrl, onSignedIn);
  const problem = state.task.problem.value;
  const isRefused = problem?.code === "hub_failed" && problem.data.kind === "signed_out";
  const hub = showHidden(hubName(hubUrl));
  return (
    <div class="sign-in">
      <HubPage {...props} keeps={state.keeps} />
      {problem !== null && !isRefused && <ErrorNote problem={problem} />}
      <Field
        label="Access token"
        problem={
          isRefused &&
          `${hub} doesn’t take this token. Look whether all of it is there, and whether it is still good.`
        }
        hint={
          <>
            <a href={tokenPage(hubUrl)} target="_blank" rel="noreferrer noopener">
              Make one on {hub} <Icon icon={ExternalLink} size={13} label="(opens a new tab)" />
            </a>
            : a fine-grained one that may read and write the contents of this repository, or of all
            yours if Cairn is to create it.
          </>
        }
      >
        {(control) => (
          <div class="sign-in-token">
            <input
              {...control}
              class="input"
              type="password"
              autocomplete="off"
              spellcheck={false}
              value={state.token.value}
              onInput={({ currentTarget }) => (state.token.value = currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                signIn();
              }}
            />
            <Button
              icon={LogIn}
              busy={state.task.isBusy.value}
              disabled={!state.isReady.value}
              onClick={signIn}
            >
              Sign in
            </Button>
          </div>
        )}
      </Field>
      <label class="sync-check">
        <input
          type="checkbox"
          checked={state.keeps.value}
          onChange={({ currentTarget }) => (state.keeps.value = currentTarget.checked)}
        />
        <span>
          Keep it on this device{" "}
          <span class="muted">Encrypted. Without this you sign in again in a new tab.</span>
        </span>
      </label>
    </div>
  );
}

/** Signing in on the hub's own page, where Cairn is known there. */
function HubPage({
  app,
  hubUrl,
  onLeave,
  keeps,
}: SignInFormProps & { readonly keeps: ReadonlySignal<boolean> }): JSX.Element {
  const [task] = useState(() => new Task());
  const clientId = useSignal(hubClientId(hubUrl));
  const typed = useSignal("");
  const problem = task.problem.value;
  const hub = showHidden(hubName(hubUrl));
  if (clientId.value === null)
    return (
      <details class="sign-in-client">
        <summary>Sign in on {hub} instead of pasting a token</summary>
        <Field
          label="Client id of an OAuth app"
          hint="Make an app in the settings there, with this page’s address as where it leads back to."
        >
          {(control) => (
            <div class="sign-in-token">
              <TextInput
                control={control}
                isExact
                value={typed.value}
                onInput={(text) => (typed.value = text)}
              />
              <Button
                disabled={typed.value.trim() === ""}
                onClick={() => {
                  setHubClientId(hubUrl, typed.value.trim());
                  clientId.value = hubClientId(hubUrl);
                }}
              >
                Use it
              </Button>
            </div>
          )}
        </Field>
      </details>
    );
  return (
    <>
      {problem !== null && <ErrorNote problem={problem} />}
      <Button
        icon={LogIn}
        busy={task.isBusy.value}
        onClick={() =>
          void task.run(async () => {
            onLeave?.();
            await beginSignIn(app, hubUrl, keeps.value);
          })
        }
      >
        Sign in on {hub}
      </Button>
      {isGivenClientId(hubUrl) && (
        <p class="sign-in-or">
          <button
            type="button"
            class="link-button"
            onClick={() => {
              setHubClientId(hubUrl, "");
              clientId.value = null;
            }}
          >
            Forget this client id
          </button>
        </p>
      )}
      <p class="muted sign-in-or">or with a token</p>
    </>
  );
}

// The name others see, and the user name on Hugging Face.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { findHubUserProblem, findNameProblem } from "../../../core/registry/people.ts";
import type { Profile } from "../../../protocol/registry-manage-api.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { sentenceOf } from "../../parts/text.ts";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";

interface ProfileFormProps {
  readonly app: AppState;
  readonly profile: Profile | null;
}

export function ProfileForm({ app, profile }: ProfileFormProps): JSX.Element {
  const name = useSignal(profile?.name ?? "");
  const hubUser = useSignal(profile?.hubUser ?? "");
  const [task] = useState(() => new Task());
  const [givenName, givenUser] = [name.value.trim(), hubUser.value.trim()];
  const nameProblem = givenName === "" ? null : findNameProblem(givenName);
  const userProblem = givenUser === "" ? null : findHubUserProblem(givenUser);
  const isChanged = givenName !== (profile?.name ?? "") || givenUser !== (profile?.hubUser ?? "");
  const isReady = givenName !== "" && nameProblem === null && userProblem === null && isChanged;
  const save = async (): Promise<void> => {
    await app.cairn.store.setProfile(givenName, givenUser === "" ? null : givenUser);
    app.toasts.show({
      kind: "success",
      text: profile === null ? "Your profile is made." : "Your profile is saved.",
    });
  };
  const problem = task.problem.value;
  return (
    <form
      class="card profile-section"
      noValidate
      aria-labelledby="profile-form-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void task.run(save);
      }}
    >
      <h2 id="profile-form-title">{profile === null ? "Say who you are" : "Who you are"}</h2>
      {problem !== null && <RegistryProblem problem={problem} />}
      <Field
        label="Name"
        hint="What others see beside what you do. Registries that list you keep the name they have until it is changed there."
        problem={nameProblem === null ? undefined : sentenceOf(nameProblem)}
      >
        {(control) => (
          <TextInput
            control={control}
            autocomplete="name"
            value={name.value}
            onInput={(text) => (name.value = text)}
          />
        )}
      </Field>
      <Field
        label="Hugging Face user name"
        optional
        hint="Nothing is sent there. It tells others who you are."
        problem={userProblem === null ? undefined : sentenceOf(userProblem)}
      >
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={hubUser.value}
            onInput={(text) => (hubUser.value = text)}
          />
        )}
      </Field>
      <div>
        <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isReady}>
          {profile === null ? "Make my profile" : "Save"}
        </Button>
      </div>
    </form>
  );
}

// A new registry [G1 G2].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../parts/button.tsx";
import { ChoiceList } from "../../parts/choice-list.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { TypeField } from "../../parts/type-field.tsx";
import { registryHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { RegistryDraft } from "../../state/registries-state.ts";
import { VISIBILITY_OPTIONS } from "../registry/role-text.ts";

interface CreateDialogProps {
  readonly app: AppState;
  /** Names of registries here. */
  readonly existing: readonly string[];
  /** Nobody said yet who uses this browser. */
  readonly asksPerson: boolean;
  readonly onClose: () => void;
}

export function CreateDialog(props: CreateDialogProps): JSX.Element {
  const { app, existing, asksPerson, onClose } = props;
  const [draft] = useState(() => new RegistryDraft(app.cairn.store, existing, asksPerson));
  const problem = draft.task.problem.value;
  return (
    <Dialog
      title="Create a registry"
      onClose={onClose}
      onSubmit={() => void draft.create((name) => (location.hash = registryHash(name)))}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            busy={draft.task.isBusy.value}
            disabled={!draft.isReady.value}
          >
            Create
          </Button>
        </>
      }
    >
      {problem !== null && <RegistryProblem problem={problem} />}
      <NameField
        kind="registry"
        label="Name"
        hint="Part of its address: registry-<name>/<collection>. It stays."
        value={draft.name.value}
        existing={draft.existing}
        onInput={(name) => (draft.name.value = name)}
      />
      <Field label="Description" optional hint="What belongs in it, and who looks after it.">
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={2}
            value={draft.description.value}
            onInput={({ currentTarget }) => (draft.description.value = currentTarget.value)}
          />
        )}
      </Field>
      <TypeField
        label="Accepted types"
        hint="None takes all. Later the list can grow, never shrink."
        types={draft.types.value}
        onChange={(types) => (draft.types.value = types)}
      />
      <ChoiceList
        label="Who sees it"
        options={VISIBILITY_OPTIONS}
        value={draft.visibility.value}
        onChange={(visibility) => (draft.visibility.value = visibility)}
      />
      {draft.asksPerson && (
        <Field
          label="Your name"
          hint="You become its first Admin. The name stands beside everything you do in registries."
        >
          {(control) => (
            <TextInput
              control={control}
              autocomplete="name"
              value={draft.person.value}
              onInput={(text) => (draft.person.value = text)}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}

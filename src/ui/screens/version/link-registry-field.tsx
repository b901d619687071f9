// The registry to link to: one there is, or one that is made first, said in so many words [G1].
import type { JSX } from "preact";
import { ArrowLeft } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RegistrySummary } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { sentenceOf } from "../../parts/text.ts";
import type { LinkDraft } from "../../state/link-draft.ts";
import { registryChoices } from "../../state/link-plan.ts";

/** No registry has such a name. */
const CREATE = "+";

interface LinkRegistryFieldProps {
  readonly draft: LinkDraft;
  readonly registries: readonly RegistrySummary[];
  /** Why the chosen one can't be read, or `""`. */
  readonly failure: string;
}

export function LinkRegistryField(props: LinkRegistryFieldProps): JSX.Element {
  const { draft, registries, failure } = props;
  const choices = registryChoices(registries, draft.ground.type);
  if (draft.isNewRegistry.value)
    return <NewRegistry draft={draft} hasOthers={choices.length > 0} />;
  const reason = draft.reason.value;
  return (
    <Field
      label="Registry"
      problem={
        reason === ""
          ? failure
          : sentenceOf(`${showHidden(draft.registry.value)} can't be chosen: ${reason}`)
      }
    >
      {(control) => (
        <select
          {...control}
          class="input"
          value={draft.registry.value}
          onChange={({ currentTarget: { value } }) =>
            value === CREATE ? draft.startRegistry("") : draft.choose(value)
          }
        >
          {draft.registry.value === "" && (
            <option value="" disabled>
              Choose one
            </option>
          )}
          {choices.map(({ name, reason: against }) => (
            <option key={name} value={name} disabled={against !== ""}>
              {showHidden(name)}
              {against !== "" && ` (${against})`}
            </option>
          ))}
          <option value={CREATE}>Create a registry…</option>
        </select>
      )}
    </Field>
  );
}

interface NewRegistryProps {
  readonly draft: LinkDraft;
  /** There are some to go back to. */
  readonly hasOthers: boolean;
}

function NewRegistry({ draft, hasOthers }: NewRegistryProps): JSX.Element {
  return (
    <div class="linking-new-registry">
      <NameField
        kind="registry"
        label="New registry"
        hint="Takes all types, open to all. Its settings have the rest."
        value={draft.registry.value}
        existing={draft.existing}
        onInput={(name) => (draft.registry.value = name)}
      />
      {draft.ground.asksPerson && (
        <Field label="Your name" hint="Stands beside everything you do in registries.">
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
      {hasOthers && (
        <div>
          <Button small variant="ghost" icon={ArrowLeft} onClick={() => draft.chooseFirst()}>
            Choose one there is
          </Button>
        </div>
      )}
    </div>
  );
}

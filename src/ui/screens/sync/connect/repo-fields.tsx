// Owner and name of a new repository.
import type { JSX } from "preact";
import { describeError, showHidden } from "../../../../core/errors.ts";
import { Field } from "../../../parts/field.tsx";
import { TextInput } from "../../../parts/text-input.tsx";
import type { ConnectDraft } from "../../../state/sync-connect.ts";

export function RepoFields({ draft }: { readonly draft: ConnectDraft }): JSX.Element {
  const problem = draft.targetProblem.value;
  const identity = draft.identity.value ?? null;
  return (
    <div class="connect-repo">
      <Field label="Owner">
        {(control) =>
          identity === null ? (
            <TextInput
              control={control}
              isExact
              value={draft.owner.value}
              onInput={(text) => (draft.owner.value = text)}
            />
          ) : (
            <select
              {...control}
              class="input"
              value={draft.owner.value}
              onChange={({ currentTarget }) => (draft.owner.value = currentTarget.value)}
            >
              {ownersOf(draft.owner.value, [identity.name, ...identity.orgs]).map((owner) => (
                <option key={owner} value={owner}>
                  {showHidden(owner)}
                </option>
              ))}
            </select>
          )
        }
      </Field>
      <Field label="Name" problem={problem === null ? undefined : describeError(problem)}>
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={draft.name.value}
            onInput={(text) => (draft.name.value = text)}
          />
        )}
      </Field>
    </div>
  );
}

/** Also one that was said before signing in. */
function ownersOf(said: string, known: readonly string[]): readonly string[] {
  return [...new Set(said === "" ? known : [...known, said])];
}

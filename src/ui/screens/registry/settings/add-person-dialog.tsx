// Adds somebody to a registry: by their card, a link with it, their key, or the name they have here.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { describeError, showHidden } from "../../../../core/errors.ts";
import { shortKey } from "../../../../core/registry/names.ts";
import { roleName, type Role } from "../../../../core/registry/roles.ts";
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import type { Person } from "../../../../protocol/registry-manage-api.ts";
import { ChoiceList } from "../../../parts/choice-list.tsx";
import { Field } from "../../../parts/field.tsx";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import { TextInput } from "../../../parts/text-input.tsx";
import type { AppState } from "../../../state/app-state.ts";
import { findPerson, isNamed, withName } from "../../../state/profile-state.ts";
import { useResource } from "../../../state/use-resource.ts";
import { addPerson } from "../add-person.ts";
import { ROLE_OPTIONS } from "../role-text.ts";

interface AddPersonDialogProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  readonly onClose: () => void;
}

const NOBODY: readonly Person[] = [];

export function AddPersonDialog({ app, registry, onClose }: AddPersonDialogProps): JSX.Element {
  const typed = useSignal("");
  const name = useSignal("");
  const role = useSignal<Role>("member");
  const loaded = useResource(app, "people", () => app.cairn.store.listPeople());
  const known = loaded.phase === "ready" ? loaded.value : NOBODY;
  const found = findPerson(typed.value, known);
  const card = found?.kind === "found" ? withName(found.card, name.value) : null;
  const listed = registry.memberList.find(({ key }) => key === card?.key);
  const isReady = card !== null && isNamed(card) && listed === undefined;
  const others = known.filter(
    (person) => !registry.memberList.some((member) => member.key === person.key),
  );
  return (
    <TaskDialog
      title={`Add a person to ${showHidden(registry.name)}`}
      action="Add"
      isReady={isReady}
      run={async () => {
        if (card === null) return;
        await addPerson(app, registry.name, card, role.value);
        onClose();
      }}
      onClose={onClose}
    >
      <Field
        label="Card, link, key, or name"
        hint="Their card is on their profile page: they copy it, or show its QR code."
        problem={
          found?.kind === "problem"
            ? describeError(found.problem)
            : listed === undefined
              ? undefined
              : `“${showHidden(listed.name)}” is ${roleName(listed.role)} here already.`
        }
      >
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={typed.value}
            onInput={(text) => (typed.value = text)}
          >
            {others.map((person) => (
              <option key={person.key} value={person.name}>
                {shortKey(person.key)}
              </option>
            ))}
          </TextInput>
        )}
      </Field>
      {found?.kind === "found" && listed === undefined && (
        <p role="status">
          {found.card.name === "" ? (
            "A key without a name."
          ) : (
            <>
              <strong>{showHidden(found.card.name)}</strong>
              {found.card.hubUser !== null && ` (${showHidden(found.card.hubUser)})`}
            </>
          )}{" "}
          <span class="muted">
            Key <code>{shortKey(found.card.key)}…</code>: compare it with theirs.
          </span>
        </p>
      )}
      {found?.kind === "found" && found.card.name === "" && (
        <Field label="Their name">
          {(control) => (
            <TextInput
              control={control}
              value={name.value}
              onInput={(text) => (name.value = text)}
            />
          )}
        </Field>
      )}
      <ChoiceList
        label="Role"
        options={ROLE_OPTIONS}
        value={role.value}
        onChange={(chosen) => (role.value = chosen)}
      />
    </TaskDialog>
  );
}

// Somebody whose card a link brought: who they are, and the registry to add them to.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { describeError, showHidden } from "../../../core/errors.ts";
import type { Card } from "../../../core/registry/people.ts";
import type { Role } from "../../../core/registry/roles.ts";
import type { RegistryName } from "../../../core/registry/records.ts";
import { Button } from "../../parts/button.tsx";
import { ChoiceList } from "../../parts/choice-list.tsx";
import { Field } from "../../parts/field.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { describeList } from "../../state/describe-list.ts";
import { findPerson, fingerprint, isNamed, openTo, withName } from "../../state/profile-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { addPerson } from "../registry/add-person.ts";
import { ROLE_OPTIONS } from "../registry/role-text.ts";

interface AddFoundProps {
  readonly app: AppState;
  /** The card, as the link has it. */
  readonly text: string;
}

export function AddFound({ app, text }: AddFoundProps): JSX.Element | null {
  const { store } = app.cairn;
  const loaded = useResource(app, text, () =>
    Promise.all([store.listPeople(), store.listRegistries(), store.getProfile()]),
  );
  if (loaded.phase === "loading") return null;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [people, registries, profile] = loaded.value;
  const found = findPerson(text, people);
  const isOwn = found?.kind === "found" && found.card.key === profile?.key;
  const listedIn =
    found?.kind === "found"
      ? (people.find(({ key }) => key === found.card.key)?.registries ?? [])
      : [];
  return (
    <section class="card profile-section profile-found" aria-labelledby="found-title">
      <h2 id="found-title">Somebody's card</h2>
      {found === null || found.kind === "problem" ? (
        <p>{found === null ? "The link has no card." : describeError(found.problem)}</p>
      ) : isOwn ? (
        <p>This is your own card. Send the link to an Admin of a registry, for them to add you.</p>
      ) : (
        <AddTo
          app={app}
          card={found.card}
          listedIn={listedIn}
          choices={openTo(registries)
            .map(({ name }) => name)
            .filter((name) => !listedIn.includes(name))}
        />
      )}
    </section>
  );
}

interface AddToProps {
  readonly app: AppState;
  readonly card: Card;
  readonly listedIn: readonly RegistryName[];
  /** Registries where the person using this browser may add them. */
  readonly choices: readonly RegistryName[];
}

function AddTo({ app, card: given, listedIn, choices }: AddToProps): JSX.Element {
  const chosen = useSignal<string>("");
  const role = useSignal<Role>("member");
  const name = useSignal("");
  const [task] = useState(() => new Task());
  const card = withName(given, name.value);
  const registry = choices.find((choice) => choice === chosen.value) ?? choices[0];
  const isReady = registry !== undefined && isNamed(card);
  const problem = task.problem.value;
  return (
    <form
      class="profile-add"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void task.run(() => addPerson(app, registry, card, role.value));
      }}
    >
      {problem !== null && <RegistryProblem problem={problem} />}
      <p>
        {given.name === "" ? "A key without a name." : <strong>{showHidden(given.name)}</strong>}
        {given.hubUser !== null && ` (${showHidden(given.hubUser)})`}{" "}
        <span class="muted">
          says the card. Compare the key with theirs: <code>{fingerprint(given.key)}</code>
        </span>
      </p>
      {listedIn.length > 0 && (
        <p class="muted">Listed in {describeList(listedIn, "and")} already.</p>
      )}
      {choices.length === 0 ? (
        <p>There is no other registry here where you are Admin, so you can't add anybody.</p>
      ) : (
        <>
          {given.name === "" && (
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
          <Field label="Registry">
            {(control) => (
              <select
                {...control}
                class="input"
                value={registry ?? ""}
                onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
              >
                {choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {showHidden(choice)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <ChoiceList
            label="Role"
            options={ROLE_OPTIONS}
            value={role.value}
            onChange={(value) => (role.value = value)}
          />
          <div>
            <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isReady}>
              Add
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

// The collection to link to: one of the version's type, a new one, or a whole target pasted [G3].
import type { ComponentChildren, JSX } from "preact";
import { Folder } from "lucide";
import { describeError, showHidden } from "../../../core/errors.ts";
import { findCaseTwin } from "../../../core/names.ts";
import { formatVersion } from "../../../core/version.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { Field } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { sentenceOf } from "../../parts/text.ts";
import type { LinkDraft } from "../../state/link-draft.ts";
import { collectionProblem, fitting } from "../../state/link-plan.ts";

/** Offered at a time; typing narrows them. */
const OFFERED = 8;

interface LinkCollectionFieldProps {
  readonly draft: LinkDraft;
  /** The chosen registry, once it is known. */
  readonly detail: RegistryDetail | null;
}

export function LinkCollectionField({ draft, detail }: LinkCollectionFieldProps): JSX.Element {
  const { type } = draft.ground;
  const name = draft.collection.value.trim();
  const known: readonly string[] = detail?.collectionList.map((other) => other.name) ?? [];
  const isKnown = known.includes(name);
  const twin = isKnown ? undefined : findCaseTwin(name, known);
  const all = detail === null ? [] : fitting(detail, type);
  const matching = all.filter((collection) =>
    collection.name.toLowerCase().includes(name.toLowerCase()),
  );
  // A name that is complete, or new, shall not hide what else there is.
  const offered = isKnown || matching.length === 0 ? all : matching;
  return (
    <div class="linking-field">
      <Field
        label="Collection"
        hint="A new name makes the collection. A whole target, such as registry-models/my-model, fits too."
        problem={problem()}
        warning={
          twin !== undefined &&
          `“${showHidden(twin)}” differs only in letter case. Both can be, but are easily mixed up.`
        }
      >
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={draft.collection.value}
            onInput={(text) => draft.typeCollection(text)}
          />
        )}
      </Field>
      {offered.length > 0 && (
        <div class="chips" role="group" aria-label={`Already there, for ${showHidden(type)}`}>
          {offered.slice(0, OFFERED).map((collection) => (
            <button
              key={collection.name}
              type="button"
              class="linking-choice"
              aria-pressed={collection.name === name}
              onClick={() => (draft.collection.value = collection.name)}
            >
              <Icon icon={Folder} size={13} />
              {showHidden(collection.name)}
              {collection.latest !== null && (
                <span class="linking-choice-note">{formatVersion(collection.latest)}</span>
              )}
            </button>
          ))}
          {offered.length > OFFERED && (
            <span class="muted linking-more">
              and {(offered.length - OFFERED).toLocaleString("en")} more; type to find them
            </span>
          )}
        </div>
      )}
    </div>
  );

  function problem(): ComponentChildren {
    const { missing } = draft;
    if (missing.value !== null) {
      const { value: registry } = missing;
      return (
        <>
          {describeError({ code: "no_registry", data: { registry, known: [] } })}{" "}
          <button type="button" class="link-button" onClick={() => draft.startMissing()}>
            Create “{showHidden(registry)}”
          </button>
        </>
      );
    }
    const found = collectionProblem(name, detail, type);
    if (found === null) return undefined;
    if (found.code === "type_mismatch")
      return sentenceOf(
        `it is for ${showHidden(found.data.existing)}, not ${showHidden(found.data.given)}`,
      );
    const { reason, suggestion } = found.data;
    return (
      <>
        {sentenceOf(reason)}{" "}
        <button
          type="button"
          class="link-button"
          onClick={() => (draft.collection.value = suggestion)}
        >
          Use “{suggestion}”
        </button>
      </>
    );
  }
}

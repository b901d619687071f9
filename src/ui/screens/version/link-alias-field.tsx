// The aliases a link gets: checked with every letter, also whether this person may set them [P2 P6].
import type { ComponentChildren, JSX } from "preact";
import { Lock } from "lucide";
import { describeError, showHidden } from "../../../core/errors.ts";
import { checkAlias } from "../../../core/names.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { fieldText } from "../../ingest/problem-note.tsx";
import { Field } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { keepFocus } from "../../parts/keep-focus.ts";
import { PillInput } from "../../parts/pill-field.tsx";
import type { LinkDraft } from "../../state/link-draft.ts";
import { aliasRefusal, isProtectedIn, offeredAliases } from "../../state/link-plan.ts";

/** Suggestions at a time. */
const SUGGESTED = 8;

interface LinkAliasFieldProps {
  readonly draft: LinkDraft;
  /** The chosen registry, once it is known. */
  readonly detail: RegistryDetail | null;
}

export function LinkAliasField({ draft, detail }: LinkAliasFieldProps): JSX.Element {
  const typed = draft.typed.value.trim();
  const offered = offeredAliases(detail, draft.collection.value.trim(), draft.given.value);
  return (
    <div class="linking-field">
      <Field
        label="Aliases"
        optional
        problem={problem()}
        hint="Those of the collection; the artifact keeps its own. latest moves by itself."
      >
        {(control) => (
          <PillInput
            control={control}
            kind="alias"
            pills={draft.aliases.value}
            isLocked={(alias) => isProtectedIn(detail, alias)}
            typed={draft.typed.value}
            onType={(text) => (draft.typed.value = text)}
            onTake={() => draft.takeAlias()}
            onChange={(aliases) => (draft.aliases.value = aliases)}
            isEnd={({ key }) => key === "," || key === " " || (key === "Enter" && typed !== "")}
          />
        )}
      </Field>
      {offered.length > 0 && (
        <div class="chips" role="group" aria-label="Suggested aliases" onMouseDown={keepFocus}>
          {offered.slice(0, SUGGESTED).map((alias) => (
            <button
              key={alias}
              type="button"
              class="linking-choice is-alias"
              onClick={() => draft.addAlias(alias)}
            >
              {isProtectedIn(detail, alias) && <Icon icon={Lock} size={13} label="protected" />}
              {showHidden(alias)}
            </button>
          ))}
        </div>
      )}
    </div>
  );

  function problem(): ComponentChildren {
    const typo = typed === "" ? null : checkAlias(typed);
    if (typo !== null)
      return (
        <>
          {fieldText(typo)}{" "}
          <button
            type="button"
            class="link-button"
            onClick={() => (draft.typed.value = typo.data.suggestion)}
          >
            Use “{typo.data.suggestion}”
          </button>
        </>
      );
    for (const alias of draft.given.value) {
      const refusal = aliasRefusal(detail, alias);
      if (refusal !== null) return describeError(refusal);
    }
    return undefined;
  }
}

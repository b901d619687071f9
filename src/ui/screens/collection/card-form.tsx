// The Markdown of a card, typed or looked at.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../parts/button.tsx";
import { EditForm } from "../../parts/edit-form.tsx";
import { Field } from "../../parts/field.tsx";
import { CardText } from "./card-text.tsx";

interface CardFormProps {
  readonly card: string;
  readonly onClose: () => void;
  /** Saves in place of what the person saw. */
  readonly onSave: (card: string, former: string) => Promise<void>;
}

/** As long as the log takes. */
const MAX_LENGTH = 20_000;

export function CardForm({ card, onClose, onSave }: CardFormProps): JSX.Element {
  const [former] = useState(card);
  const typed = useSignal(former);
  const isLook = useSignal(false);
  const excess = typed.value.length - MAX_LENGTH;
  return (
    <EditForm
      isValid={excess <= 0}
      save={async () => {
        await onSave(typed.value, former);
        return true;
      }}
      onClose={onClose}
      buttons={
        <Button aria-pressed={isLook.value} onClick={() => (isLook.value = !isLook.value)}>
          {isLook.value ? "Write" : "Preview"}
        </Button>
      }
    >
      {isLook.value ? (
        <div class="card-look" role="region" aria-label="Preview" tabIndex={0}>
          <CardText text={typed.value} />
        </div>
      ) : (
        <Field
          label="Card, in Markdown"
          problem={excess > 0 ? `It is ${excess.toLocaleString("en")} characters too long.` : ""}
        >
          {(control) => (
            <textarea
              {...control}
              ref={focus}
              class="input is-code"
              rows={14}
              value={typed.value}
              onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            />
          )}
        </Field>
      )}
    </EditForm>
  );
}

/** Of a text that comes back from being looked at, too. */
function focus(text: HTMLTextAreaElement | null): void {
  text?.focus();
}

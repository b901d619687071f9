// Asks somebody who may: with a few words why.
import type { JSX } from "preact";
import { Field } from "../../parts/field.tsx";

interface AskNoteProps {
  readonly note: string;
  readonly onNote: (note: string) => void;
  /** Somebody asked for just this already. */
  readonly isAsked: boolean;
  readonly mayAsk: boolean;
}

export function AskNote({ note, onNote, isAsked, mayAsk }: AskNoteProps): JSX.Element | null {
  if (!mayAsk) return <p class="muted">Asking for it takes a Member.</p>;
  if (isAsked)
    return <p class="muted">It was asked for already, and waits among the registry's requests.</p>;
  return (
    <Field label="Why" hint="Goes with the request, for those who decide." optional>
      {(control) => (
        <textarea
          {...control}
          class="input"
          rows={2}
          value={note}
          onInput={({ currentTarget }) => onNote(currentTarget.value)}
        />
      )}
    </Field>
  );
}

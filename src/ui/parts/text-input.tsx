// The input of a field that takes one line of text.
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import type { FieldControl } from "./field.tsx";

interface TextInputProps {
  readonly control: FieldControl;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Every letter counts, as in a name of something: the browser shall correct nothing. */
  readonly isExact?: boolean;
  /** What the browser knows to fill in, such as `name`. */
  readonly autocomplete?: string;
  readonly placeholder?: string;
  /** The options it offers. */
  readonly children?: ComponentChildren;
}

export function TextInput(props: TextInputProps): JSX.Element {
  const { control, value, onInput, isExact = false, autocomplete = "off" } = props;
  const { placeholder, children } = props;
  const list = useId();
  return (
    <>
      <input
        {...control}
        class="input"
        type="text"
        autocomplete={autocomplete}
        {...(isExact && { autocapitalize: "none", spellcheck: false })}
        {...(placeholder !== undefined && { placeholder })}
        {...(children !== undefined && { list })}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {children !== undefined && <datalist id={list}>{children}</datalist>}
    </>
  );
}

// Small pills: aliases, types, states.
import type { ComponentChildren, JSX } from "preact";
import { LATEST } from "../../core/names.ts";
import { showHidden } from "../../core/errors.ts";
import "./chip.css";

/** An alias; `latest` looks apart, as it moves by itself. */
export function AliasChip({
  alias,
  detail,
}: {
  readonly alias: string;
  readonly detail?: string;
}): JSX.Element {
  return (
    <span class={`chip ${alias === LATEST ? "is-latest" : "is-alias"}`}>
      {showHidden(alias)}
      {detail !== undefined && <span class="chip-detail">{detail}</span>}
    </span>
  );
}

/** A plain pill, such as a type. */
export function Chip({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <span class="chip">{children}</span>;
}

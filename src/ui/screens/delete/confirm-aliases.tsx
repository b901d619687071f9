// The aliases a delete takes along: each is confirmed by its name, many of them as one list [A6].
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";

/** Up to here each alias has its own box. */
const ONE_BY_ONE = 5;

interface HeldAlias {
  /** The name it is confirmed by. */
  readonly key: string;
  /** Such as `v2`. */
  readonly version: string;
}

interface ConfirmAliasesProps {
  readonly aliases: readonly HeldAlias[];
  readonly confirmed: readonly string[];
  readonly onChange: (confirmed: readonly string[]) => void;
}

export function ConfirmAliases({ aliases, confirmed, onChange }: ConfirmAliasesProps): JSX.Element {
  const toggle = (key: string): void =>
    onChange(
      confirmed.includes(key) ? confirmed.filter((other) => other !== key) : [...confirmed, key],
    );
  if (aliases.length > ONE_BY_ONE) {
    const all = aliases.map(({ key }) => key);
    return (
      <fieldset class="confirm-aliases">
        <legend>Aliases that go too</legend>
        <ul class="confirm-names" tabIndex={0} aria-label="Aliases that go too">
          {aliases.map(({ key, version }) => (
            <li key={key}>
              <code>{showHidden(key)}</code> <span class="muted">on {version}</span>
            </li>
          ))}
        </ul>
        <label>
          <input
            type="checkbox"
            checked={all.every((key) => confirmed.includes(key))}
            onChange={({ currentTarget }) => onChange(currentTarget.checked ? all : [])}
          />
          <span>These {aliases.length.toLocaleString("en")} aliases go too</span>
        </label>
      </fieldset>
    );
  }
  return (
    <fieldset class="confirm-aliases">
      <legend>Aliases that go too</legend>
      {aliases.map(({ key, version }) => (
        <label key={key}>
          <input type="checkbox" checked={confirmed.includes(key)} onChange={() => toggle(key)} />
          <span>
            Take away <code>{showHidden(key)}</code> <span class="muted">on {version}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

// A field that names a version: typed as a spec, or chosen from what fits.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ChevronsUpDown } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { AliasChip } from "../../parts/chip.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProvisionalChip } from "../../parts/version-label.tsx";
import type { AppState } from "../../state/app-state.ts";
import { Loader } from "../../state/resource.ts";
import { findOptions, type Home, type VersionOption } from "./version-options.ts";
import "../../parts/input.css";
import "./version-picker.css";

interface VersionPickerProps {
  readonly app: AppState;
  readonly label: string;
  /** The spec chosen now; `""` for none. */
  readonly spec: string;
  readonly home: Home;
  readonly onPick: (spec: string) => void;
}

export function VersionPicker({ app, label, spec, home, onPick }: VersionPickerProps): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  /** `null` while nobody types: then the chosen spec stands here. */
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [loader] = useState(() => new Loader<readonly VersionOption[]>());
  const text = typed ?? "";
  const { store } = app.cairn;
  const { remotes } = app.sync;
  const near = useRef(home);
  near.current = home;
  useEffect(() => {
    if (isOpen) void loader.load(() => findOptions(store, text, near.current, remotes.peek()));
  }, [isOpen, text, store, remotes, loader]);
  const options = loader.state.value.phase === "ready" ? loader.state.value.value : [];
  const open = (): void => {
    setOpen(true);
    setActive(-1);
  };
  const close = (): void => {
    setOpen(false);
    setTyped(null);
  };
  const pick = (picked: string): void => {
    close();
    if (picked !== "" && picked !== spec) onPick(picked);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      if (!isOpen) open();
      else if (options.length > 0)
        setActive(
          (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length,
        );
    } else if (event.key === "Enter") {
      if (isOpen) pick(options[active]?.spec ?? text.trim());
      else open();
    } else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div class="version-picker">
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="input"
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        placeholder="Choose a version"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        {...(isOpen && { "aria-controls": `${id}-list` })}
        {...(isOpen &&
          options[active] !== undefined && {
            "aria-activedescendant": `${id}-${active}`,
          })}
        value={typed ?? showHidden(spec)}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onClick={() => !isOpen && open()}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          open();
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <Icon icon={ChevronsUpDown} />
      {isOpen && (
        // Pressing an option must not take the focus from the field.
        <div class="version-options" onMouseDown={(event) => event.preventDefault()}>
          <ul id={`${id}-list`} role="listbox" aria-label={label}>
            {options.map((option, i) => (
              <Option
                key={option.spec}
                id={`${id}-${i}`}
                option={option}
                isActive={i === active}
                isChosen={option.spec === spec}
                onPick={() => pick(option.spec)}
              />
            ))}
          </ul>
          {options.length === 0 && loader.state.value.phase !== "loading" && (
            <p class="muted">
              {text === ""
                ? "There are no versions yet."
                : "Nothing fits. Enter takes the text as it is, such as digits/cnn:v2."}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function Option({
  id,
  option,
  isActive,
  isChosen,
  onPick,
}: {
  readonly id: string;
  readonly option: VersionOption;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onPick: () => void;
}): JSX.Element {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      class={`${isActive ? "is-active" : ""}${isChosen ? " is-chosen" : ""}`}
      onClick={onPick}
    >
      <span class="version-option-spec">{showHidden(option.spec)}</span>
      {option.isProvisional && <ProvisionalChip />}
      {option.aliases.map((alias) => (
        <AliasChip key={alias} alias={alias} />
      ))}
      <span class="muted">{showHidden(option.detail)}</span>
    </li>
  );
}

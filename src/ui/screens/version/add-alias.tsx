// An alias typed beside the others, checked with every letter.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Check, X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { checkAlias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { fieldText } from "../../ingest/problem-note.tsx";
import { IconButton } from "../../parts/button.tsx";
import "../../parts/input.css";
import type { AppState } from "../../state/app-state.ts";
import { putAlias } from "./alias-actions.ts";
import { suggestAliases } from "./timeline-text.ts";

/** Suggestions at a time. */
const SUGGESTED = 6;

interface AddAliasProps {
  readonly app: AppState;
  readonly version: VersionRef;
  /** Where the artifact's aliases are now. */
  readonly holders: ReadonlyMap<string, VersionNumber>;
  readonly onClose: () => void;
}

export function AddAlias({ app, version, holders, onClose }: AddAliasProps): JSX.Element {
  const id = useId();
  const typed = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const alias = typed.value.trim();
  const problem = alias === "" ? null : checkAlias(alias);
  const offered = suggestAliases(holders, version.number, typed.value, SUGGESTED);
  const save = async (): Promise<void> => {
    if (alias === "" || problem !== null) return;
    if (await putAlias(app, version, alias)) onClose();
  };
  return (
    <form
      class="alias-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <input
        ref={input}
        class="input"
        type="text"
        placeholder="prod, best, …"
        aria-label="New alias"
        aria-describedby={`${id}-note`}
        aria-invalid={problem !== null}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      />
      <IconButton type="submit" icon={Check} label="Set alias" />
      <IconButton icon={X} label="Cancel" onClick={onClose} />
      <div class="alias-note">
        <p id={`${id}-note`} class={problem === null ? "" : "is-problem"} aria-live="polite">
          {note()}
        </p>
        {offered.length > 0 && (
          <div class="chips" role="group" aria-label="Suggestions">
            {offered.map((known) => (
              <button
                key={known}
                type="button"
                class="alias-offer"
                onClick={() => {
                  typed.value = known;
                  input.current?.focus();
                }}
              >
                {showHidden(known)}
              </button>
            ))}
          </div>
        )}
      </div>
    </form>
  );

  function note(): ComponentChildren {
    if (problem !== null) {
      const { suggestion } = problem.data;
      return (
        <>
          {fieldText(problem)}{" "}
          <button type="button" class="link-button" onClick={() => (typed.value = suggestion)}>
            Use “{suggestion}”
          </button>
        </>
      );
    }
    const holder = holders.get(alias);
    if (holder === undefined) return alias === "" ? "" : "A new alias.";
    return holder === version.number
      ? "It is here already."
      : `Moves from ${formatVersion(holder)}.`;
  }
}

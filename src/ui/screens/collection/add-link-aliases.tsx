// One or more aliases typed beside the others, checked with every letter; what is known here is offered.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Lock } from "lucide";
import { describeError, showHidden } from "../../../core/errors.ts";
import { checkAlias } from "../../../core/names.ts";
import { formatVersion } from "../../../core/version.ts";
import { fieldText } from "../../ingest/problem-note.tsx";
import { Button } from "../../parts/button.tsx";
import { Field } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { keepFocus } from "../../parts/keep-focus.ts";
import { lazy } from "../../parts/lazy.tsx";
import { PillInput } from "../../parts/pill-field.tsx";
import { Task } from "../../state/actions.ts";
import { putLinkAliases } from "../../state/collection-state.ts";
import { isProtected, offersFor } from "./alias-offers.ts";
import type { LinkProps } from "./link-page.tsx";

const PromoteDialog = lazy(() =>
  import("./promote-dialog.tsx").then((module) => module.PromoteDialog),
);

/** Suggestions at a time. */
const SUGGESTED = 8;

export function AddLinkAliases(props: LinkProps & { readonly onClose: () => void }): JSX.Element {
  const { app, route, detail, link, onClose } = props;
  const taken = useSignal<readonly string[]>([]);
  const typed = useSignal("");
  const [asking, setAsking] = useState<string | null>(null);
  const [task] = useState(() => new Task());
  const form = useRef<HTMLFormElement>(null);
  const focus = (): void => form.current?.querySelector("input")?.focus();
  useLayoutEffect(focus, []);
  const alias = typed.value.trim();
  const typo = alias === "" ? null : checkAlias(alias);
  const take = (): void => {
    if (alias === "" || typo !== null) return;
    if (!taken.value.includes(alias)) taken.value = [...taken.value, alias];
    typed.value = "";
  };
  const save = (): void => {
    take();
    const wanted = taken.value;
    if (wanted.length === 0 || typo !== null) return;
    void task.run(async () => {
      await putLinkAliases(app, route, link.number, wanted);
      onClose();
    });
  };
  const offers = offersFor(detail, link).filter(
    (offer) =>
      !taken.value.includes(offer.alias) && offer.alias.toLowerCase().includes(alias.toLowerCase()),
  );
  const failure = task.problem.value;
  const refused = failure?.code === "alias_protected" ? failure.data.alias : null;
  return (
    <>
      <form
        ref={form}
        class="link-alias-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
        }}
      >
        <Field
          label="New aliases"
          hint={noteOf()}
          problem={typo === null ? failure !== null && describeError(failure) : fieldText(typo)}
        >
          {(control) => (
            <PillInput
              control={control}
              kind="alias"
              pills={taken.value}
              isLocked={(name) => isProtected(detail.protectionList, name)}
              typed={typed.value}
              onType={(text) => (typed.value = text)}
              onTake={take}
              onChange={(next) => (taken.value = next)}
              isEnd={({ key }) =>
                key === "," || key === " " || (key === "Enter" && typed.value !== "")
              }
            />
          )}
        </Field>
        {offers.length > 0 && (
          <div class="chips" role="group" aria-label="Suggestions" onMouseDown={keepFocus}>
            {offers.slice(0, SUGGESTED).map(({ alias: known, isProtected: isLocked, holder }) => (
              <button
                key={known}
                type="button"
                class={`link-offer${isLocked ? " is-protected" : ""}`}
                onClick={() => {
                  taken.value = [...taken.value, known];
                  typed.value = "";
                  focus();
                }}
              >
                {isLocked && <Icon icon={Lock} size={13} label="protected" />}
                {showHidden(known)}
                {holder !== null && <span class="muted">{formatVersion(holder)}</span>}
              </button>
            ))}
          </div>
        )}
        <div class="edit-form-buttons" onMouseDown={keepFocus}>
          <Button
            small
            variant="primary"
            type="submit"
            busy={task.isBusy.value}
            disabled={typo !== null || (taken.value.length === 0 && alias === "")}
          >
            Add
          </Button>
          {refused !== null && (
            <Button small onClick={() => setAsking(refused)}>
              Ask for {showHidden(refused)}…
            </Button>
          )}
          <Button small onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
      {asking !== null && (
        <PromoteDialog
          app={app}
          place={route}
          number={link.number}
          alias={asking}
          onClose={onClose}
        />
      )}
    </>
  );

  function noteOf(): ComponentChildren {
    const moved = [...taken.value, ...(alias === "" ? [] : [alias])].flatMap((name) => {
      const held = detail.aliases.find((other) => other.alias === name);
      return held === undefined || held.number === link.number
        ? []
        : [`${showHidden(name)} moves from ${formatVersion(held.number)}`];
    });
    return moved.length === 0 ? "Enter, space or a comma ends an alias." : `${moved.join("; ")}.`;
  }
}

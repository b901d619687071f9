// Looks at a registry as it was at a chosen time [E4]: nothing can be changed there, and the address keeps the time.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { History, Undo2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import "../../parts/input.css";
import {
  fromFieldText,
  momentAt,
  momentOf,
  stepOf,
  STEPS,
  toAsOf,
  toFieldText,
} from "./as-of-time.ts";
import "./as-of.css";

interface AsOfBarProps {
  /** ISO date or date-time; `""` for now. */
  readonly asOf: string;
  readonly onChange: (asOf: string) => void;
  /** When the registry was made: where the slider begins. Without it there is no slider. */
  readonly since?: string;
  /** What is shown is of another time still. */
  readonly isLoading?: boolean;
  /** What names this place, without a time: offered with it, to copy. */
  readonly spec?: string;
}

/** Shows a button for now, and for a time in the past a banner with a way back. */
export function AsOfBar(props: AsOfBarProps): JSX.Element {
  const { asOf, onChange, since, spec, isLoading = false } = props;
  const isChoosing = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const isOpen = asOf !== "" || isChoosing.value;
  const wasOpen = useRef(isOpen);
  // What held the keyboard is gone with each change of the bar.
  useLayoutEffect(() => {
    if (wasOpen.current !== isOpen)
      root.current?.querySelector<HTMLElement>(isOpen ? "input" : "button")?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const leave = (): void => {
    isChoosing.value = false;
    if (asOf !== "") onChange("");
  };
  if (!isOpen)
    return (
      <div ref={root} class="as-of">
        <Button small variant="ghost" icon={History} onClick={() => (isChoosing.value = true)}>
          Look back…
        </Button>
      </div>
    );
  return (
    <div ref={root} class="as-of is-past" role="group" aria-label="As it was">
      <p>
        <Icon icon={History} /> {noteOf(asOf, isLoading)}
      </p>
      <TimeChoice asOf={asOf} onChange={onChange} since={since} />
      <div class="as-of-ways">
        {spec !== undefined && asOf !== "" && (
          <CopyButton text={`${spec}@${asOf}`}>Copy spec</CopyButton>
        )}
        <Button small icon={Undo2} onClick={leave}>
          Back to now
        </Button>
      </div>
    </div>
  );
}

function noteOf(asOf: string, isLoading: boolean): string {
  if (asOf === "") return "Choose a time to see what was where.";
  const moment = momentOf(asOf);
  if (moment === null) return `“${showHidden(asOf)}” is no date. Choose another time.`;
  const time = formatTime(toAsOf(moment));
  return isLoading
    ? `Looking back to ${time}…`
    : `As it was on ${time}. Nothing can be changed here.`;
}

/** The slider follows the pointer at once; what is shown follows when it is let go. */
function TimeChoice({
  asOf,
  onChange,
  since,
}: Pick<AsOfBarProps, "asOf" | "onChange"> & {
  readonly since: string | undefined;
}): JSX.Element {
  const [now] = useState(() => Date.now());
  const chosen = useSignal(momentOf(asOf) ?? now);
  useLayoutEffect(() => {
    chosen.value = momentOf(asOf) ?? now;
  }, [asOf, chosen, now]);
  const first = since === undefined ? Number.NaN : Date.parse(since);
  return (
    <>
      {!Number.isNaN(first) && (
        <input
          type="range"
          class="as-of-slider"
          aria-label="Time"
          aria-valuetext={formatTime(toAsOf(chosen.value))}
          min={0}
          max={STEPS}
          value={stepOf(chosen.value, first, now)}
          onInput={({ currentTarget }) =>
            (chosen.value = momentAt(Number(currentTarget.value), first, now))
          }
          onChange={() => onChange(toAsOf(chosen.value))}
        />
      )}
      <input
        type="datetime-local"
        class="input as-of-field"
        aria-label="Date and time"
        step={1}
        max={toFieldText(now)}
        value={toFieldText(chosen.value)}
        onChange={({ currentTarget }) => {
          const moment = fromFieldText(currentTarget.value);
          if (moment !== null) onChange(toAsOf(moment));
        }}
      />
    </>
  );
}

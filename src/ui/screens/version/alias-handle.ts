// Takes an alias by its pill with the pointer, and follows it until it is let go.
import type { Alias } from "../../../core/names.ts";
import { findVersionNumber, type VersionNumber } from "../../../core/version.ts";
import type { AliasDrag } from "../../state/alias-drag.ts";
import { followPress } from "./pointer-drag.ts";

/** A handler for presses on an alias's pill. */
export function takeByPointer(
  drag: AliasDrag,
  alias: Alias,
  from: VersionNumber,
  onto: (alias: Alias, to: VersionNumber) => void,
): (event: PointerEvent) => void {
  return (event) =>
    followPress(event, {
      pickUp: () => drag.pickUp({ alias, from, by: "pointer" }),
      moveTo: (x, y) => {
        drag.place.value = { x, y };
        drag.aim(versionAt(x, y));
      },
      putDown: () => drag.putDown(onto),
      cancel: () => drag.cancel(),
      findList: () => document.querySelector<HTMLElement>(".timeline-list"),
    });
}

/** The version whose row is at a place of the window. */
function versionAt(x: number, y: number): VersionNumber | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-version]");
  return findVersionNumber(row?.dataset["version"] ?? "") ?? null;
}

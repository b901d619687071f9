// Takes a version by its number with the pointer, to be dropped on a collection of the shelf.
import type { VersionNumber } from "../../../core/version.ts";
import type { LinkTarget, VersionDrag } from "../../state/version-drag.ts";
import { followPress } from "./pointer-drag.ts";

/** How versions of a page are linked. */
export interface LinkWays {
  readonly drag: VersionDrag;
  /** A version was let go on a place of the shelf. */
  readonly onDrop: (number: VersionNumber, target: LinkTarget) => void;
  /** Opens the dialog. */
  readonly onLink: (number: VersionNumber) => void;
}

/** A handler for presses on a version's number. */
export function takeVersion(
  { drag, onDrop }: Pick<LinkWays, "drag" | "onDrop">,
  number: VersionNumber,
): (event: PointerEvent) => void {
  return (event) =>
    followPress(event, {
      pickUp: () => drag.pickUp(number),
      moveTo: (x, y) => {
        drag.place.value = { x, y };
        drag.aim(targetAt(x, y));
      },
      putDown: () => drag.putDown(onDrop),
      cancel: () => drag.cancel(),
      findList: () => document.querySelector<HTMLElement>(".shelf-groups"),
    });
}

function targetAt(x: number, y: number): LinkTarget | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-link-target]");
  return row?.dataset["linkTarget"] ?? null;
}

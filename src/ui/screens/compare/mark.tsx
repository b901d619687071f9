// What happened to a file: a sign, a word and a colour, never the colour alone.
import type { JSX } from "preact";
import type { IconNode } from "lucide";
import { CirclePlus, CircleMinus, CircleDot, CircleArrowRight, CopyPlus, Equal } from "lucide";
import type { FileMark } from "../../../core/compare-manifests.ts";
import { Icon } from "../../parts/icon.tsx";
import "./mark.css";

const MARKS: Readonly<Record<FileMark, { readonly word: string; readonly icon: IconNode }>> = {
  changed: { word: "Changed", icon: CircleDot },
  added: { word: "Added", icon: CirclePlus },
  removed: { word: "Removed", icon: CircleMinus },
  renamed: { word: "Renamed", icon: CircleArrowRight },
  copied: { word: "Copied", icon: CopyPlus },
  same: { word: "Same", icon: Equal },
};

/** `Changed`, `Added`, … */
export function wordOf(mark: FileMark): string {
  return MARKS[mark].word;
}

/** The sign of a mark; it names itself where no word stands beside it. */
export function MarkIcon({
  mark,
  isAlone = false,
}: {
  readonly mark: FileMark;
  readonly isAlone?: boolean;
}): JSX.Element {
  const { word, icon } = MARKS[mark];
  return (
    <span class={`mark is-${mark}`} {...(isAlone && { title: word })}>
      <Icon icon={icon} size={15} {...(isAlone && { label: word })} />
    </span>
  );
}

/** Sign and word. */
export function MarkChip({ mark }: { readonly mark: FileMark }): JSX.Element {
  return (
    <span class={`mark-chip is-${mark}`}>
      <MarkIcon mark={mark} /> {wordOf(mark)}
    </span>
  );
}

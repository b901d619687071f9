// An artifact's type, with a picture for those that many projects have.
import type { JSX } from "preact";
import {
  Box,
  Braces,
  ChartColumn,
  Database,
  Image,
  Package,
  SlidersHorizontal,
  type IconNode,
} from "lucide";
import { showHidden } from "../../core/errors.ts";
import { Icon } from "./icon.tsx";
import "./chip.css";

interface Look {
  readonly icon: IconNode;
  /** One of the hues of styles/tokens.css. */
  readonly hue: number;
}

const DATA: Look = { icon: Database, hue: 2 };
const REPORT: Look = { icon: ChartColumn, hue: 4 };
const KNOWN: ReadonlyMap<string, Look> = new Map([
  ["model", { icon: Box, hue: 1 }],
  ["dataset", DATA],
  ["data", DATA],
  ["report", REPORT],
  ["evaluation", REPORT],
  ["metrics", REPORT],
  ["code", { icon: Braces, hue: 5 }],
  ["images", { icon: Image, hue: 5 }],
  ["config", { icon: SlidersHorizontal, hue: 6 }],
]);

export function TypeIcon({ type }: { readonly type: string }): JSX.Element {
  const { icon, hue } = KNOWN.get(type.toLowerCase()) ?? { icon: Package, hue: 0 };
  return (
    <span class={`type-icon is-hue-${hue}`}>
      <Icon icon={icon} size={13} />
    </span>
  );
}

/** For a choice among types, given to it as it is. */
export function showType(type: string): JSX.Element {
  return (
    <>
      <TypeIcon type={type} /> {showHidden(type)}
    </>
  );
}

export function TypeChip({ type }: { readonly type: string }): JSX.Element {
  return (
    <span class="chip is-type">
      <TypeIcon type={type} />
      {showHidden(type)}
    </span>
  );
}

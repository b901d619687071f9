// Icons from lucide's data, drawn as SVG.
import { h, type JSX } from "preact";
import type { IconNode } from "lucide";

interface IconProps {
  readonly icon: IconNode;
  readonly size?: number;
  /** What the icon says, where no text beside it does. */
  readonly label?: string;
}

export function Icon({ icon, size = 16, label }: IconProps): JSX.Element {
  const named =
    label === undefined ? { "aria-hidden": true } : { role: "img" as const, "aria-label": label };
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      {...named}
    >
      {icon.map(([tag, attributes], i) => h(tag, { ...attributes, key: i }))}
    </svg>
  );
}

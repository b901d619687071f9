// Buttons, and links that look like them.
import type { ComponentChildren, JSX } from "preact";
import type { IconNode } from "lucide";
import { LoaderCircle } from "lucide";
import { Icon } from "./icon.tsx";
import "./button.css";

export type ButtonVariant = "primary" | "plain" | "ghost" | "danger";

interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "icon" | "size" | "class"> {
  readonly variant?: ButtonVariant;
  readonly small?: boolean;
  readonly icon?: IconNode;
  /** Shows that the action is under way; presses are ignored meanwhile. */
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

export function Button({
  variant = "plain",
  small = false,
  icon,
  busy = false,
  children,
  ...rest
}: ButtonProps): JSX.Element {
  const shown = busy ? LoaderCircle : icon;
  return (
    <button
      type="button"
      {...rest}
      class={`button is-${variant}${small ? " is-small" : ""}${busy ? " is-busy" : ""}`}
      aria-busy={busy}
      disabled={rest.disabled === true || busy}
    >
      {shown !== undefined && <Icon icon={shown} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<
  JSX.IntrinsicElements["button"],
  "icon" | "label" | "class"
> {
  readonly icon: IconNode;
  /** The button's name, also shown as its tooltip. */
  readonly label: string;
}

export function IconButton({ icon, label, ...rest }: IconButtonProps): JSX.Element {
  return (
    <button type="button" title={label} {...rest} class="icon-button" aria-label={label}>
      <Icon icon={icon} />
    </button>
  );
}

// Copies a text and says so.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { Check, Copy } from "lucide";
import { Button, IconButton } from "./button.tsx";

/** How long the confirmation shows. */
const CONFIRM_MS = 1500;

interface CopyButtonProps {
  readonly text: string;
  /** The button's text; without one it is an icon named `label`. */
  readonly children?: ComponentChildren;
  readonly label?: string;
  readonly tabIndex?: number;
}

export function CopyButton({
  text,
  children,
  label = "Copy",
  tabIndex = 0,
}: CopyButtonProps): JSX.Element {
  const isDone = useSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    isDone.value = true;
    setTimeout(() => (isDone.value = false), CONFIRM_MS);
  };
  // A refused clipboard leaves the text on screen to select by hand.
  const onClick = (): void => void copy().catch(() => undefined);
  const icon = isDone.value ? Check : Copy;
  if (children === undefined)
    return (
      <IconButton
        icon={icon}
        label={isDone.value ? "Copied" : label}
        tabIndex={tabIndex}
        onClick={onClick}
      />
    );
  return (
    <Button small icon={icon} tabIndex={tabIndex} onClick={onClick}>
      {isDone.value ? "Copied" : children}
    </Button>
  );
}

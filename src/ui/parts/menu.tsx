// A button that unfolds a short list of actions.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Check, type IconNode } from "lucide";
import { Icon } from "./icon.tsx";
import { nextIndex } from "./next-index.ts";
import "./menu.css";

export interface MenuItem {
  readonly label: string;
  readonly icon: IconNode;
  readonly run: () => void;
  readonly isDanger?: boolean;
  /** One of several, of which one holds: whether it is this one. */
  readonly isChecked?: boolean;
  /** A line sets it apart from the items above. */
  readonly startsGroup?: boolean;
}

interface MenuProps {
  /** The button's name. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Classes of the button. */
  readonly class: string;
  /** What the button shows. */
  readonly children: ComponentChildren;
}

export function Menu({ label, items, class: buttonClass, children }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLSpanElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = ({ target }: PointerEvent): void => {
      if (target instanceof Node && root.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [isOpen]);
  /** The keyboard goes back to the button first, so that a dialog opened by the action returns there too. */
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span ref={root} class="menu">
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(isOpen && { "aria-controls": id })}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {isOpen && <MenuList id={id} label={label} items={items} onClose={close} />}
    </span>
  );
}

interface MenuListProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

function MenuList({ id, label, items, onClose }: MenuListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const [isFlipped, setFlipped] = useState(false);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    setFlipped(element.getBoundingClientRect().right > document.documentElement.clientWidth);
    buttonsIn(element)[0]?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = buttonsIn(list.current);
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = nextIndex(event.key, at, buttons.length);
    if (event.key === "Escape" || event.key === "Tab") onClose();
    else if (to !== null) buttons[to]?.focus();
    else return;
    // Tab goes on from the button; nothing else may see the key.
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      id={id}
      class={`menu-list${isFlipped ? " is-flipped" : ""}`}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {items.map(({ label: text, icon, run, isDanger = false, isChecked, startsGroup = false }) => (
        <button
          key={text}
          type="button"
          {...(isChecked === undefined
            ? { role: "menuitem" as const }
            : { role: "menuitemradio" as const, "aria-checked": isChecked })}
          tabIndex={-1}
          class={`${isDanger ? "is-danger" : ""}${startsGroup ? " starts-group" : ""}`}
          onClick={() => {
            onClose();
            run();
          }}
        >
          <Icon icon={icon} />
          {text}
          {isChecked === true && <Icon icon={Check} />}
        </button>
      ))}
    </div>
  );
}

function buttonsIn(element: HTMLElement | null): readonly HTMLElement[] {
  return Array.from(element?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []);
}

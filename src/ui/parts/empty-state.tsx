// A page or list with nothing in it: what this is, and what to do.
import type { ComponentChildren, JSX } from "preact";
import type { IconNode } from "lucide";
import { Icon } from "./icon.tsx";
import "./empty-state.css";

interface EmptyStateProps {
  readonly icon?: IconNode;
  readonly title: string;
  /** It is all there is on the page, so its title is the page's. */
  readonly isPage?: boolean;
  readonly children?: ComponentChildren;
}

export function EmptyState({
  icon,
  title,
  isPage = false,
  children,
}: EmptyStateProps): JSX.Element {
  return (
    <div class="empty-state">
      {icon !== undefined && <Icon icon={icon} size={28} />}
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

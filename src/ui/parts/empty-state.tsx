// A page or list with nothing in it: what this is, and what to do.
import type { ComponentChildren, JSX } from "preact";
import type { IconNode } from "lucide";
import { Icon } from "./icon.tsx";
import "./empty-state.css";

interface EmptyStateProps {
  readonly icon?: IconNode;
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function EmptyState({ icon, title, children }: EmptyStateProps): JSX.Element {
  return (
    <div class="empty-state">
      {icon !== undefined && <Icon icon={icon} size={28} />}
      <h2>{title}</h2>
      {children}
    </div>
  );
}

// The way from a collection's page to what it belongs to, above its title.
import type { ComponentChildren, JSX } from "preact";
import { ArrowLeft } from "lucide";
import { Icon } from "../../parts/icon.tsx";

interface WayBackProps {
  readonly href: string;
  readonly children: ComponentChildren;
}

export function WayBack({ href, children }: WayBackProps): JSX.Element {
  return (
    <a class="way-back" href={href}>
      <Icon icon={ArrowLeft} /> {children}
    </a>
  );
}

// The mark: three stones, one on another.
import type { JSX } from "preact";

export function Logo({ size = 24 }: { readonly size?: number }): JSX.Element {
  return (
    <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <ellipse cx="16" cy="25" rx="12" ry="4.6" fill="var(--accent)" />
      <ellipse cx="17" cy="16" rx="8.4" ry="3.9" fill="var(--clay)" />
      <ellipse cx="15.4" cy="8.4" rx="5" ry="3.1" fill="var(--text-muted)" />
    </svg>
  );
}

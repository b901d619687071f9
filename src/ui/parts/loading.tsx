// A calm placeholder, shown only when an answer takes its time.
import type { JSX } from "preact";
import "./loading.css";

export function Loading({ what }: { readonly what: string }): JSX.Element {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">Loading {what}…</span>
      <div />
      <div />
      <div />
    </div>
  );
}

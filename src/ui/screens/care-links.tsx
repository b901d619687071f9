// The pages that look after the store.
import type { JSX } from "preact";
import { ShieldCheck, Trash2 } from "lucide";
import { Icon } from "../parts/icon.tsx";
import { formatRoute } from "../router.ts";
import "./care-links.css";

interface CareLinksProps {
  /** Entries of the trash. */
  readonly inTrash: number;
}

export function CareLinks({ inTrash }: CareLinksProps): JSX.Element {
  return (
    <nav class="care-links" aria-label="Looking after the store">
      <a href={formatRoute({ kind: "care", subject: "" })}>
        <Icon icon={ShieldCheck} /> Storage &amp; safety
      </a>
      <a href={formatRoute({ kind: "trash" })}>
        <Icon icon={Trash2} /> Trash{" "}
        <span class="muted">{inTrash === 0 ? "empty" : inTrash.toLocaleString("en")}</span>
      </a>
    </nav>
  );
}

// An alias of a registry: a protected one is grey and has a lock, so that it doesn't look like one to play with.
import type { JSX } from "preact";
import { Lock } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { LinkAlias } from "../../protocol/registry-link-api.ts";
import { AliasChip } from "./chip.tsx";
import { Icon } from "./icon.tsx";
import "./link-alias-chip.css";

interface LinkAliasChipProps {
  readonly alias: Pick<LinkAlias, "alias" | "isProtected">;
  /** Such as the version that holds it. */
  readonly detail?: string;
}

export function LinkAliasChip({ alias: held, detail }: LinkAliasChipProps): JSX.Element {
  const { alias, isProtected } = held;
  if (!isProtected) return <AliasChip alias={alias} {...(detail !== undefined && { detail })} />;
  return (
    <span class="chip is-protected">
      <Icon icon={Lock} size={13} label="protected" />
      {showHidden(alias)}
      {detail !== undefined && <span class="chip-detail">{detail}</span>}
    </span>
  );
}

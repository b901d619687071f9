// The aliases of a collection's version: each can move or go, more can come; protected ones show their lock [P2].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ArrowLeftRight, ChevronDown, Plus, X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { LATEST, type Alias } from "../../../core/names.ts";
import type { LinkAlias } from "../../../protocol/registry-link-api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { Menu } from "../../parts/menu.tsx";
import { useFocusBack } from "../../parts/use-focus-back.ts";
import { takeLinkAlias } from "../../state/collection-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { whyNot } from "./access.ts";
import { AddLinkAliases } from "./add-link-aliases.tsx";
import type { LinkProps } from "./link-page.tsx";

const MoveLinkAlias = lazy(() =>
  import("./move-link-alias.tsx").then((module) => module.MoveLinkAlias),
);

/** With more, the others wait behind a button. */
const SHOWN = 12;

export function LinkAliases(props: LinkProps): JSX.Element {
  const { app, route, detail, link } = props;
  const [isUnfolded, setUnfolded] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [moving, setMoving] = useState<Alias | null>(null);
  const add = useFocusBack(isAdding);
  const { aliases, number } = link;
  const reason = whyNot(detail, "set_alias");
  // The pill with the keyboard on it is about to go.
  const remove = (alias: Alias): void => {
    add.focus();
    void takeLinkAlias(app, route, alias, number);
  };
  return (
    <div class="link-field">
      <h2>Aliases</h2>
      <div class="chips link-pills">
        {(isUnfolded ? aliases : aliases.slice(0, SHOWN)).map((held) => (
          <Pill
            key={held.alias}
            held={held}
            isFixed={held.alias === LATEST || reason !== ""}
            onMove={() => setMoving(held.alias)}
            onRemove={() => remove(held.alias)}
          />
        ))}
        {aliases.length > SHOWN && (
          <Button small variant="ghost" onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? "Show fewer" : `${aliases.length - SHOWN} more`}
          </Button>
        )}
        {isAdding ? (
          <AddLinkAliases {...props} onClose={() => setAdding(false)} />
        ) : (
          <span ref={add.place}>
            {!isReadOnly() && (
              <IconButton
                icon={Plus}
                label="Add aliases"
                disabled={reason !== ""}
                title={reason === "" ? "Add aliases" : reason}
                onClick={() => setAdding(true)}
              />
            )}
          </span>
        )}
      </div>
      {moving !== null && (
        <MoveLinkAlias {...props} alias={moving} onClose={() => setMoving(null)} />
      )}
    </div>
  );
}

interface PillProps {
  readonly held: LinkAlias;
  /** Nothing can be done with it here. */
  readonly isFixed: boolean;
  readonly onMove: () => void;
  readonly onRemove: () => void;
}

function Pill({ held, isFixed, onMove, onRemove }: PillProps): JSX.Element {
  if (isFixed) return <LinkAliasChip alias={held} />;
  return (
    <span class={`link-pill${held.isProtected ? " is-protected" : ""}`}>
      <LinkAliasChip alias={held} />
      <Menu
        class="link-pill-menu"
        label={`Alias ${showHidden(held.alias)}: move or remove`}
        items={[
          { label: "Move to…", icon: ArrowLeftRight, run: onMove },
          { label: "Remove", icon: X, run: onRemove },
        ]}
      >
        <Icon icon={ChevronDown} size={14} />
      </Menu>
    </span>
  );
}

// The aliases of a version: each can move or go, more can come. `latest` moves by itself [A2].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ArrowLeftRight, ArrowUpDown, ChevronDown, Plus, X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { LATEST, type Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionNumber } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { AliasChip } from "../../parts/chip.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { Menu } from "../../parts/menu.tsx";
import { useFocusBack } from "../../parts/use-focus-back.ts";
import type { AliasDrag } from "../../state/alias-drag.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { AddAlias } from "./add-alias.tsx";
import { takeAlias } from "./alias-actions.ts";
import { takeByPointer } from "./alias-handle.ts";
import "./alias-bar.css";

const MoveAliasDialog = lazy(() =>
  import("./move-alias-dialog.tsx").then((module) => module.MoveAliasDialog),
);

interface AliasBarProps {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly aliases: readonly Alias[];
  /** All of the artifact, newest first. */
  readonly versions: readonly VersionSummary[];
  readonly drag: AliasDrag;
  readonly onMove: (alias: Alias, to: VersionNumber) => void;
}

/** With more, the others wait behind a button. */
const SHOWN = 12;

export function AliasBar(props: AliasBarProps): JSX.Element {
  const { app, version, aliases, versions, drag, onMove } = props;
  const [isUnfolded, setUnfolded] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [moving, setMoving] = useState<Alias | null>(null);
  const add = useFocusBack(isAdding);
  // The pill with the keyboard on it is about to go.
  const remove = (alias: Alias): void => {
    add.focus();
    void takeAlias(app, version, alias);
  };
  return (
    <>
      {(isUnfolded ? aliases : aliases.slice(0, SHOWN)).map((alias) =>
        alias === LATEST || isReadOnly() ? (
          <AliasChip key={alias} alias={alias} />
        ) : (
          <span key={alias} class="alias-pill">
            <span
              class="alias-grip"
              title={versions.length > 1 ? "Drag to another version" : ""}
              onPointerDown={takeByPointer(drag, alias, version.number, onMove)}
            >
              <AliasChip alias={alias} />
            </span>
            <Menu
              class="alias-pill-menu"
              label={`Alias ${showHidden(alias)}: move or remove`}
              items={[
                { label: "Move to…", icon: ArrowLeftRight, run: () => setMoving(alias) },
                {
                  label: "Move along the timeline",
                  icon: ArrowUpDown,
                  run: () => drag.pickUp({ alias, from: version.number, by: "keys" }),
                },
                { label: "Remove", icon: X, run: () => remove(alias) },
              ]}
            >
              <Icon icon={ChevronDown} size={14} />
            </Menu>
          </span>
        ),
      )}
      {aliases.length > SHOWN && (
        <Button small variant="ghost" onClick={() => setUnfolded(!isUnfolded)}>
          {isUnfolded ? "Show fewer" : `${aliases.length - SHOWN} more`}
        </Button>
      )}
      {isAdding ? (
        <AddAlias
          app={app}
          version={version}
          holders={holdersOf(versions)}
          onClose={() => setAdding(false)}
        />
      ) : (
        <span ref={add.place} class="alias-add">
          {!isReadOnly() && (
            <IconButton icon={Plus} label="Add alias" onClick={() => setAdding(true)} />
          )}
        </span>
      )}
      {moving !== null && (
        <MoveAliasDialog
          app={app}
          version={version}
          alias={moving}
          versions={versions}
          onClose={() => setMoving(null)}
        />
      )}
    </>
  );
}

/** Where each alias of the artifact is. */
function holdersOf(versions: readonly VersionSummary[]): ReadonlyMap<string, VersionNumber> {
  return new Map(
    versions.flatMap(({ version, aliases }) =>
      aliases.map((alias) => [alias, version.number] as const),
    ),
  );
}

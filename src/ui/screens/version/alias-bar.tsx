// The aliases of a version: each can move or go, more can come. `latest` moves by itself [A2].
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ArrowLeftRight, ChevronDown, Plus, X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { LATEST, type Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionNumber } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { AliasChip } from "../../parts/chip.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { Menu } from "../../parts/menu.tsx";
import type { AppState } from "../../state/app-state.ts";
import { AddAlias } from "./add-alias.tsx";
import { takeAlias } from "./alias-actions.ts";
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
}

export function AliasBar({ app, version, aliases, versions }: AliasBarProps): JSX.Element {
  const [isAdding, setAdding] = useState(false);
  const [moving, setMoving] = useState<Alias | null>(null);
  const add = useRef<HTMLSpanElement>(null);
  const wasAdding = useRef(false);
  const focusAdd = (): void => add.current?.querySelector("button")?.focus();
  useEffect(() => {
    if (wasAdding.current && !isAdding) focusAdd();
    wasAdding.current = isAdding;
  }, [isAdding]);
  // The pill with the keyboard on it is about to go.
  const remove = (alias: Alias): void => {
    focusAdd();
    void takeAlias(app, version, alias);
  };
  return (
    <>
      {aliases.map((alias) =>
        alias === LATEST ? (
          <AliasChip key={alias} alias={alias} />
        ) : (
          <span key={alias} class="alias-pill">
            <AliasChip alias={alias} />
            <Menu
              class="alias-pill-menu"
              label={`Alias ${showHidden(alias)}: move or remove`}
              items={[
                { label: "Move to…", icon: ArrowLeftRight, run: () => setMoving(alias) },
                { label: "Remove", icon: X, run: () => remove(alias) },
              ]}
            >
              <Icon icon={ChevronDown} size={14} />
            </Menu>
          </span>
        ),
      )}
      {isAdding ? (
        <AddAlias
          app={app}
          version={version}
          holders={holdersOf(versions)}
          onClose={() => setAdding(false)}
        />
      ) : (
        <span ref={add} class="alias-add">
          <IconButton icon={Plus} label="Add alias" onClick={() => setAdding(true)} />
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

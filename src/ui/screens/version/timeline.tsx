// An artifact's versions, newest first: go to one, choose two to compare, move an alias from one to another.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Check, GitCompare, Pin } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { LATEST, type Alias } from "../../../core/names.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { VersionRecord } from "../../../core/records.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { IconButton } from "../../parts/button.tsx";
import { AliasChip, Chip } from "../../parts/chip.tsx";
import { formatAgo, formatBytes, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { VersionLabel } from "../../parts/version-label.tsx";
import { VirtualList } from "../../parts/virtual-list.tsx";
import { formatRoute, type VersionRoute } from "../../router.ts";
import type { AliasDrag } from "../../state/alias-drag.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { takeByPointer } from "./alias-handle.ts";
import { CompareBar } from "./compare-bar.tsx";
import { DragNote, useDragKeys } from "./drag-note.tsx";
import { chooseForCompare, describeSizeChange, firstLine } from "./timeline-text.ts";
import { takeVersion, type LinkWays } from "./version-handle.ts";
import { VersionPicker } from "./version-picker.tsx";
import "./timeline.css";

interface TimelineProps {
  readonly route: VersionRoute;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly current: VersionNumber;
  readonly isProvisional: (version: VersionRecord) => boolean;
  readonly drag: AliasDrag;
  readonly onMove: (alias: Alias, to: VersionNumber) => void;
  readonly links: LinkWays;
}

const ROW_HEIGHT = 76;
const SHOWN_ALIASES = 2;

export function Timeline({
  route,
  versions,
  current,
  isProvisional,
  drag,
  onMove,
  links,
}: TimelineProps): JSX.Element {
  /** On a narrow screen the list unfolds. */
  const [isOpen, setOpen] = useState(false);
  /** The versions chosen to be compared; `null` while nobody is choosing. */
  const [chosen, setChosen] = useState<readonly VersionNumber[] | null>(null);
  useDragKeys(drag, versions, onMove);
  const held = drag.held.value;
  const target = drag.target.value;
  const shown = held?.by === "keys" && target !== null ? target : current;
  const hrefOf = (number: VersionNumber): string =>
    formatRoute({
      ...route,
      selector: formatVersion(number),
      // Another version's lineage is drawn around that version.
      lineage: { ...route.lineage, around: "", node: "" },
    });
  const at = versions.findIndex(({ version }) => version.number === current);
  const isUnfolded = isOpen || chosen !== null || held !== null;
  return (
    <nav
      class={`timeline${held === null ? "" : " is-moving"}${isUnfolded ? " is-open" : ""}`}
      aria-label="Versions"
      onKeyDown={(event) => {
        if (event.key === "Escape" && chosen !== null) setChosen(null);
      }}
    >
      {chosen === null ? (
        <div class="timeline-head">
          <h2>
            Versions <span class="muted">{versions.length.toLocaleString("en")}</span>
          </h2>
          {versions.length > 1 && (
            <IconButton
              icon={GitCompare}
              label="Choose two versions to compare"
              onClick={() => setChosen([current])}
            />
          )}
        </div>
      ) : (
        <CompareBar route={route} chosen={chosen} onClose={() => setChosen(null)} />
      )}
      <VersionPicker
        versions={versions}
        at={at}
        isProvisional={isProvisional}
        hrefOf={hrefOf}
        isOpen={isUnfolded}
        onToggle={() => setOpen(!isOpen)}
      />
      {held !== null && <DragNote held={held} target={target} place={drag.place.value} />}
      <VirtualList
        class="timeline-list"
        count={versions.length}
        rowHeight={ROW_HEIGHT}
        keyOf={(i) => versions[i]?.version.uid ?? i}
        reveal={versions.findIndex(({ version }) => version.number === shown)}
        attributes={{ role: "list", "aria-label": "Versions, newest first" }}
        renderRow={(i) => {
          const summary = versions[i];
          if (summary === undefined) return null;
          const { number } = summary.version;
          const isTarget = held !== null && target === number && held.from !== number;
          return (
            <div
              role="listitem"
              class={`timeline-item${isTarget ? " is-target" : ""}`}
              data-version={formatVersion(number)}
            >
              <Entry
                href={hrefOf(number)}
                isCurrent={number === current}
                isChosen={chosen?.includes(number) ?? null}
                onChoose={() => setChosen(chooseForCompare(chosen ?? [], number))}
                onOpen={() => setOpen(false)}
              >
                <Facts
                  summary={summary}
                  isProvisional={isProvisional(summary.version)}
                  before={versions[i + 1]?.version.sizeBytes}
                  onTakeVersion={takeVersion(links, number)}
                  onTake={(alias) => takeByPointer(drag, alias, number, onMove)}
                />
              </Entry>
            </div>
          );
        }}
      />
    </nav>
  );
}

interface EntryProps {
  readonly href: string;
  readonly isCurrent: boolean;
  /** `null` while nobody is choosing. */
  readonly isChosen: boolean | null;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
  readonly children: ComponentChildren;
}

/** A link to a version; while two are chosen, a button. */
function Entry(props: EntryProps): JSX.Element {
  const { href, isCurrent, isChosen, onChoose, onOpen, children } = props;
  if (isChosen !== null)
    return (
      <button type="button" class="timeline-entry" aria-pressed={isChosen} onClick={onChoose}>
        {children}
        <span class="timeline-check">{isChosen && <Icon icon={Check} size={14} />}</span>
      </button>
    );
  return (
    <a
      class="timeline-entry"
      href={href}
      draggable={false}
      onClick={onOpen}
      {...(isCurrent && { "aria-current": "page" as const })}
    >
      {children}
    </a>
  );
}

interface FactsProps {
  readonly summary: VersionSummary;
  readonly isProvisional: boolean;
  /** The size of the version before; none for the first. */
  readonly before: number | undefined;
  readonly onTakeVersion: (event: PointerEvent) => void;
  readonly onTake: (alias: Alias) => (event: PointerEvent) => void;
}

function Facts({
  summary: { version, aliases },
  isProvisional,
  before,
  onTakeVersion,
  onTake,
}: FactsProps): JSX.Element {
  const number = <VersionLabel number={version.number} isProvisional={isProvisional} />;
  const note = firstLine(version.description);
  const change = describeSizeChange(version.sizeBytes, before);
  return (
    <>
      <span class="timeline-line">
        {isReadOnly() ? (
          <strong>{number}</strong>
        ) : (
          <strong class="version-grip" title="Drag into a registry" onPointerDown={onTakeVersion}>
            {number}
          </strong>
        )}
        <span class="chips">
          {aliases.slice(0, SHOWN_ALIASES).map((alias) =>
            alias === LATEST || isReadOnly() ? (
              <AliasChip key={alias} alias={alias} />
            ) : (
              <span
                key={alias}
                class="timeline-pill"
                title={`Drag ${showHidden(alias)} to another version`}
                onPointerDown={onTake(alias)}
              >
                <AliasChip alias={alias} />
              </span>
            ),
          )}
          {aliases.length > SHOWN_ALIASES && <Chip>+{aliases.length - SHOWN_ALIASES}</Chip>}
        </span>
        {version.pinned && <Icon icon={Pin} size={14} label="Pinned" />}
      </span>
      <span class="muted timeline-when" title={formatTime(version.createdAt)}>
        {formatAgo(version.createdAt)} · {formatBytes(version.sizeBytes)}
        {change !== "" && <span class="timeline-change"> · {change}</span>}
      </span>
      {note !== "" && <span class="muted timeline-note">{showHidden(note)}</span>}
    </>
  );
}

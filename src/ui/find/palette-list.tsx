// The rows of the search: a listbox whose current option the text field names.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CornerDownLeft } from "lucide";
import { showHidden } from "../../core/errors.ts";
import { Icon } from "../parts/icon.tsx";
import { ProvisionalChip } from "../parts/version-label.tsx";
import type { AppState } from "../state/app-state.ts";
import { useProvisional } from "../state/provisional.ts";
import { MarkedText } from "./marked-text.tsx";
import type { Row } from "./rows.ts";
import type { Section } from "./sections.ts";

interface PaletteListProps {
  readonly app: AppState;
  readonly id: string;
  readonly sections: readonly Section[];
  /** The row the keyboard is at. */
  readonly current: Row | null;
  readonly onPoint: (row: Row) => void;
  /** @param isAside in a new tab */
  readonly onChoose: (row: Row, isAside: boolean) => void;
}

/** The element id of a row. */
export function optionId(list: string, row: Row): string {
  return `${list}-${row.id.replaceAll(/[^A-Za-z0-9]/g, (letter) => `_${letter.charCodeAt(0)}`)}`;
}

export function PaletteList({
  app,
  id,
  sections,
  current,
  onPoint,
  onChoose,
}: PaletteListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const versions = sections.flatMap(({ rows }) => rows.map(({ version }) => version));
  const isProvisional = useProvisional(
    app,
    versions.filter((version) => version !== null),
  );
  const active = current === null ? null : optionId(id, current);
  useEffect(() => {
    if (active !== null) document.getElementById(active)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} class="palette-list" role="listbox" aria-label="Finds">
      {sections.map((section) => (
        <div
          key={section.id}
          role="group"
          aria-labelledby={`${id}-group-${section.id}`}
          class="palette-group"
        >
          <div id={`${id}-group-${section.id}`} class="palette-title" role="presentation">
            {section.title}
            {section.hasMore && <span> · more, type on to see them</span>}
          </div>
          {section.rows.map((row) => (
            <Option
              key={row.id}
              id={optionId(id, row)}
              row={row}
              isProvisional={row.version !== null && isProvisional(row.version)}
              isCurrent={row.id === current?.id}
              onPoint={() => onPoint(row)}
              onChoose={(isAside) => onChoose(row, isAside)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly row: Row;
  readonly isProvisional: boolean;
  readonly isCurrent: boolean;
  readonly onPoint: () => void;
  readonly onChoose: (isAside: boolean) => void;
}

function Option(props: OptionProps): JSX.Element {
  const { id, row, isProvisional, isCurrent, onPoint, onChoose } = props;
  const { icon, label, by, detail } = row;
  return (
    <div
      id={id}
      role="option"
      class="palette-row"
      aria-selected={isCurrent}
      // A list that moves below a resting mouse must not choose: only a moving one points.
      onMouseMove={() => {
        if (!isCurrent) onPoint();
      }}
      // The keyboard stays in the text field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
      onAuxClick={(event) => {
        if (event.button === 1) onChoose(true);
      }}
    >
      <Icon icon={icon} />
      <span class="palette-label" title={showHidden(label.text)}>
        <MarkedText {...label} />
      </span>
      {by !== null && (
        <span class={by.kind === "alias" ? "chip is-alias" : "chip"}>
          <MarkedText text={by.text} stretches={by.stretches} />
        </span>
      )}
      {isProvisional && <ProvisionalChip />}
      {detail !== "" && <span class="palette-detail">{showHidden(detail)}</span>}
      {isCurrent && <Icon icon={CornerDownLeft} size={14} />}
    </div>
  );
}

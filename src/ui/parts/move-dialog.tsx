// Moves an alias to a version chosen from all there are.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { showHidden } from "../../core/errors.ts";
import type { Alias } from "../../core/names.ts";
import { formatVersion, type VersionNumber } from "../../core/version.ts";
import { SearchInput } from "./search-input.tsx";
import { TaskDialog } from "./task-dialog.tsx";
import { VirtualList } from "./virtual-list.tsx";
import "./move-dialog.css";

interface MoveDialogProps<T> {
  readonly alias: Alias;
  /** Holds the alias now. */
  readonly from: VersionNumber;
  /** What it can move to, newest first. */
  readonly others: readonly T[];
  readonly numberOf: (other: T) => VersionNumber;
  /** What the search looks through. */
  readonly searchLabel: string;
  readonly matches: (other: T, query: string) => boolean;
  readonly move: (to: VersionNumber) => Promise<unknown>;
  readonly onClose: () => void;
  /** What a row says after the number. */
  readonly children: (other: T) => ComponentChildren;
}

const ROW_HEIGHT = 44;
/** With fewer, all are seen at once. */
const MANY = 8;

export function MoveDialog<T>(props: MoveDialogProps<T>): JSX.Element {
  const { alias, from, others, numberOf, matches, move, onClose } = props;
  const group = useId();
  const first = others[0];
  const chosen = useSignal(first === undefined ? null : numberOf(first));
  const query = useSignal("");
  const found = others.filter((other) => matches(other, query.value));
  const place = found.findIndex((other) => numberOf(other) === chosen.value);
  const target = place === -1 ? null : chosen.value;
  const search = (text: string): void => {
    query.value = text;
    const match = others.find((other) => matches(other, text));
    chosen.value = match === undefined ? null : numberOf(match);
  };
  return (
    <TaskDialog
      title={`Move ${showHidden(alias)}`}
      action={target === null ? "Move" : `Move to ${formatVersion(target)}`}
      isReady={target !== null}
      run={async () => {
        if (target === null) return;
        await move(target);
        onClose();
      }}
      onClose={onClose}
    >
      {others.length === 0 ? (
        <p>There is no other version to move it to.</p>
      ) : (
        <>
          <p class="muted">It is on {formatVersion(from)} now.</p>
          {others.length > MANY && (
            <SearchInput label={props.searchLabel} value={query.value} onInput={search} />
          )}
          {found.length === 0 && <p role="status">No version matches.</p>}
          <VirtualList
            class="move-list"
            count={found.length}
            rowHeight={ROW_HEIGHT}
            keyOf={(i) => {
              const other = found[i];
              return other === undefined ? i : numberOf(other);
            }}
            reveal={place}
            attributes={{ role: "radiogroup", "aria-label": "To" }}
            renderRow={(i) => {
              const other = found[i];
              if (other === undefined) return null;
              const number = numberOf(other);
              return (
                <label class="move-row">
                  <input
                    type="radio"
                    name={group}
                    checked={number === chosen.value}
                    onChange={() => (chosen.value = number)}
                  />
                  <strong>{formatVersion(number)}</strong>
                  {props.children(other)}
                </label>
              );
            }}
          />
        </>
      )}
    </TaskDialog>
  );
}

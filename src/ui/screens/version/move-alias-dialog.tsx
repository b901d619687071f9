// Moves an alias to a version chosen from all of the artifact.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { Button } from "../../parts/button.tsx";
import { AliasChip } from "../../parts/chip.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { formatAgo, formatBytes } from "../../parts/format.ts";
import { SearchInput } from "../../parts/search-input.tsx";
import { VirtualList } from "../../parts/virtual-list.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { putAlias } from "./alias-actions.ts";
import { firstLine, matchesText } from "./timeline-text.ts";
import "./move-alias-dialog.css";

interface MoveAliasDialogProps {
  readonly app: AppState;
  /** Holds the alias now. */
  readonly version: VersionRef;
  readonly alias: Alias;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly onClose: () => void;
}

const ROW_HEIGHT = 44;
/** With fewer, all are seen at once. */
const MANY = 8;

export function MoveAliasDialog(props: MoveAliasDialogProps): JSX.Element {
  const { app, version, alias, versions, onClose } = props;
  const others = versions.filter((summary) => summary.version.number !== version.number);
  const chosen = useSignal(others[0]?.version.number);
  const query = useSignal("");
  const [task] = useState(() => new Task());
  const found = others.filter((summary) => matchesText(summary, query.value));
  const isShown = found.some((summary) => summary.version.number === chosen.value);
  const move = async (): Promise<void> => {
    if (chosen.value === undefined || !isShown) return;
    await putAlias(app, { ...version, number: chosen.value }, alias);
    onClose();
  };
  return (
    <Dialog
      title={`Move ${showHidden(alias)}`}
      onClose={onClose}
      onSubmit={() => void task.run(move)}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={task.isBusy.value} disabled={!isShown}>
            {isShown && chosen.value !== undefined
              ? `Move to ${formatVersion(chosen.value)}`
              : "Move"}
          </Button>
        </>
      }
    >
      {others.length === 0 ? (
        <p>There is no other version to move it to.</p>
      ) : (
        <>
          <p class="muted">It is on {formatVersion(version.number)} now.</p>
          {others.length > MANY && (
            <SearchInput
              label="Find by number, alias or note"
              value={query.value}
              onInput={(text) => {
                query.value = text;
                const first = others.find((summary) => matchesText(summary, text));
                chosen.value = first?.version.number;
              }}
            />
          )}
          {found.length === 0 && <p role="status">No version matches.</p>}
          <Choice
            found={found}
            chosen={chosen.value}
            onChoose={(number) => (chosen.value = number)}
          />
        </>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly found: readonly VersionSummary[];
  readonly chosen: VersionNumber | undefined;
  readonly onChoose: (number: VersionNumber) => void;
}

function Choice({ found, chosen, onChoose }: ChoiceProps): JSX.Element {
  const name = useId();
  return (
    <VirtualList
      class="move-list"
      count={found.length}
      rowHeight={ROW_HEIGHT}
      keyOf={(i) => found[i]?.version.uid ?? i}
      reveal={found.findIndex(({ version }) => version.number === chosen)}
      attributes={{ role: "radiogroup", "aria-label": "To" }}
      renderRow={(i) => {
        const summary = found[i];
        if (summary === undefined) return null;
        const { version, aliases } = summary;
        const note = firstLine(version.description);
        return (
          <label class="move-row">
            <input
              type="radio"
              name={name}
              checked={version.number === chosen}
              onChange={() => onChoose(version.number)}
            />
            <strong>{formatVersion(version.number)}</strong>
            {aliases.slice(0, 2).map((held) => (
              <AliasChip key={held} alias={held} />
            ))}
            <span class="muted move-when">
              {formatAgo(version.createdAt)} · {formatBytes(version.sizeBytes)}
              {note !== "" && ` · ${showHidden(note)}`}
            </span>
          </label>
        );
      }}
    />
  );
}

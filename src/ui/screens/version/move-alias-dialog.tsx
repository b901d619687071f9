// Moves an alias to another version of the artifact.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionSummary } from "../../../protocol/browse-api.ts";
import { AliasChip } from "../../parts/chip.tsx";
import { formatAgo, formatBytes } from "../../parts/format.ts";
import { MoveDialog } from "../../parts/move-dialog.tsx";
import type { AppState } from "../../state/app-state.ts";
import { putAlias } from "./alias-actions.ts";
import { firstLine, matchesText } from "./timeline-text.ts";

interface MoveAliasDialogProps {
  readonly app: AppState;
  /** Holds the alias now. */
  readonly version: VersionRef;
  readonly alias: Alias;
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly onClose: () => void;
}

export function MoveAliasDialog(props: MoveAliasDialogProps): JSX.Element {
  const { app, version, alias, versions, onClose } = props;
  return (
    <MoveDialog
      alias={alias}
      from={version.number}
      others={versions.filter((other) => other.version.number !== version.number)}
      numberOf={(other) => other.version.number}
      searchLabel="Find by number, alias or note"
      matches={matchesText}
      move={(number) => putAlias(app, { ...version, number }, alias)}
      onClose={onClose}
    >
      {(other) => <Row summary={other} />}
    </MoveDialog>
  );
}

function Row({ summary }: { readonly summary: VersionSummary }): JSX.Element {
  const { version, aliases } = summary;
  const note = firstLine(version.description);
  return (
    <>
      {aliases.slice(0, 2).map((held) => (
        <AliasChip key={held} alias={held} />
      ))}
      <span class="muted move-when">
        {formatAgo(version.createdAt)} · {formatBytes(version.sizeBytes)}
        {note !== "" && ` · ${showHidden(note)}`}
      </span>
    </>
  );
}

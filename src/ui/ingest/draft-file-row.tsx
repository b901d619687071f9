// One line of a draft's file list.
import type { JSX } from "preact";
import {
  Check,
  CircleAlert,
  CircleSlash2,
  Clock,
  LoaderCircle,
  Minus,
  Pencil,
  Plus,
  Undo2,
  X,
} from "lucide";
import type { IconNode } from "lucide";
import { describeError, showHidden } from "../../core/errors.ts";
import { IconButton } from "../parts/button.tsx";
import { formatBytes } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import type { DraftFile } from "./draft-file.ts";
import type { DraftState } from "./draft-state.ts";
import { pathOf, type FileLine } from "./file-view.ts";

interface RowProps {
  readonly draft: DraftState;
  readonly line: FileLine;
}

interface Look {
  readonly icon: IconNode;
  readonly kind: string;
  /** What the line says beside its path. */
  readonly note: string;
}

export function DraftFileRow({ draft, line }: RowProps): JSX.Element {
  // Files change in place; only this tells.
  void draft.files.version.value;
  const path = showHidden(pathOf(draft, line));
  if (typeof line === "string")
    return (
      <div role="listitem" class="draft-line is-removed">
        <Icon icon={Minus} label="Removed" />
        <span class="draft-line-path" title={path}>
          {path}
        </span>
        <span class="muted draft-small">only in latest</span>
      </div>
    );
  const look = lookOf(draft, line);
  return (
    <div role="listitem" class={`draft-line is-${look.kind}`}>
      <Icon icon={look.icon} label={look.kind} />
      <span class="draft-line-path" title={path}>
        {path}
      </span>
      <span class="draft-line-note" title={look.note}>
        {look.note}
      </span>
      <span class="draft-line-size">{line.isFolder ? "" : formatBytes(line.sizeBytes)}</span>
      {line.ignoredBy === null &&
        (line.isRemoved ? (
          <IconButton
            icon={Undo2}
            label={`Put back ${path}`}
            onClick={() => draft.files.restore(line)}
          />
        ) : (
          <IconButton
            icon={X}
            label={`Remove ${path}`}
            onClick={() => draft.files.remove([line])}
          />
        ))}
    </div>
  );
}

function lookOf(draft: DraftState, file: DraftFile): Look {
  if (file.ignoredBy !== null)
    return {
      icon: CircleSlash2,
      kind: "ignored",
      note: `ignored by ${showHidden(file.ignoredBy)}`,
    };
  if (file.isRemoved) return { icon: CircleSlash2, kind: "ignored", note: "removed by you" };
  const problem = file.problem ?? draft.paths.value?.invalid.get(file.index);
  if (problem !== undefined)
    return { icon: CircleAlert, kind: "failed", note: describeError(problem) };
  switch (file.status) {
    case "waiting":
      return { icon: Clock, kind: "waiting", note: "" };
    case "storing":
      return { icon: LoaderCircle, kind: "busy", note: "copying" };
    case "hashing":
      return { icon: LoaderCircle, kind: "busy", note: percent(file) };
    case "failed":
      return { icon: CircleAlert, kind: "failed", note: "" };
    case "staged":
      return stagedLook(file);
  }
}

function stagedLook(file: DraftFile): Look {
  if (file.isBase) return { icon: Check, kind: "staged", note: "kept" };
  if (file.mark === "added") return { icon: Plus, kind: "added", note: "" };
  if (file.mark === "changed") return { icon: Pencil, kind: "changed", note: "changed" };
  return { icon: Check, kind: "staged", note: file.mark === "unchanged" ? "unchanged" : "" };
}

function percent({ doneBytes, sizeBytes }: DraftFile): string {
  return sizeBytes === 0 ? "hashing" : `${Math.floor((doneBytes / sizeBytes) * 100)}%`;
}

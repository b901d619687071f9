// How a check of stored bytes goes, and what it found.
import type { JSX } from "preact";
import { CircleCheck, TriangleAlert } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VerifyScope } from "../../../protocol/care-api.ts";
import { Button } from "../../parts/button.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { RunningNote } from "../../parts/running-note.tsx";
import type { EndedCheck, VerifyState } from "../../state/verify-state.ts";
import { DamageList } from "./damage-list.tsx";
import "./verify-note.css";

export function VerifyNote({ verify }: { readonly verify: VerifyState }): JSX.Element | null {
  const running = verify.running.value;
  if (running !== null)
    return (
      <RunningNote
        title={`Checking ${nameOf(running.scope)}`}
        progress={running.progress}
        startedMs={running.startedMs}
        onCancel={() => verify.cancel()}
      />
    );
  const problem = verify.problem.value;
  if (problem !== null)
    return (
      <div class="verify-note">
        <ErrorNote problem={problem}>
          <Button small onClick={() => verify.clear()}>
            Close
          </Button>
        </ErrorNote>
      </div>
    );
  const ended = verify.ended.value;
  return ended === null ? null : <Ended ended={ended} onClose={() => verify.clear()} />;
}

function Ended({
  ended: { scope, report },
  onClose,
}: {
  readonly ended: EndedCheck;
  readonly onClose: () => void;
}): JSX.Element {
  const { damage, files, bytes, references, elsewhere } = report;
  const isGood = damage.length === 0;
  // Of everything each content is read once, in however many versions it stands.
  const checked = formatCount(files, scope.kind === "all" ? "different file" : "file");
  return (
    <div class="card verify-note" role="status">
      <div class="note-line">
        <strong class={`verify-what ${isGood ? "is-good" : "is-bad"}`}>
          <Icon icon={isGood ? CircleCheck : TriangleAlert} />
          {isGood
            ? `${checked}, ${formatBytes(bytes)}: all as they were logged`
            : `${formatCount(damage.length, "file is", "files are")} damaged`}
        </strong>
        <span class="muted">
          {nameOf(scope)}
          {!isGood && ` · ${checked} read, ${formatBytes(bytes)}`}
          {elsewhere.files > 0 &&
            ` · ${formatCount(elsewhere.files, "file")} not in this browser, ${formatBytes(elsewhere.bytes)}: a repository has ${elsewhere.files === 1 ? "it" : "them"}`}
          {references > 0 && ` · ${formatCount(references, "reference")} not checked`}
        </span>
        <Button small variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      {!isGood && <DamageList damage={damage} />}
    </div>
  );
}

function nameOf(scope: VerifyScope): string {
  return scope.kind === "all"
    ? "everything"
    : `${showHidden(scope.name)}:${formatVersion(scope.number)}`;
}

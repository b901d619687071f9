// What each file is: its digest, and every version that holds the same bytes.
import type { JSX } from "preact";
import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  LoaderCircle,
  Trash2,
  type IconNode,
} from "lucide";
import { describeError, showHidden } from "../../core/errors.ts";
import { formatVersion } from "../../core/version.ts";
import type { BytesPlace } from "../../protocol/find-api.ts";
import { Digest } from "../parts/digest.tsx";
import { formatAgo, formatBytes, formatCount, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { formatRoute, versionHash } from "../router.ts";
import type { IdentifyLine } from "./identify-lines.ts";
import type { Answer, IdentifiedFile } from "./identify-state.ts";

const ROW_HEIGHT = 56;

interface IdentifyListProps {
  readonly lines: readonly IdentifyLine[];
  readonly isRunning: boolean;
  /** Told when a link is followed in this tab. */
  readonly onLeave: () => void;
}

export function IdentifyList({ lines, isRunning, onLeave }: IdentifyListProps): JSX.Element {
  return (
    <VirtualList
      class="identify-list"
      count={lines.length}
      rowHeight={ROW_HEIGHT}
      keyOf={(index) => lines[index]?.key ?? index}
      attributes={{ role: "list", "aria-label": "Identified files", tabIndex: 0 }}
      renderRow={(index) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <div
            role="listitem"
            class={`identify-row is-${line.kind}`}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
          >
            <Line line={line} isRunning={isRunning} onLeave={onLeave} />
          </div>
        );
      }}
    />
  );
}

function Line({
  line,
  isRunning,
  onLeave,
}: {
  readonly line: IdentifyLine;
  readonly isRunning: boolean;
  readonly onLeave: () => void;
}): JSX.Element {
  switch (line.kind) {
    case "file":
      return <FileLine file={line.file} isRunning={isRunning} />;
    case "place":
      return <PlaceLine place={line.place} onLeave={onLeave} />;
    case "more":
      return <span class="muted">and {formatCount(line.count, "more place")}</span>;
  }
}

function FileLine({
  file: { path, sizeBytes, answer },
  isRunning,
}: {
  readonly file: IdentifiedFile;
  readonly isRunning: boolean;
}): JSX.Element {
  const { icon, state, text } = outcomeOf(answer, isRunning);
  return (
    <>
      <span class={`identify-mark is-${state}`}>
        <Icon icon={icon} size={18} />
      </span>
      <span class="identify-text">
        <strong title={showHidden(path)}>{showHidden(path)}</strong>
        <span class="muted" title={text}>
          {formatBytes(sizeBytes)} · {text}
        </span>
      </span>
      {answer !== null && "digest" in answer && <Digest digest={answer.digest} />}
    </>
  );
}

function PlaceLine({
  place,
  onLeave,
}: {
  readonly place: BytesPlace;
  readonly onLeave: () => void;
}): JSX.Element {
  const { project, name, number, path, state, createdAt } = place;
  const version = formatVersion(number);
  const label = showHidden(`${project}/${name}:${version}`);
  const hash =
    state === "live"
      ? versionHash(project, name, version, { file: path })
      : formatRoute({ kind: "trash" });
  return (
    <span class="identify-text">
      <span class="identify-version">
        <a
          href={hash}
          title={label}
          onClick={(event) => {
            if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onLeave();
          }}
        >
          {label}
        </a>
        {state === "in_trash" && (
          <span class="chip">
            <Icon icon={Trash2} size={12} /> in the trash
          </span>
        )}
        <time class="muted" dateTime={createdAt} title={formatTime(createdAt)}>
          {formatAgo(createdAt)}
        </time>
      </span>
      <span class="muted" title={showHidden(path)}>
        {showHidden(path)}
      </span>
    </span>
  );
}

function outcomeOf(
  answer: Answer | null,
  isRunning: boolean,
): { readonly icon: IconNode; readonly state: string; readonly text: string } {
  if (answer === null)
    return isRunning
      ? { icon: LoaderCircle, state: "waiting", text: "waiting" }
      : { icon: CircleDashed, state: "waiting", text: "not looked at" };
  if ("problem" in answer)
    return { icon: CircleAlert, state: "failed", text: describeError(answer.problem) };
  if (answer.count === 0)
    return {
      icon: CircleDashed,
      state: "not-here",
      text: "not here: no version holds these bytes",
    };
  return { icon: CircleCheck, state: "known", text: `in ${formatCount(answer.count, "place")}` };
}

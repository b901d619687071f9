// A text: read window by window as a person scrolls.
import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { ArrowDownToLine, ArrowUpToLine, WrapText } from "lucide";
import { isCairnError } from "../../core/errors.ts";
import type { TextPart, TextPreview } from "../../protocol/preview-api.ts";
import { Button } from "../parts/button.tsx";
import { formatBytes, formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { append, hasRoom, linesOf } from "./text-lines.ts";
import { TextList } from "./text-list.tsx";
import { BarProblem, BarSpace, BarSwitch, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";

/** How much of its end is shown first when a person jumps there. */
const TAIL_BYTES = 64 * 1024;

export function TextViewer({ preview, state }: ViewerProps<TextPreview>): JSX.Element {
  const [text, setText] = useState(() => linesOf(preview));
  const [isWrapped, setWrapped] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  const isReading = useRef(false);
  const isWhole = text.startByte === 0 && text.endByte >= preview.sizeBytes;
  /** One window at a time; what comes too late, after a jump, can't come: jumps wait their turn. */
  const read = (startByte: number, show: (part: TextPart) => void): void => {
    if (isReading.current) return;
    isReading.current = true;
    setFailure(null);
    state
      .ask((api, id) => api.readText(id, startByte))
      .then(show, (error: unknown) => {
        if (!isCairnError(error, "aborted")) setFailure({ error });
      })
      .finally(() => (isReading.current = false));
  };
  const jump = (startByte: number): void => read(startByte, (part) => setText(linesOf(part)));
  const more = (): void => {
    if (text.endByte < preview.sizeBytes && hasRoom(text) && failure === null)
      read(text.endByte, (part) => setText((shown) => append(shown, part)));
  };
  return (
    <div class="viewer">
      <ViewerBar>
        <span>{preview.language ?? "Plain text"}</span>
        <span>
          {isWhole
            ? formatCount(text.lines.length, "line")
            : `${formatBytes(text.startByte)} to ${formatBytes(text.endByte)} of ${formatBytes(preview.sizeBytes)}`}
        </span>
        {failure !== null && <BarProblem error={failure.error} onRetry={() => setFailure(null)} />}
        <BarSpace />
        {text.startByte > 0 && (
          <Button small variant="ghost" icon={ArrowUpToLine} onClick={() => jump(0)}>
            Start
          </Button>
        )}
        {text.endByte < preview.sizeBytes && !hasRoom(text) && (
          <Button small onClick={() => jump(text.endByte)}>
            Go on
          </Button>
        )}
        {text.endByte < preview.sizeBytes && (
          <Button
            small
            variant="ghost"
            icon={ArrowDownToLine}
            onClick={() => jump(Math.max(0, preview.sizeBytes - TAIL_BYTES))}
          >
            End
          </Button>
        )}
        <BarSwitch isOn={isWrapped} onToggle={setWrapped}>
          <Icon icon={WrapText} size={14} /> Wrap
        </BarSwitch>
      </ViewerBar>
      {preview.sizeBytes === 0 ? (
        <p class="viewer-empty">This file is empty.</p>
      ) : (
        <TextList
          key={`${text.startByte} ${isWrapped}`}
          label="Text"
          lines={text.lines}
          firstLine={text.firstLine}
          isWrapped={isWrapped}
          onEnd={more}
        />
      )}
    </div>
  );
}

// Two files of tensors (safetensors or GGUF), tensor by tensor.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { showHidden } from "../../../core/errors.ts";
import type { TensorChange, TensorDiff } from "../../../protocol/compare-api.ts";
import type { TensorInfo } from "../../../protocol/preview-api.ts";
import { formatCount } from "../../parts/format.ts";
import { SearchInput } from "../../parts/search-input.tsx";
import { BarSpace, BarSwitch, ViewerBar } from "../../previews/viewer-bar.tsx";
import type { CompareWorker } from "../../state/compare-job.ts";
import { useCompareJob } from "../../state/use-compare-job.ts";
import { DiffPhase } from "./diff-phase.tsx";
import { MarkIcon } from "./mark.tsx";
import { FileNotes } from "./file-notes.tsx";
import { MeasuredList } from "./measured-list.tsx";
import "./piece-list.css";

interface TensorDiffViewProps {
  readonly worker: CompareWorker;
  readonly before: Blob;
  readonly after: Blob;
}

export function TensorDiffView({ worker, before, after }: TensorDiffViewProps): JSX.Element {
  const running = useCompareJob(worker, (api, id, onProgress) =>
    api.diffTensors(id, before, after, onProgress),
  );
  return (
    <DiffPhase running={running} what="Comparing tensors">
      {(diff) => <Tensors diff={diff} />}
    </DiffPhase>
  );
}

const WORDS: Readonly<Record<TensorChange["change"], string>> = {
  values: "values differ",
  shape: "other shape",
  dtype: "other type",
  added: "added",
  removed: "removed",
  same: "same",
};

function Tensors({ diff }: { readonly diff: TensorDiff }): JSX.Element {
  const changed = diff.tensors.filter(({ change }) => change !== "same");
  const [query, setQuery] = useState("");
  const [isAll, setAll] = useState(changed.length === 0);
  const wanted = query.trim().toLowerCase();
  const shown = (isAll ? diff.tensors : changed).filter(({ name }) =>
    name.toLowerCase().includes(wanted),
  );
  return (
    <div class="piece-diff">
      <ViewerBar>
        <SearchInput label="Search in names" value={query} onInput={setQuery} />
        <span>
          {changed.length === 0
            ? `${formatCount(diff.tensors.length, "tensor")}, all the same`
            : `${changed.length.toLocaleString("en")} of ${formatCount(diff.tensors.length, "tensor")} differ`}
        </span>
        <span>{describeParameters(diff)}</span>
        <BarSpace />
        <BarSwitch isOn={!isAll} onToggle={(isOn) => setAll(!isOn)}>
          Only changed
        </BarSwitch>
      </ViewerBar>
      <FileNotes notes={diff.notes} />
      {diff.metadata.length > 0 && <HeadChanges metadata={diff.metadata} />}
      {shown.length === 0 ? (
        <p class="file-note muted">
          {wanted === "" ? "No tensor differs." : "No such tensor differs."}
        </p>
      ) : (
        <MeasuredList
          class="piece-list"
          count={shown.length}
          rowHeight={37}
          keyOf={(i) => shown[i]?.name ?? ""}
          attributes={{ role: "list", "aria-label": "Tensors" }}
          renderRow={(i) => {
            const tensor = shown[i];
            return tensor === undefined ? null : <Tensor tensor={tensor} />;
          }}
        />
      )}
    </div>
  );
}

function Tensor({ tensor }: { readonly tensor: TensorChange }): JSX.Element {
  const { name, change, before, after } = tensor;
  const old = before === null ? null : describeTensor(before);
  const now = after === null ? null : describeTensor(after);
  const mark = change === "added" || change === "removed" || change === "same" ? change : "changed";
  return (
    <div role="listitem" class="piece-line">
      <MarkIcon mark={mark} />
      <code class="piece-name" title={showHidden(name)}>
        {showHidden(name)}
      </code>
      <span class="piece-word">{WORDS[change]}</span>
      <span class="piece-sides">
        {old !== null && <code>{showHidden(old)}</code>}
        {old !== null && now !== null && old !== now && <span aria-label="became">→</span>}
        {now !== null && now !== old && <code>{showHidden(now)}</code>}
      </span>
    </div>
  );
}

function HeadChanges({ metadata }: { readonly metadata: TensorDiff["metadata"] }): JSX.Element {
  return (
    <dl class="piece-head" aria-label="Metadata in the file">
      {metadata.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{showHidden(name)}</dt>
          <dd>
            {before === null ? "none" : showHidden(before)} <span aria-label="became">→</span>{" "}
            {after === null ? "none" : showHidden(after)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function describeTensor({ dtype, shape }: TensorInfo): string {
  return `${dtype} [${shape.join(", ")}]`;
}

function describeParameters({ parametersBefore, parametersAfter }: TensorDiff): string {
  const after = formatCount(parametersAfter, "parameter");
  return parametersBefore === parametersAfter
    ? after
    : `${parametersBefore.toLocaleString("en")} → ${after}`;
}

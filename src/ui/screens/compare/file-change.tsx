// What changed within a file, in the ways that both sides allow.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FileEntry } from "../../../core/manifest.ts";
import type { CompareWay } from "../../../protocol/compare-api.ts";
import type { AppState } from "../../state/app-state.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { useCompareJob } from "../../state/use-compare-job.ts";
import { DiffPhase } from "./diff-phase.tsx";
import { ImagePair } from "./image-pair.tsx";
import { fileHashOf, refOf, type Side } from "./side.ts";
import { TableDiffView } from "./table-diff.tsx";
import { TensorDiffView } from "./tensor-diff.tsx";
import { TextDiffView } from "./text-diff.tsx";
import "../../parts/choices.css";

/** A file and the version it is in. */
export interface FilePlace {
  readonly side: Side;
  readonly entry: FileEntry;
}

interface FileChangeProps {
  readonly app: AppState;
  readonly worker: CompareWorker;
  /** `null` where the side lacks it; never on both. */
  readonly before: FilePlace | null;
  readonly after: FilePlace | null;
  readonly path: string;
}

/** Both files opened, and how they can be looked at. */
interface OpenFiles {
  readonly before: Blob | null;
  readonly after: Blob | null;
  readonly ways: readonly CompareWay[];
}

const NAMES: Readonly<Record<CompareWay, string>> = {
  text: "Lines",
  table: "Columns and rows",
  tensors: "Tensors",
  image: "Images",
};

export function FileChange({ app, worker, before, after, path }: FileChangeProps): JSX.Element {
  const running = useCompareJob(worker, async (api): Promise<OpenFiles> => {
    const [old, now] = await Promise.all([peek(app, before), peek(app, after)]);
    const oldFile = { file: old ?? now ?? new Blob(), path: before?.entry.path ?? path };
    const nowFile = { file: now ?? old ?? new Blob(), path: after?.entry.path ?? path };
    return { before: old, after: now, ways: await api.waysToCompare(oldFile, nowFile) };
  });
  return (
    <DiffPhase running={running} what="Opening the files">
      {(files) => <Ways worker={worker} files={files} place={after ?? before} path={path} />}
    </DiffPhase>
  );
}

function Ways({
  worker,
  files: { before, after, ways },
  place,
  path,
}: {
  readonly worker: CompareWorker;
  readonly files: OpenFiles;
  readonly place: FilePlace | null;
  readonly path: string;
}): JSX.Element {
  // Of one file alone there are lines and an image to show; the rest is in the version's own preview.
  const isPair = before !== null && after !== null;
  const shown = isPair ? ways : ways.filter((way) => way === "text" || way === "image");
  const [chosen, choose] = useState<CompareWay | undefined>(shown[0]);
  const empty = new Blob();
  return (
    <>
      {shown.length > 1 && (
        <div class="choices file-ways" role="group" aria-label="Ways to compare">
          {shown.map((way) => (
            <button
              key={way}
              type="button"
              aria-pressed={way === chosen}
              onClick={() => choose(way)}
            >
              {NAMES[way]}
            </button>
          ))}
        </div>
      )}
      {chosen === undefined && (
        <p class="file-note">
          {isPair
            ? "These bytes are not of a kind that can be compared piece by piece; sizes and digests are above."
            : "There is nothing on the other side to compare with."}{" "}
          {place !== null && (
            <a href={fileHashOf(place.side, place.entry.path)}>Look into the file</a>
          )}
        </p>
      )}
      {chosen === "text" && (
        <TextDiffView worker={worker} before={before ?? empty} after={after ?? empty} path={path} />
      )}
      {chosen === "image" && (
        <ImagePair worker={worker} before={before} after={after} path={path} />
      )}
      {chosen === "table" && before !== null && after !== null && (
        <TableDiffView worker={worker} before={before} after={after} path={path} />
      )}
      {chosen === "tensors" && before !== null && after !== null && (
        <TensorDiffView worker={worker} before={before} after={after} />
      )}
    </>
  );
}

async function peek(app: AppState, place: FilePlace | null): Promise<Blob | null> {
  if (place === null) return null;
  const { project, name, number } = refOf(place.side);
  return app.cairn.store.peekFile(project, name, number, place.entry.path);
}

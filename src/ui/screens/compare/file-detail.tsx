// One file on both sides: what happened to it, and what changed within.
import type { JSX } from "preact";
import type { ComparedFile, Comparison } from "../../../core/compare-manifests.ts";
import { pathOf } from "../../../core/compare-manifests.ts";
import { showHidden } from "../../../core/errors.ts";
import {
  entryAt,
  isReference,
  type FileEntry,
  type ManifestEntry,
} from "../../../core/manifest.ts";
import { Digest } from "../../parts/digest.tsx";
import { formatBytes } from "../../parts/format.ts";
import type { AppState } from "../../state/app-state.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { byteChangeOf } from "../../state/compare-state.ts";
import { ByteChange } from "./byte-change.tsx";
import { MarkChip } from "./mark.tsx";
import { FileChange } from "./file-change.tsx";
import { fileHashOf, shortSpecOf, type Side } from "./side.ts";
import "./file-detail.css";

interface FileDetailProps {
  readonly app: AppState;
  readonly worker: CompareWorker;
  readonly comparison: Comparison;
  readonly file: ComparedFile;
  readonly before: Side;
  readonly after: Side;
}

export function FileDetail(props: FileDetailProps): JSX.Element {
  const { comparison, file, before, after } = props;
  const old = file.before < 0 ? null : entryAt(comparison.before, file.before);
  const now = file.after < 0 ? null : entryAt(comparison.after, file.after);
  const path = pathOf(comparison, file);
  return (
    <article class="card file-detail" aria-label={showHidden(path)}>
      <header>
        <h2>{showHidden(path)}</h2>
        <MarkChip mark={file.mark} />
        <ByteChange {...byteChangeOf(comparison, file)} />
      </header>
      <dl class="file-sides">
        <FileSide name={shortSpecOf(before, after)} side={before} entry={old} />
        <FileSide name={shortSpecOf(after, before)} side={after} entry={now} />
      </dl>
      <Body {...props} old={old} now={now} path={path} />
    </article>
  );
}

function FileSide({
  name,
  side,
  entry,
}: {
  readonly name: string;
  readonly side: Side;
  readonly entry: ManifestEntry | null;
}): JSX.Element {
  return (
    <div>
      <dt>{showHidden(name)}</dt>
      {entry === null ? (
        <dd class="muted">not there</dd>
      ) : (
        <dd>
          <a href={fileHashOf(side, entry.path)}>{showHidden(entry.path)}</a>
          <span>{formatBytes(entry.size)}</span>
          {isReference(entry) ? (
            <code>{showHidden(entry.ref)}</code>
          ) : (
            <Digest digest={entry.digest} />
          )}
        </dd>
      )}
    </div>
  );
}

interface BodyProps extends FileDetailProps {
  readonly old: ManifestEntry | null;
  readonly now: ManifestEntry | null;
  readonly path: string;
}

function Body({ app, worker, file, before, after, old, now, path }: BodyProps): JSX.Element {
  const text = sameText(file, old, path);
  if (text !== null) return <p class="file-note">{text}</p>;
  if ((old !== null && isReference(old)) || (now !== null && isReference(now)))
    return (
      <p class="file-note">
        {old !== null && isReference(old) && now !== null && isReference(now)
          ? "Its bytes are elsewhere: the address or what is known of its content changed."
          : "One side is a reference whose bytes are elsewhere, so there is nothing here to compare with."}
      </p>
    );
  return (
    <FileChange
      app={app}
      worker={worker}
      before={placeOf(before, old)}
      after={placeOf(after, now)}
      path={path}
    />
  );

  function placeOf(side: Side, entry: FileEntry | null) {
    return entry === null ? null : { side, entry };
  }
}

/** Of a file whose bytes are the same: how that is known. */
function sameText(file: ComparedFile, old: ManifestEntry | null, path: string): string | null {
  switch (file.mark) {
    case "same":
      return "Nothing changed: the digests are equal.";
    case "renamed":
      return `Renamed from ${showHidden(old?.path ?? "")}. Its bytes are the same: the digests are equal.`;
    case "copied":
      return `${showHidden(path)} is new, with the bytes of ${showHidden(old?.path ?? "")}: the digests are equal.`;
    default:
      return null;
  }
}

// What stands at the end of a file's line: its digest, or what a reference points to.
import type { JSX } from "preact";
import { Download, ExternalLink } from "lucide";
import { shortDigest } from "../../../core/digest.ts";
import { showHidden } from "../../../core/errors.ts";
import { entryAt, isReference, type ReferenceEntry } from "../../../core/manifest.ts";
import { IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { FileTreeState } from "../../state/file-tree-state.ts";

/** The list has the keyboard, so nothing here is a stop of its own. */
export function FileActions({
  tree,
  row,
  onDownload,
}: {
  readonly tree: FileTreeState;
  readonly row: number;
  readonly onDownload: (path: string) => void;
}): JSX.Element {
  const entry = entryAt(tree.manifest, row);
  if (isReference(entry)) return <ReferenceActions entry={entry} />;
  const { path, digest } = entry;
  return (
    <>
      <code class="muted" title={digest}>
        {shortDigest(digest)}
      </code>
      <CopyButton text={digest} label={`Copy digest of ${showHidden(path)}`} tabIndex={-1} />
      <IconButton
        icon={Download}
        label={`Download ${showHidden(path)}`}
        tabIndex={-1}
        onClick={() => onDownload(path)}
      />
    </>
  );
}

/** The bytes are elsewhere: where can be copied, and opened when a browser can [M4]. */
function ReferenceActions({
  entry: { path, ref: uri, digest },
}: {
  readonly entry: ReferenceEntry;
}): JSX.Element {
  const isBare = digest === uri;
  return (
    <>
      <code
        class="muted"
        title={
          isBare ? "Known by its address only: what is there may change unseen" : showHidden(digest)
        }
      >
        {isBare ? "address only" : "reference"}
      </code>
      <CopyButton text={uri} label={`Copy address of ${showHidden(path)}`} tabIndex={-1} />
      {/^https?:/i.test(uri) && (
        <a
          class="icon-button"
          href={uri}
          target="_blank"
          rel="noopener noreferrer"
          tabIndex={-1}
          title={`Open ${showHidden(uri)}`}
          aria-label={`Open the address of ${showHidden(path)}`}
        >
          <Icon icon={ExternalLink} />
        </a>
      )}
    </>
  );
}

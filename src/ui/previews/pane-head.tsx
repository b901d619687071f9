// What the pane shows, and what can be done with the file.
import type { JSX } from "preact";
import { ArrowLeft, ChevronDown, Download, X } from "lucide";
import { shortDigest } from "../../core/digest.ts";
import { showHidden } from "../../core/errors.ts";
import { isReference, type ManifestEntry } from "../../core/manifest.ts";
import { baseName } from "../../core/path.ts";
import type { PreviewKind } from "../../protocol/preview-api.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { CopyButton } from "../parts/copy-button.tsx";
import { formatBytes } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import type { PreviewPhase } from "../state/preview-state.ts";
import { KINDS } from "./kinds.ts";

interface PaneHeadProps {
  readonly path: string;
  /** `null` where the version holds no such file. */
  readonly entry: ManifestEntry | null;
  /** `null` where there are no bytes to show. */
  readonly shown: PreviewPhase | null;
  readonly onShowAs: (kind: PreviewKind) => void;
  readonly onDownload: () => void;
  readonly onClose: () => void;
}

export function PaneHead(props: PaneHeadProps): JSX.Element {
  const { path, entry, shown, onShowAs, onDownload, onClose } = props;
  const name = baseName(path);
  const folder = path.slice(0, path.length - name.length);
  const preview = shown?.phase === "ready" ? shown.preview : null;
  return (
    <header class="preview-head">
      <div class="preview-back">
        <Button small variant="ghost" icon={ArrowLeft} onClick={onClose}>
          Files
        </Button>
      </div>
      <div class="preview-title">
        <h2 title={showHidden(path)}>
          {folder !== "" && <span class="preview-folder">{showHidden(folder)}</span>}
          <span class="preview-name">{showHidden(name)}</span>
        </h2>
        {entry !== null && (
          <p class="muted">
            {preview !== null && <span>{KINDS[preview.kind].name}</span>}
            <span>{isReference(entry) ? "Reference" : formatBytes(entry.size)}</span>
            {!isReference(entry) && (
              <span class="digest">
                <code title={entry.digest}>{shortDigest(entry.digest)}</code>
                <CopyButton text={entry.digest} label={`Copy digest of ${showHidden(path)}`} />
              </span>
            )}
          </p>
        )}
      </div>
      <div class="preview-actions">
        {preview !== null && preview.alternatives.length > 0 && (
          <Menu
            label="View as"
            class="button is-ghost is-small"
            items={preview.alternatives.map((kind) => ({
              label: KINDS[kind].name,
              icon: KINDS[kind].icon,
              run: () => onShowAs(kind),
            }))}
          >
            View as
            <Icon icon={ChevronDown} size={14} />
          </Menu>
        )}
        {entry !== null && !isReference(entry) && (
          <IconButton icon={Download} label={`Download ${showHidden(name)}`} onClick={onDownload} />
        )}
        <span class="preview-close">
          <IconButton icon={X} label="Close preview (Esc)" onClick={onClose} />
        </span>
      </div>
    </header>
  );
}

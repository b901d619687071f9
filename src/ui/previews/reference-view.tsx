// A file that is only pointed to: where its bytes are.
import type { JSX } from "preact";
import { ExternalLink, Link2 } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { ReferenceEntry } from "../../core/manifest.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { Icon } from "../parts/icon.tsx";

export function ReferenceView({
  entry: { ref: uri },
}: {
  readonly entry: ReferenceEntry;
}): JSX.Element {
  return (
    <EmptyState icon={Link2} title="The bytes of this file are elsewhere">
      <p>Cairn keeps only where they are:</p>
      <code class="preview-uri">{showHidden(uri)}</code>
      <CopyButton text={uri}>Copy address</CopyButton>
      {/^https?:/i.test(uri) && (
        <a class="button is-small is-ghost" href={uri} target="_blank" rel="noopener noreferrer">
          <Icon icon={ExternalLink} />
          Open it in a new tab
        </a>
      )}
    </EmptyState>
  );
}

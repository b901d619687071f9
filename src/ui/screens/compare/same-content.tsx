// Says that both sides hold the same files, and how that is known.
import type { JSX } from "preact";
import { Equal } from "lucide";
import { Digest } from "../../parts/digest.tsx";
import { formatCount } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import type { Side } from "./side.ts";
import "./same-content.css";

interface SameContentProps {
  readonly before: Side;
  readonly after: Side;
  /** Differences beside the files. */
  readonly metadataCount: number;
  readonly onMetadata: () => void;
}

export function SameContent({
  before,
  after,
  metadataCount,
  onMetadata,
}: SameContentProps): JSX.Element {
  const isOne = before.version.uid === after.version.uid;
  return (
    <div class="card same-content">
      <Icon icon={Equal} size={20} />
      <div>
        <strong>
          {isOne ? "This is one version, on both sides." : "Both versions have the same content."}
        </strong>
        <p class="muted">
          {isOne
            ? "Choose another version on one side to see what changed."
            : "Their manifest digests are equal, so every path and every byte is:"}{" "}
          {!isOne && <Digest digest={after.version.digest} />}
        </p>
        {metadataCount > 0 && (
          <button type="button" class="link-button" onClick={onMetadata}>
            {formatCount(metadataCount, "difference")} in metadata, tags or aliases
          </button>
        )}
      </div>
    </div>
  );
}

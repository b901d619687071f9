// The source a link points to, and who linked it.
import type { JSX } from "preact";
import { FileText, Network, SlidersHorizontal } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkView } from "../../../protocol/registry-link-api.ts";
import { Digest } from "../../parts/digest.tsx";
import { Fact } from "../../parts/fact.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { versionHash, type VersionTab } from "../../router.ts";
import { sourceSpec, stateOfSource } from "./place-text.ts";

const VIEWS = [
  { tab: "files", text: "Files", icon: FileText },
  { tab: "metadata", text: "Metadata", icon: SlidersHorizontal },
  { tab: "lineage", text: "Lineage", icon: Network },
] as const;

export function LinkFacts({ link }: { readonly link: LinkView }): JSX.Element {
  const { source, here, linkedAt, linkedByName } = link;
  const isLive = here?.state === "live";
  const spec = showHidden(sourceSpec(source));
  return (
    <>
      <dl class="link-facts">
        <Fact name="Source">
          {isLive ? <a href={hashOf(link, "files")}>{spec}</a> : spec}
          {!isLive && <span class="link-away">{stateOfSource(link)}</span>}
        </Fact>
        <Fact name="Size">
          {formatBytes(source.sizeBytes)}
          <span class="muted"> in {formatCount(source.fileCount, "file")}</span>
        </Fact>
        <Fact name="Linked">
          <time dateTime={linkedAt}>{formatTime(linkedAt)}</time>
          <span class="muted"> by {showHidden(linkedByName)}</span>
        </Fact>
        <Fact name="Manifest digest">
          <Digest digest={source.digest} />
        </Fact>
      </dl>
      {isLive ? (
        <nav class="link-views" aria-label="The source's page">
          {VIEWS.map(({ tab, text, icon }) => (
            <a key={tab} class="button is-plain is-small" href={hashOf(link, tab)}>
              <Icon icon={icon} /> {text}
            </a>
          ))}
        </nav>
      ) : (
        <p class="muted">{WHERE[here?.state ?? "elsewhere"]}</p>
      )}
    </>
  );
}

const WHERE = {
  live: "",
  in_trash: "The source is in the trash. Restore it there to use it.",
  deleted: "The source was deleted for good. The link says what it was.",
  elsewhere:
    "The source was never in this browser: the registry came from somebody else. The link says what it is.",
} as const;

/** The hash of the source's page. */
function hashOf({ source }: LinkView, tab: VersionTab): string {
  return versionHash(source.project, source.name, formatVersion(source.number), { tab });
}

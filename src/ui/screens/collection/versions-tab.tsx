// The versions linked to a collection, newest first.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Link2, SearchX } from "lucide";
import type { CollectionDetail } from "../../../protocol/registry-link-api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { SearchInput } from "../../parts/search-input.tsx";
import { useMedia } from "../../parts/use-media.ts";
import { VirtualList } from "../../parts/virtual-list.tsx";
import type { CollectionRoute } from "../../router.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { LinkHead, LinkRow } from "./link-row.tsx";
import { matchesLink, placeText } from "./place-text.ts";
import "../../parts/table-row.css";
import "./versions-tab.css";

interface VersionsTabProps {
  readonly route: CollectionRoute;
  readonly detail: CollectionDetail;
}

const ROW_HEIGHT = 60;
const CARD_HEIGHT = 116;
const HEAD_HEIGHT = 40;
/** With fewer, all are seen at once. */
const MANY = 8;

export function VersionsTab({ route, detail }: VersionsTabProps): JSX.Element {
  const query = useSignal("");
  const isNarrow = useMedia("(max-width: 720px)");
  const { linkList } = detail;
  if (linkList.length === 0)
    return (
      <EmptyState icon={Link2} title="No version is linked here">
        {!isReadOnly() && (
          <p>
            Open a version of an artifact, press “Link” and choose <code>{placeText(route)}</code>,
            or call <code>run.linkArtifact()</code>.
          </p>
        )}
      </EmptyState>
    );
  const found = linkList.filter((link) => matchesLink(link, query.value));
  return (
    <div class="links">
      {linkList.length > MANY && (
        <SearchInput
          label="Number, alias, tag, source or person"
          value={query.value}
          onInput={(text) => (query.value = text)}
        />
      )}
      {found.length === 0 ? (
        <EmptyState icon={SearchX} title="No version matches" />
      ) : (
        <div class="card links-card">
          <VirtualList
            // Rows of another height are another list.
            key={isNarrow ? "cards" : "rows"}
            class="links-list"
            count={found.length}
            rowHeight={isNarrow ? CARD_HEIGHT : ROW_HEIGHT}
            keyOf={(i) => found[i]?.number ?? i}
            listKey={query.value}
            {...(!isNarrow && { header: { height: HEAD_HEIGHT, content: <LinkHead /> } })}
            attributes={{ role: "list", "aria-label": "Versions, newest first" }}
            renderRow={(i) => {
              const link = found[i];
              return link !== undefined && <LinkRow route={route} link={link} />;
            }}
          />
        </div>
      )}
    </div>
  );
}

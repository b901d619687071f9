// One version of a collection: what it links, its aliases, its source's tags, and what can be done with it.
import type { JSX } from "preact";
import { SearchX } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { CollectionDetail, LinkView } from "../../../protocol/registry-link-api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { TypeChip } from "../../parts/type-chip.tsx";
import { formatRoute, type CollectionRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { LinkActions } from "./link-actions.tsx";
import { LinkAliases } from "./link-aliases.tsx";
import { LinkFacts } from "./link-facts.tsx";
import { LinkTags } from "./link-tags.tsx";
import { findLink } from "./place-text.ts";
import { UsageNote } from "./usage-note.tsx";
import { WayBack } from "./way-back.tsx";
import "../../parts/panel.css";
import "./link-page.css";

export interface LinkPageProps {
  readonly app: AppState;
  readonly route: CollectionRoute;
  readonly detail: CollectionDetail;
}

/** What the parts of the page get. */
export interface LinkProps extends LinkPageProps {
  readonly link: LinkView;
}

export function LinkPage({ app, route, detail }: LinkPageProps): JSX.Element {
  const all = formatRoute({ ...route, selector: "", tab: "versions" });
  const link = findLink(detail.linkList, route.selector);
  if (link === null)
    return (
      <EmptyState
        icon={SearchX}
        title={`${showHidden(detail.name)} has no version ${showHidden(route.selector)}`}
        isPage
      >
        <p>It may have been unlinked, or the alias names no version any more.</p>
        <a class="button is-primary" href={all}>
          All versions
        </a>
      </EmptyState>
    );
  const props: LinkProps = { app, route, detail, link };
  const description = link.here?.description ?? "";
  return (
    <div class="link-page">
      <WayBack href={all}>All versions</WayBack>
      <header class="collection-title">
        <h1>
          {showHidden(detail.name)}
          <span class="link-number">:{formatVersion(link.number)}</span>
        </h1>
        <LinkActions {...props} />
      </header>
      <section class="card detail link-labels" aria-label="Aliases and tags">
        <LinkAliases {...props} />
        <LinkTags {...props} />
      </section>
      <section class="card detail" aria-labelledby="link-facts">
        <header>
          <h2 id="link-facts">What it links</h2>
          <TypeChip type={link.source.type} />
        </header>
        <LinkFacts {...props} />
        {description !== "" && <p class="link-description">{showHiddenInText(description)}</p>}
      </section>
      <UsageNote
        key={link.number}
        route={route}
        aliases={link.aliases}
        pinned={formatVersion(link.number)}
      />
    </div>
  );
}

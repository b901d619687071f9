// A registry's collections: filtered by type and tags, searched, ten thousand of them if need be.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { FolderPlus, Layers, SearchX } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { countBy, FilterChoices } from "../../parts/filter-choices.tsx";
import { formatCount } from "../../parts/format.ts";
import { SearchInput } from "../../parts/search-input.tsx";
import { showType } from "../../parts/type-chip.tsx";
import { useMedia } from "../../parts/use-media.ts";
import { VirtualList } from "../../parts/virtual-list.tsx";
import { formatRoute, type RegistryRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { shownCollections, tagsOf } from "../../state/registry-state.ts";
import { CollectionRow } from "./collection-row.tsx";
import { NewCollectionDialog } from "./new-collection-dialog.tsx";
import { refusalOf } from "./refusal.ts";
import { TagSet } from "./tag-set.tsx";
import "../../parts/filter-bar.css";
import "./collection-list.css";

const ROW_HEIGHT = 68;
/** Where a row has its chips on a line of their own. */
const NARROW_ROW_HEIGHT = 84;
const ALL = { type: "", tag: "", query: "" } as const;

interface CollectionListProps {
  readonly app: AppState;
  readonly route: RegistryRoute;
  readonly registry: RegistryDetail;
}

export function CollectionList({ app, route, registry }: CollectionListProps): JSX.Element {
  const { collectionList: collections, name } = registry;
  const { type, tag, query } = route;
  const shown = useMemo(
    () => shownCollections(collections, { type, tag, query }),
    [collections, type, tag, query],
  );
  const isMaking = useSignal(false);
  const isNarrow = useMedia("(max-width: 720px)");
  const refusal = refusalOf(registry, "create_collection");
  const change = (to: Partial<RegistryRoute>): void => app.replaceRoute({ ...route, ...to });
  const make = isReadOnly() ? (
    <></>
  ) : (
    <Button
      icon={FolderPlus}
      disabled={refusal !== null}
      title={refusal ?? undefined}
      onClick={() => (isMaking.value = true)}
    >
      New collection
    </Button>
  );
  return (
    <div class="collections">
      {collections.length === 0 ? (
        <EmptyState icon={Layers} title={emptyTitle(registry)}>
          <p>
            A collection is one line of linked versions of one type: v0, v1, … with aliases of its
            own.
            {!isReadOnly() && (
              <>
                {" "}
                Link a version to <code>{showHidden(name)}/my-collection</code> from its page and
                the collection is made, or make it first.
              </>
            )}
          </p>
          {make}
          {refusal !== null && !isReadOnly() && <p>{refusal}</p>}
        </EmptyState>
      ) : (
        <>
          <Filters registry={registry} route={route} onChange={change}>
            {make}
          </Filters>
          {shown.length === 0 ? (
            <EmptyState icon={SearchX} title="No collection matches">
              <Button onClick={() => change(ALL)}>Show all</Button>
            </EmptyState>
          ) : (
            <div class="card collection-table">
              <VirtualList
                // Rows of another height are another list.
                key={isNarrow ? "narrow" : "wide"}
                listKey={formatRoute(route)}
                class="collection-list"
                count={shown.length}
                rowHeight={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
                keyOf={(i) => shown[i]?.name ?? i}
                attributes={{ role: "list", "aria-label": "Collections" }}
                renderRow={(i) => {
                  const collection = shown[i];
                  if (collection === undefined) return null;
                  return (
                    <CollectionRow registry={name} collection={collection} asOf={route.asOf} />
                  );
                }}
              />
            </div>
          )}
          {shown.length < collections.length && (
            <p class="muted collections-note" role="status">
              {shown.length.toLocaleString("en")} of {formatCount(collections.length, "collection")}
            </p>
          )}
        </>
      )}
      {isMaking.value && (
        <NewCollectionDialog
          app={app}
          registry={registry}
          onClose={() => (isMaking.value = false)}
        />
      )}
    </div>
  );
}

function emptyTitle({ asOf }: RegistryDetail): string {
  return asOf === null ? "No collection yet" : "There was no collection then";
}

interface FiltersProps {
  readonly registry: RegistryDetail;
  readonly route: RegistryRoute;
  readonly onChange: (change: Partial<RegistryRoute>) => void;
  readonly children: JSX.Element;
}

function Filters({ registry, route, onChange, children }: FiltersProps): JSX.Element {
  const { collectionList: collections } = registry;
  const counts = useMemo(
    () => ({
      types: countBy(collections.map(({ type }) => type)),
      tags: countBy(collections.flatMap(({ tags }) => tags)),
    }),
    [collections],
  );
  return (
    <div class="filter-bar">
      {(counts.types.size > 1 || route.type !== "") && (
        <FilterChoices
          label="Filter by type"
          counts={counts.types}
          total={collections.length}
          value={route.type}
          onChange={(type) => onChange({ type })}
          show={showType}
        />
      )}
      <div class="filter-tools">
        <TagSet
          counts={counts.tags}
          tags={tagsOf(route.tag)}
          onChange={(tags) => onChange({ tag: tags.join(",") })}
        />
        <SearchInput
          label="Search names, aliases, tags"
          value={route.query}
          onInput={(query) => onChange({ query })}
        />
        {children}
      </div>
    </div>
  );
}

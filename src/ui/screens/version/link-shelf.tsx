// Where a version that is dragged can be let go: collections of its type, by registry. The dialog is its twin for keys.
import type { JSX } from "preact";
import { Folder, Library, Plus } from "lucide";
import { describeError, showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import { Icon } from "../../parts/icon.tsx";
import type { AppState } from "../../state/app-state.ts";
import { readShelf, type ShelfGroup } from "../../state/link-shelf.ts";
import { useResource } from "../../state/use-resource.ts";
import type { LinkTarget, VersionDrag } from "../../state/version-drag.ts";
import "./link-shelf.css";

interface LinkShelfProps {
  readonly app: AppState;
  /** The one that is dragged. */
  readonly version: VersionRef;
  /** The artifact's type. */
  readonly type: string;
  readonly drag: VersionDrag;
}

export function LinkShelf({ app, version, type, drag }: LinkShelfProps): JSX.Element {
  const spec = `${version.name}:${formatVersion(version.number)}`;
  const loaded = useResource(app, spec, () => readShelf(app.cairn.store, version, type));
  const target = drag.target.value;
  const { x, y } = drag.place.value;
  return (
    <>
      <aside class="shelf" aria-label="Collections to link to">
        <p class="shelf-note" role="status">
          <strong>
            Link {showHidden(spec)}
            {target !== null && target !== "" && ` to ${showHidden(target)}`}
          </strong>
          <span>Let go on a collection, or press Escape.</span>
        </p>
        <div class="shelf-groups">
          {loaded.phase === "failed" && <p>{describeError(loaded.problem)}</p>}
          {loaded.phase === "ready" && <Groups groups={loaded.value} type={type} target={target} />}
        </div>
        <p class={`shelf-row${target === "" ? " is-target" : ""}`} data-link-target="">
          <Icon icon={Plus} size={15} /> Elsewhere, or with aliases…
        </p>
      </aside>
      <span class="shelf-ghost" aria-hidden style={{ transform: `translate(${x}px, ${y}px)` }}>
        {showHidden(spec)}
      </span>
    </>
  );
}

interface GroupsProps {
  readonly groups: readonly ShelfGroup[];
  readonly type: string;
  readonly target: LinkTarget | null;
}

function Groups({ groups, type, target }: GroupsProps): JSX.Element {
  if (groups.length === 0)
    return <p class="shelf-none">No collection for {showHidden(type)} that you may link to yet.</p>;
  return (
    <>
      {groups.map(({ registry, collections }) => (
        <section key={registry}>
          <h3>
            <Icon icon={Library} size={14} /> {showHidden(registry)}
          </h3>
          {collections.map(({ name, number, isLinked }) => {
            const place = `${registry}/${name}`;
            return (
              <p
                key={name}
                class={`shelf-row${target === place ? " is-target" : ""}`}
                data-link-target={place}
              >
                <Icon icon={Folder} size={15} />
                <span class="shelf-name">{showHidden(name)}</span>
                <span class="muted">
                  {isLinked ? `${formatVersion(number)} already` : `as ${formatVersion(number)}`}
                </span>
              </p>
            );
          })}
        </section>
      ))}
    </>
  );
}

// The tags of a link's source: they are the source's, so a change reaches every place that links it [G9].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Pencil } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkPlace } from "../../../protocol/registry-link-api.ts";
import { IconButton } from "../../parts/button.tsx";
import { Chip } from "../../parts/chip.tsx";
import { EditTagsDialog } from "../../parts/edit-tags-dialog.tsx";
import { editField } from "../../state/edit-actions.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { useResource } from "../../state/use-resource.ts";
import { whyNot } from "./access.ts";
import type { LinkProps } from "./link-page.tsx";
import { sourceSpec, specIn } from "./place-text.ts";

export function LinkTags({ app, detail, link }: LinkProps): JSX.Element {
  const { source, here } = link;
  const [isEditing, setEditing] = useState(false);
  const tags = here?.tags ?? [];
  const reason =
    here?.state === "live" ? whyNot(detail, "edit_tags") : "The source isn't in this browser.";
  const spec = showHidden(sourceSpec(source));
  return (
    <div class="link-field">
      <h2>Tags of the source</h2>
      <div class="chips">
        {tags.map((tag) => (
          <Chip key={tag}>{showHidden(tag)}</Chip>
        ))}
        {tags.length === 0 && <span class="muted">none</span>}
        {!isReadOnly() && (
          <IconButton
            icon={Pencil}
            label="Edit tags of the source"
            disabled={reason !== ""}
            title={reason === "" ? "Edit tags of the source" : reason}
            onClick={() => setEditing(true)}
          />
        )}
      </div>
      {isEditing && (
        <EditTagsDialog
          title={`Tags of ${spec}`}
          label="Tags of the version"
          tags={tags}
          onClose={() => setEditing(false)}
          onSave={(next, former) =>
            editField(app, source, { tags: next }, { tags: former }, `Tags of ${spec} saved.`)
          }
        >
          <Reach app={app} detail={detail} link={link} />
        </EditTagsDialog>
      )}
    </div>
  );
}

/** Says where else the change will be seen. */
function Reach({ app, detail, link }: Omit<LinkProps, "route">): JSX.Element {
  const { source, number } = link;
  const { store } = app.cairn;
  const places = useResource(app, sourceSpec(source), () => store.linksOf(source));
  const others =
    places.phase === "ready"
      ? places.value.filter(
          (place) =>
            place.registryUid !== detail.registry.uid ||
            place.collection !== detail.name ||
            place.number !== number,
        )
      : [];
  return (
    <div class="link-reach">
      <p>
        Tags belong to the source, <strong>{showHidden(sourceSpec(source))}</strong>. The change is
        seen there
        {others.length === 0 ? "." : ", and where else it is linked:"}
      </p>
      {others.length > 0 && (
        <ul>
          {others.map((place) => (
            <li key={placeKey(place)}>{showHidden(placeKey(place))}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function placeKey({ registry, collection, number }: LinkPlace): string {
  return specIn({ registry, collection }, formatVersion(number));
}

// A collection's card: Markdown of its own, edited with a look at how it will read [G9].
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Pencil } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { CollectionDetail } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { whyNot } from "./access.ts";
import { CardForm } from "./card-form.tsx";
import { CardText } from "./card-text.tsx";
import "../../parts/panel.css";
import "./card-tab.css";

interface CardTabProps {
  readonly app: AppState;
  readonly detail: CollectionDetail;
}

export function CardTab({ app, detail }: CardTabProps): JSX.Element {
  const { store } = app.cairn;
  const { name, card } = detail;
  const registry = detail.registry.name;
  const [isEditing, setEditing] = useState(false);
  const reason = whyNot(detail, "edit_collection");
  const save = async (next: string, former: string): Promise<void> => {
    await store.editCollection(registry, name, { card: next }, { card: former });
    app.undo.offer(`The card of ${showHidden(name)} is saved.`, async () => {
      await store.editCollection(registry, name, { card: former }, { card: next });
      return `${showHidden(name)} has its former card again.`;
    });
  };
  return (
    <section class="card detail" aria-labelledby="card-title">
      <header>
        <h2 id="card-title">Card</h2>
        {!isEditing && !isReadOnly() && (
          <Button
            small
            icon={Pencil}
            disabled={reason !== ""}
            title={reason}
            onClick={() => setEditing(true)}
          >
            Edit card
          </Button>
        )}
      </header>
      {isEditing ? (
        <CardForm card={card} onClose={() => setEditing(false)} onSave={save} />
      ) : card === "" ? (
        <p class="muted">
          None yet.
          {!isReadOnly() &&
            " Say here what the collection is for, how its versions are tested, and who looks after it."}
        </p>
      ) : (
        <CardText text={card} />
      )}
    </section>
  );
}

// What a registry says of itself.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Pencil } from "lucide";
import { Button } from "../../../parts/button.tsx";
import { Fact } from "../../../parts/fact.tsx";
import { formatTime } from "../../../parts/format.ts";
import { showHiddenInText } from "../../../parts/text.ts";
import { TypeChip } from "../../../parts/type-chip.tsx";
import { isReadOnly } from "../../../state/read-only.ts";
import { VISIBILITY_OPTIONS } from "../role-text.ts";
import { GeneralDialog } from "./general-dialog.tsx";
import { closed, type SettingsProps } from "./settings-props.ts";

export function General({ app, registry, refusal }: SettingsProps): JSX.Element {
  const isEditing = useSignal(false);
  const { description, types, visibility, createdAt } = registry;
  const seen = VISIBILITY_OPTIONS.find(({ value }) => value === visibility);
  return (
    <section class="card settings-section" aria-labelledby="general-title">
      <header>
        <h2 id="general-title">General</h2>
        {!isReadOnly() && (
          <Button small icon={Pencil} {...closed(refusal)} onClick={() => (isEditing.value = true)}>
            Edit
          </Button>
        )}
      </header>
      <dl class="settings-facts">
        <Fact name="Description">
          {description === "" ? (
            <span class="muted">None</span>
          ) : (
            <span class="settings-text">{showHiddenInText(description)}</span>
          )}
        </Fact>
        <Fact name="Accepted types">
          {types.length === 0 ? (
            "All"
          ) : (
            <span class="chips">
              {types.map((type) => (
                <TypeChip key={type} type={type} />
              ))}
            </span>
          )}
        </Fact>
        <Fact name="Who sees it">
          {seen?.text}: {seen?.meaning}.
        </Fact>
        <Fact name="Made">
          <time dateTime={createdAt}>{formatTime(createdAt)}</time>
        </Fact>
      </dl>
      {isEditing.value && (
        <GeneralDialog app={app} registry={registry} onClose={() => (isEditing.value = false)} />
      )}
    </section>
  );
}

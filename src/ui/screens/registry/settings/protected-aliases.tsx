// The aliases only admins may put, move and take off: names and patterns, each with its condition [P1 P5].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Lock, Pencil, Plus, X } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { formatCondition } from "../../../../core/registry/condition.ts";
import type { Protection } from "../../../../core/registry/state.ts";
import { formatVersion } from "../../../../core/version.ts";
import { IconButton } from "../../../parts/button.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { collectionHash } from "../../../router.ts";
import { attempt } from "../../../state/actions.ts";
import type { AppState } from "../../../state/app-state.ts";
import { isReadOnly } from "../../../state/read-only.ts";
import { coverage, type Covered } from "../../../state/registry-state.ts";
import { ProtectionDialog } from "./protection-dialog.tsx";
import { closed, type SettingsProps } from "./settings-props.ts";

/** Places listed for each entry. */
const LISTED = 8;

export function ProtectedAliases({ app, registry, refusal }: SettingsProps): JSX.Element {
  const { protectionList, name } = registry;
  /** The one in the dialog; `"new"` for one to come. */
  const edited = useSignal<Protection | "new" | null>(null);
  const covered = useMemo(() => coverage(registry), [registry]);
  return (
    <section class="card settings-section" aria-labelledby="protected-title">
      <header>
        <h2 id="protected-title">Protected aliases</h2>
        {!isReadOnly() && (
          <IconButton
            icon={Plus}
            label="Add a protected alias"
            {...closed(refusal)}
            onClick={() => (edited.value = "new")}
          />
        )}
      </header>
      <p class="muted">
        Only Admins put them on a version, move them or take them off. What holds one can be
        unlinked by Admins only, and its source can't be deleted by anybody.
      </p>
      {protectionList.length === 0 ? (
        <p>None yet.{!isReadOnly() && " Common ones are “production” and “staging”."}</p>
      ) : (
        <ul class="settings-list">
          {protectionList.map((entry) => (
            <Entry
              key={entry.pattern}
              registry={name}
              entry={entry}
              covered={covered.get(entry.pattern) ?? []}
              refusal={refusal}
              onEdit={() => (edited.value = entry)}
              onRemove={() => void removeProtection(app, name, entry)}
            />
          ))}
        </ul>
      )}
      {edited.value !== null && (
        <ProtectionDialog
          app={app}
          registry={registry}
          entry={edited.value === "new" ? null : edited.value}
          onClose={() => (edited.value = null)}
        />
      )}
    </section>
  );
}

interface EntryProps {
  readonly registry: string;
  readonly entry: Protection;
  readonly covered: readonly Covered[];
  readonly refusal: string | null;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function Entry(props: EntryProps): JSX.Element {
  const { registry, entry, covered, refusal, onEdit, onRemove } = props;
  const name = showHidden(entry.pattern);
  const condition = formatCondition(entry.condition);
  return (
    <li>
      <div class="protection">
        <span class="chip is-protected">
          <Icon icon={Lock} size={13} /> {name}
        </span>
        {condition !== "" && (
          <ul class="protection-condition" aria-label={`Condition of ${name}`}>
            {condition.split("\n").map((line) => (
              <li key={line}>
                <code>{showHidden(line)}</code>
              </li>
            ))}
          </ul>
        )}
        <Places registry={registry} covered={covered} />
      </div>
      {!isReadOnly() && (
        <span class="settings-ways">
          <IconButton
            icon={Pencil}
            label={`Edit the condition of ${name}`}
            {...closed(refusal)}
            onClick={onEdit}
          />
          <IconButton
            icon={X}
            label={`Protect ${name} no more`}
            {...closed(refusal)}
            onClick={onRemove}
          />
        </span>
      )}
    </li>
  );
}

function Places({ registry, covered }: Pick<EntryProps, "registry" | "covered">): JSX.Element {
  if (covered.length === 0) return <span class="muted protection-places">On no version now.</span>;
  return (
    <span class="muted protection-places">
      On{" "}
      {covered.slice(0, LISTED).map(({ collection, held: { alias, number } }, i) => (
        <span key={`${collection}:${alias}`}>
          {i > 0 && ", "}
          <a href={collectionHash(registry, collection, alias)}>
            {showHidden(collection)}:{formatVersion(number)}
          </a>
        </span>
      ))}
      {covered.length > LISTED && ` and ${(covered.length - LISTED).toLocaleString("en")} more`}.
    </span>
  );
}

function removeProtection(
  app: AppState,
  registry: string,
  { pattern, condition }: Protection,
): Promise<boolean> {
  const { store } = app.cairn;
  const name = showHidden(pattern);
  return attempt(app.toasts, async () => {
    await store.removeProtection(registry, pattern);
    // The button is gone with its row.
    document.getElementById("main")?.focus({ preventScroll: true });
    app.undo.offer(
      `“${name}” is protected no more. Aliases of that name stay where they are.`,
      async () => {
        await store.addProtection(registry, pattern, formatCondition(condition));
        return `“${name}” is protected again.`;
      },
    );
  });
}

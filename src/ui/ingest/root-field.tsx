// Where a draft's files stand in the artifact: leading folders off, a folder in front.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import { Field } from "../parts/field.tsx";
import type { DraftState } from "./draft-state.ts";
import { pathOf } from "./file-view.ts";

/** Most leading folders that can be taken off. */
const MOST = 5;

export function RootField({ draft }: { readonly draft: DraftState }): JSX.Element | null {
  const root = draft.root.value;
  void draft.files.version.value;
  const first = draft.files.all.find((file) => !file.isFolder && file.ignoredBy === null);
  const depth = Math.min(MOST, (first?.source.split("/").length ?? 1) - 1);
  if (first === undefined || (depth === 0 && root.prefix === "" && draft.files.all.length < 2))
    return null;
  return (
    <details class="draft-more">
      <summary>
        Paths <span class="muted">{showHidden(pathOf(draft, first))}</span>
      </summary>
      <div class="draft-form-pair">
        <Field label="Take off leading folders">
          {(control) => (
            <select
              {...control}
              class="input"
              value={root.strip}
              onChange={({ currentTarget }) =>
                draft.setRoot({ ...root, strip: Number(currentTarget.value) })
              }
            >
              {Array.from({ length: depth + 1 }, (_, strip) => (
                <option key={strip} value={strip}>
                  {strip === 0
                    ? "none"
                    : first.source.split("/").slice(0, strip).map(showHidden).join("/") + "/"}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Put into folder" optional>
          {(control) => (
            <input
              {...control}
              class="input"
              type="text"
              spellcheck={false}
              autocomplete="off"
              placeholder="the artifact's root"
              value={root.prefix}
              onInput={({ currentTarget }) =>
                draft.setRoot({ ...root, prefix: currentTarget.value.replace(/^\/+|\/+$/g, "") })
              }
            />
          )}
        </Field>
      </div>
    </details>
  );
}

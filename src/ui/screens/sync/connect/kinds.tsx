// Kinds of repositories, and what speaks for each.
import type { JSX } from "preact";
import type { RepoType } from "../../../../core/sync/remote.ts";

export const MODES = [
  { value: "new", text: "A new one", meaning: "Cairn makes it." },
  { value: "existing", text: "One that is there", meaning: "Yours, or one you may read." },
] as const;

export const KINDS = [
  { value: "space", text: "Space", meaning: "Holds up to 1 GB, and can show the data as a page." },
  {
    value: "dataset",
    text: "Dataset",
    meaning: "No limit of 1 GB; the better place for models and large data.",
  },
  { value: "model", text: "Model", meaning: "As a dataset; listed among models." },
] as const;

export const SIGHTS = [
  { value: "private", text: "Private", meaning: "You, and who you let in there." },
  { value: "public", text: "Public", meaning: "Everybody can read all of it." },
] as const;

/** When another kind is the better choice, and why. */
export function KindHint({ type }: { readonly type: RepoType }): JSX.Element {
  return (
    <p class="connect-hint muted">
      {type === "space"
        ? "A Space counts every version it ever held towards its 1 GB, deleted ones too. Take a dataset for more than that. "
        : "It can be shown to others through a Space later. "}
      The hub takes about 128 commits an hour; Cairn needs one a round.
    </p>
  );
}

// Searching and identifying, from any page: what is open for it.
import { signal } from "@preact/signals";
import { choose } from "../../client/pick/choose.ts";
import type { Picked } from "../../client/pick/found.ts";
import { takeTransfer, type Transfer } from "../../client/pick/read-transfer.ts";
import type { VersionRef } from "../../core/records.ts";
import type { Toasts } from "../parts/toasts.tsx";
import { attempt } from "./actions.ts";

/** What a search is for: to go somewhere, or to pick a version for something. */
export type FindPurpose =
  | { readonly kind: "go" }
  | {
      readonly kind: "pick";
      /** Says what the version is picked for. */
      readonly title: string;
      readonly onPick: (version: VersionRef) => void;
    };

export class FindState {
  /** What the search is open for; `null` while it is closed. */
  readonly purpose = signal<FindPurpose | null>(null);
  /** Files to be identified; `null` while there are none. */
  readonly identifying = signal<Picked | null>(null);
  readonly #toasts: Toasts;

  constructor(toasts: Toasts) {
    this.#toasts = toasts;
  }

  open(): void {
    this.purpose.value = { kind: "go" };
  }

  /** Has a version picked: by its name, alias, tag or digest. */
  pickVersion(title: string, onPick: (version: VersionRef) => void): void {
    this.purpose.value = { kind: "pick", title, onPick };
  }

  close(): void {
    this.purpose.value = null;
  }

  /** Says where the bytes of chosen files are. Call from a click. */
  chooseToIdentify(what: "files" | "folder"): void {
    void attempt(this.#toasts, async () => {
      const picked = await choose(what);
      if (picked !== null) this.identifying.value = picked;
    });
  }

  /** As {@link chooseToIdentify} for what is dropped. Call it inside the event. */
  dropToIdentify(transfer: Transfer): void {
    // Taking hold of it must not wait.
    void attempt(this.#toasts, async () => {
      this.identifying.value = takeTransfer(transfer);
    });
  }

  stopIdentifying(): void {
    this.identifying.value = null;
  }
}

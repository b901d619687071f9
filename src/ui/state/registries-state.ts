// The registries of this browser: which are shown, and making a new one.
import { computed, signal } from "@preact/signals";
import type { RegistryName } from "../../core/registry/records.ts";
import type { Visibility } from "../../core/registry/roles.ts";
import type { RegistrySummary } from "../../protocol/registry-link-api.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { nameProblem } from "../parts/name-field.tsx";
import { Task } from "./actions.ts";

/** Live and deleted ones whose name, description or types contain the text. */
export function shownRegistries(
  registries: readonly RegistrySummary[],
  query: string,
): { readonly live: readonly RegistrySummary[]; readonly deleted: readonly RegistrySummary[] } {
  const wanted = query.trim().toLowerCase();
  const found = registries.filter(({ name, description, types }) =>
    [name, description, ...types].some((text) => text.toLowerCase().includes(wanted)),
  );
  return {
    live: found.filter(({ isDeleted }) => !isDeleted),
    deleted: found.filter(({ isDeleted }) => isDeleted),
  };
}

/** What is said of a registry before it is made. */
export class RegistryDraft {
  readonly name = signal("");
  readonly description = signal("");
  readonly types = signal<readonly string[]>([]);
  readonly visibility = signal<Visibility>("open");
  /** Who makes it; asked for where nobody said so yet. */
  readonly person = signal("");
  readonly task = new Task();
  readonly existing: readonly string[];
  readonly asksPerson: boolean;
  readonly #store: StoreApi;

  constructor(store: StoreApi, existing: readonly string[], asksPerson: boolean) {
    this.#store = store;
    this.existing = existing;
    this.asksPerson = asksPerson;
  }

  readonly isReady = computed(
    () =>
      nameProblem("registry", this.name.value, this.existing) === null &&
      (!this.asksPerson || this.person.value.trim() !== ""),
  );

  /**
   * Makes the profile first where there is none, then the registry.
   *
   * @param onMade with its name; not called when it went wrong, which `task` says
   */
  create(onMade: (registry: RegistryName) => void): Promise<void> {
    if (!this.isReady.value) return Promise.resolve();
    const store = this.#store;
    return this.task.run(async () => {
      if (this.asksPerson && (await store.getProfile()) === null)
        await store.setProfile(this.person.value.trim(), null);
      const { name } = await store.createRegistry({
        name: this.name.value,
        description: this.description.value.trim(),
        types: this.types.value,
        visibility: this.visibility.value,
      });
      onMade(name);
    });
  }
}

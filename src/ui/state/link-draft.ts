// What a person says of a link before it is made; the registry too, where it is to be made first.
import { computed, signal } from "@preact/signals";
import { checkAlias } from "../../core/names.ts";
import type { VersionRef } from "../../core/records.ts";
import type { RegistryDetail, RegistrySummary } from "../../protocol/registry-link-api.ts";
import { nameProblem } from "../parts/name-field.tsx";
import { Task } from "./actions.ts";
import type { AppState } from "./app-state.ts";
import { linkTo } from "./link-actions.ts";
import { aliasRefusal, collectionProblem, registryChoices, splitTarget } from "./link-plan.ts";

/** What is known here when a draft is begun. */
export interface LinkGround {
  readonly version: VersionRef;
  readonly type: string;
  readonly registries: readonly RegistrySummary[];
  /** Nobody said yet who uses this browser. */
  readonly asksPerson: boolean;
}

type Doer = Pick<AppState, "cairn" | "toasts" | "undo">;

export class LinkDraft {
  /** The registry's name; of one there is, or of one to be made. */
  readonly registry = signal("");
  readonly isNewRegistry = signal(false);
  readonly collection = signal("");
  readonly aliases = signal<readonly string[]>([]);
  /** An alias that isn't complete yet. */
  readonly typed = signal("");
  readonly person = signal("");
  readonly task = new Task();
  readonly ground: LinkGround;

  constructor(ground: LinkGround) {
    this.ground = ground;
    this.chooseFirst();
    this.isNewRegistry.value = this.existing.length === 0;
    this.collection.value = ground.version.name;
  }

  /** Names of registries here, also of deleted ones. */
  get existing(): readonly string[] {
    return this.ground.registries.map(({ name }) => name);
  }

  /** Chooses a registry there is. */
  choose(registry: string): void {
    this.isNewRegistry.value = false;
    this.registry.value = registry;
  }

  /** Chooses the first registry that takes the version, if one does. */
  chooseFirst(): void {
    const first = registryChoices(this.ground.registries, this.ground.type)[0];
    this.choose(first?.reason === "" ? first.name : "");
  }

  /** Turns to making a registry. */
  startRegistry(name: string): void {
    this.isNewRegistry.value = true;
    this.registry.value = name;
  }

  /** Takes what is typed as the collection; a whole target chooses its registry, too. */
  typeCollection(text: string): void {
    const target = splitTarget(text);
    if (target === null || !this.existing.includes(target.registry)) {
      this.collection.value = text;
      return;
    }
    this.choose(target.registry);
    this.collection.value = target.collection;
  }

  /** The registry of a typed target that is not here; `null` for none [G1]. */
  readonly missing = computed(() => splitTarget(this.collection.value)?.registry ?? null);

  /** Makes the registry that a typed target names part of the draft. */
  startMissing(): void {
    const target = splitTarget(this.collection.value);
    if (target === null) return;
    this.startRegistry(target.registry);
    this.collection.value = target.collection;
  }

  /** Takes what is typed as an alias, unless it is none: then it stays, with its problem beside it. */
  takeAlias(): void {
    const alias = this.typed.value.trim();
    if (alias !== "" && checkAlias(alias) === null) this.addAlias(alias);
  }

  /** Takes an alias, in place of what is typed. */
  addAlias(alias: string): void {
    if (!this.aliases.value.includes(alias)) this.aliases.value = [...this.aliases.value, alias];
    this.typed.value = "";
  }

  /** Aliases given, with the one that is typed. */
  readonly given = computed((): readonly string[] => {
    const alias = this.typed.value.trim();
    return alias === "" ? this.aliases.value : [...new Set([...this.aliases.value, alias])];
  });

  /** Why the chosen registry can't be linked to; `""` when it can. */
  readonly reason = computed(() => {
    if (this.isNewRegistry.value) return "";
    const { registries, type } = this.ground;
    const choice = registryChoices(registries, type).find(
      ({ name }) => name === this.registry.value,
    );
    return choice?.reason ?? "";
  });

  /**
   * Whether it can be linked.
   *
   * @param detail of the chosen registry; `null` as long as it isn't known
   */
  isReady(detail: RegistryDetail | null): boolean {
    const { type, asksPerson } = this.ground;
    const [registry, collection] = [this.registry.value, this.collection.value.trim()];
    if (collection === "" || collectionProblem(collection, detail, type) !== null) return false;
    if (this.given.value.some((alias) => checkAlias(alias) !== null)) return false;
    if (this.isNewRegistry.value)
      return (
        nameProblem("registry", registry, this.existing) === null &&
        (!asksPerson || this.person.value.trim() !== "")
      );
    return (
      detail?.name === registry &&
      this.reason.value === "" &&
      this.given.value.every((alias) => aliasRefusal(detail, alias) === null)
    );
  }

  /**
   * Makes the profile and the registry where that is wanted, then the link.
   *
   * @param onDone not called when it went wrong, which `task` says
   */
  link(app: Doer, detail: RegistryDetail | null, onDone: () => void): Promise<void> {
    this.takeAlias();
    if (!this.isReady(detail)) return Promise.resolve();
    const { store } = app.cairn;
    return this.task.run(async () => {
      const registry = this.registry.value;
      if (this.isNewRegistry.value) {
        if (this.ground.asksPerson && (await store.getProfile()) === null)
          await store.setProfile(this.person.value.trim(), null);
        await store.createRegistry({
          name: registry,
          description: "",
          types: [],
          visibility: "open",
        });
        // It is there now, whatever comes of the link.
        this.choose(registry);
      }
      const collection = this.collection.value.trim();
      await linkTo(app, this.ground.version, { registry, collection }, this.aliases.value);
      onDone();
    });
  }
}

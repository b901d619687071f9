// A registry looked at: as it is, or as it was at a time.
import { formatPlace } from "../../core/registry/names.ts";
import type { Member, Protection } from "../../core/registry/state.ts";
import type {
  CollectionDetail,
  CollectionSummary,
  RegistryDetail,
  RequestView,
} from "../../protocol/registry-link-api.ts";
import { artifactOf, type Artifact } from "./artifact.ts";
import { connection } from "./connection.ts";

/**
 * Reads a registry, anew at each call. `registry.asOf(time)` gives one of a time that is past, on
 * which nothing can be changed. Methods reject with CairnError `no_registry`, `not_found` for a time
 * before it was made, and as they say.
 */
export class RegistryView {
  /** What the registry is called here. */
  readonly name: string;
  /** The ISO date or date-time it is looked at as of; `null` for now. */
  readonly time: string | null;

  /** @internal Made by `Api.registry` and `Registry.asOf`. */
  constructor(name: string, time: string | null) {
    this.name = name;
    this.time = time;
  }

  /** All there is to know of it: what it says of itself, collections, people, rules, requests. */
  async details(): Promise<RegistryDetail> {
    return (await connection()).store.getRegistry(this.name, this.time);
  }

  /** Its collections, by name. */
  async collections(): Promise<readonly CollectionSummary[]> {
    return (await this.details()).collectionList;
  }

  /** One collection: its type, card and tags, its versions in `linkList`, newest first, and their aliases. Throws `not_found`. */
  async collection(name: string): Promise<CollectionDetail> {
    return (await connection()).store.getCollection(this.name, name, this.time);
  }

  /**
   * The version that a collection has under a name, as a link, without recording a use.
   *
   * @param selector `v2`, an alias, or `latest`
   * @throws CairnError `not_found`, `in_trash`, `invalid_spec`
   */
  async artifact(collection: string, selector: string = "latest"): Promise<Artifact> {
    const time = this.time === null ? "" : `@${this.time}`;
    const { store } = await connection();
    const detail = await store.resolve(formatPlace(this.name, collection, selector) + time, null);
    return artifactOf(detail, await store.getManifest(detail.version.digest));
  }

  /** Its people, by name, each with their key and role. */
  async members(): Promise<readonly Member[]> {
    return (await this.details()).memberList;
  }

  /** The protected names and patterns, each with its condition. */
  async protections(): Promise<readonly Protection[]> {
    return (await this.details()).protectionList;
  }

  /** Promotions that were asked for, newest first. */
  async requests(): Promise<readonly RequestView[]> {
    return (await this.details()).requestList;
  }
}

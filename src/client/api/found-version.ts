// What an artifact stands for once it is logged or found: a version, or a link to one.
import { CairnError } from "../../core/errors.ts";
import type { Manifest } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatVersion, specOf } from "../../core/version.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import type { DownloadVia } from "../../protocol/downloads.ts";
import type { LinkPlace } from "../../protocol/registry-link-api.ts";
import type { StoreApi } from "../../protocol/store-api.ts";
import { linkOf, viaOf } from "./links.ts";
import type { LogOutcome } from "./options.ts";

/**
 * A version as it was last read. Found through a registry it is a link: its aliases and its folder
 * on disk are the link's, all else is its source's [G4 G9 U2].
 */
export class FoundVersion {
  readonly manifest: Manifest;
  /** What logging it did; `null` for one that was found. */
  readonly outcome: LogOutcome | null;
  #detail: VersionDetail;

  constructor(detail: VersionDetail, manifest: Manifest, outcome: LogOutcome | null = null) {
    this.#detail = detail;
    this.manifest = manifest;
    this.outcome = outcome;
  }

  get detail(): VersionDetail {
    return this.#detail;
  }

  get ref(): VersionRef {
    const { artifact, version } = this.#detail;
    return { project: artifact.project, name: artifact.name, number: version.number };
  }

  /** The link it was found through, for downloads. */
  get via(): DownloadVia | undefined {
    const { via } = this.#detail;
    return via === null ? undefined : viaOf(via);
  }

  /** `project/name:v3`: the version, whatever it was found through. */
  get versionSpec(): string {
    return specOf(this.ref);
  }

  /** The link's spec, or the version's where there is none. */
  get spec(): string {
    const { via } = this.#detail;
    return via === null ? this.versionSpec : linkOf(via).qualifiedName;
  }

  get aliases(): readonly string[] {
    const { via, aliases } = this.#detail;
    return via === null ? aliases : linkOf(via).aliases;
  }

  /** Reads anew what may change. A link that is gone has no aliases. Throws `not_found`, `in_trash`. */
  async refresh(store: StoreApi): Promise<void> {
    const { via } = this.#detail;
    const { project, name, number } = this.ref;
    const detail = await store.getVersion(project, name, formatVersion(number));
    const place = via === null ? null : (findPlace(detail, via) ?? { ...via, aliases: [] });
    this.#detail = { ...detail, via: place };
  }

  /** Throws `alias_reserved`, `invalid_name`, `not_found`; through a link as `setLinkAlias` does. */
  async addAlias(store: StoreApi, alias: string): Promise<void> {
    const { via } = this;
    await (via === undefined
      ? store.setAlias(this.ref, alias)
      : store.setLinkAlias(via.registry, via.collection, via.number, alias));
    await this.refresh(store);
  }

  /** Throws `not_found` when something else holds it, `alias_reserved`; through a link as `removeLinkAlias` does. */
  async removeAlias(store: StoreApi, alias: string): Promise<void> {
    await this.refresh(store);
    const { via } = this;
    const { project, name } = this.ref;
    if (!this.aliases.includes(alias))
      throw new CairnError("not_found", { what: "alias", name: `${this.spec} ${alias}` });
    await (via === undefined
      ? store.removeAlias(project, name, alias)
      : store.removeLinkAlias(via.registry, via.collection, alias));
    await this.refresh(store);
  }

  /** Takes the link away, and is its source from then on. Throws `not_a_link`, `protected_held`, `not_permitted`. */
  async unlink(store: StoreApi): Promise<void> {
    const { via } = this;
    if (via === undefined) throw new CairnError("not_a_link", { name: this.versionSpec });
    await store.unlinkVersion(via.registry, via.collection, via.number);
    this.#detail = { ...this.#detail, via: null };
    await this.refresh(store);
  }
}

/** A link among those of a version that was read anew. */
function findPlace({ links }: VersionDetail, known: LinkPlace): LinkPlace | undefined {
  return links.find(
    ({ registryUid, collection, number }) =>
      registryUid === known.registryUid &&
      collection === known.collection &&
      number === known.number,
  );
}

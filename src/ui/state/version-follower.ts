// The version that a page shows, also when syncing gives it another number meanwhile [S3].
import { isCairnError } from "../../core/errors.ts";
import type { VersionUid } from "../../core/records.ts";
import { findVersionNumber, formatVersion } from "../../core/version.ts";
import type { VersionDetail } from "../../protocol/browse-api.ts";
import type { StoreApi } from "../../protocol/store-api.ts";

export interface Followed {
  readonly detail: VersionDetail;
  /** What it was asked by. */
  readonly asked: string;
  /** It was asked for by a number that it no longer has. */
  readonly hasMoved: boolean;
  /** It became one with a version of the same content. */
  readonly isAbsorbed: boolean;
}

type Versions = Pick<StoreApi, "getVersion" | "getArtifact">;

export class VersionFollower {
  readonly #store: Versions;
  readonly #project: string;
  readonly #name: string;
  #shown: { readonly selector: string; readonly uid: VersionUid } | null = null;

  constructor(store: Versions, project: string, name: string) {
    this.#store = store;
    this.#project = project;
    this.#name = name;
  }

  /**
   * The version a selector names. Asked again for the number it answered last, it answers the same
   * version, wherever that is now. Throws as `getVersion`.
   */
  async load(selector: string): Promise<Followed> {
    const shown = this.#shown?.selector === selector ? this.#shown.uid : null;
    let found: VersionDetail;
    try {
      found = await this.#get(selector);
    } catch (error) {
      const moved = shown !== null && isGone(error) ? await this.#find(shown, selector) : null;
      if (moved === null) throw error;
      return moved;
    }
    if (shown !== null && !isOrBecame(found.version, shown)) {
      const moved = await this.#find(shown, selector);
      if (moved !== null) return moved;
    }
    this.#note(selector, found);
    return { detail: found, asked: selector, hasMoved: false, isAbsorbed: false };
  }

  #get(selector: string): Promise<VersionDetail> {
    return this.#store.getVersion(this.#project, this.#name, selector);
  }

  /** The version by its id; `null` where it is no more. */
  async #find(uid: VersionUid, asked: string): Promise<Followed | null> {
    const { versions } = await this.#store.getArtifact(this.#project, this.#name);
    const found = versions.find(({ version }) => isOrBecame(version, uid));
    if (found === undefined) return null;
    const selector = formatVersion(found.version.number);
    const detail = await this.#get(selector);
    this.#note(selector, detail);
    return { detail, asked, hasMoved: true, isAbsorbed: found.version.uid !== uid };
  }

  /** What an alias names may change, and the page goes with it. */
  #note(selector: string, { version: { uid } }: VersionDetail): void {
    this.#shown = findVersionNumber(selector) === undefined ? null : { selector, uid };
  }
}

function isGone(error: unknown): boolean {
  return isCairnError(error, "not_found") || isCairnError(error, "in_trash");
}

function isOrBecame(version: VersionDetail["version"], uid: VersionUid): boolean {
  return version.uid === uid || (version.twins?.includes(uid) ?? false);
}

/** Says where the version went. */
export function describeMove({ detail, asked: from, isAbsorbed }: Followed): string {
  const to = formatVersion(detail.version.number);
  return isAbsorbed
    ? `What was ${from} here has the same content as ${to}, which another device synced first: they are one version now.`
    : `What was ${from} here is ${to} now, as another device synced its ${from} first.`;
}

// Places of registries in words.
import { formatPlace } from "../../../core/registry/names.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { describeList } from "../../state/describe-list.ts";

interface Place {
  readonly registry: string;
  readonly collection: string;
  readonly number: VersionNumber;
}

/** `registry-models/net:v2`. */
export function placeOf({ registry, collection, number }: Place): string {
  return formatPlace(registry, collection, formatVersion(number));
}

/** What an edit of a version reaches beside its page [G9]; `""` where it is linked nowhere. */
export function reachOfEdit(links: readonly Place[]): string {
  if (links.length === 0) return "";
  const show = links.length === 1 ? "shows" : "show";
  return `${describeList(links.map(placeOf), "and")} ${show} it, too: it changes there as well.`;
}

// Which letters of a text fit what is typed.
import { shortDigest, type Digest } from "../../core/digest.ts";
import { stretchesOf, wantedOf, type Stretch, type Wanted } from "../../core/search-match.ts";

/** A text, and which letters of it fit what is typed. */
export interface Marked {
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

/** `project/name`, the letters of the name marked rather than those of the project. */
export function named(project: string, name: string, wanted: Wanted): Marked {
  return marked(`${project}/${name}`, project.length + 1, wanted);
}

/** Marks what fits from a place on, or where nothing does, anywhere. */
export function marked(text: string, from: number, wanted: Wanted): Marked {
  const behind = stretchesOf(text.slice(from), wanted).map((stretch) => ({
    from: stretch.from + from,
    to: stretch.to + from,
  }));
  return { text, stretches: behind.length > 0 ? behind : stretchesOf(text, wanted) };
}

/** What stands behind a colon: an alias is found by that part. */
export function selectorOf(wanted: Wanted): Wanted {
  const colon = wanted.text.lastIndexOf(":");
  return colon < 0 ? wanted : (wantedOf(wanted.text.slice(colon + 1)) ?? wanted);
}

/** A digest's beginning, of which as much is marked as was typed. */
export function shortened(digest: Digest, { text }: Wanted): Marked {
  const typed = text.slice(text.lastIndexOf(":") + 1).length;
  const short = shortDigest(digest);
  return { text: short, stretches: [{ from: 0, to: Math.min(typed, short.length) }] };
}

// What a URL says of a version's lineage.

/** How a lineage is shown; first as a graph. */
export const LINEAGE_FORMS = ["graph", "list"] as const;
/** Which way it is followed; both ways first. */
export const LINEAGE_DIRECTIONS = ["both", "up", "down"] as const;
/** How many hops it is followed, if nothing is said, and at most. */
export const USUAL_HOPS = 4;
export const MOST_HOPS = 20;

/** What is seen of a version's lineage. */
export interface LineageRoute {
  readonly form: (typeof LINEAGE_FORMS)[number];
  readonly direction: (typeof LINEAGE_DIRECTIONS)[number];
  readonly hops: number;
  /** The node it is drawn around; `""` for the version itself. */
  readonly around: string;
  /** The node whose card is open; `""` for none. */
  readonly node: string;
  /** Search in the nodes. */
  readonly find: string;
}

/** A lineage as it is first shown. */
export const FIRST_LINEAGE: LineageRoute = {
  form: "graph",
  direction: "both",
  hops: USUAL_HOPS,
  around: "",
  node: "",
  find: "",
};

/** Only what differs from {@link FIRST_LINEAGE}. */
export function lineageParams(lineage: LineageRoute): Readonly<Record<string, string>> {
  const { form, direction, hops, around, node, find } = lineage;
  return {
    form: form === FIRST_LINEAGE.form ? "" : form,
    direction: direction === FIRST_LINEAGE.direction ? "" : direction,
    hops: hops === USUAL_HOPS ? "" : String(hops),
    around,
    node,
    find,
  };
}

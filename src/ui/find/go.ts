// Where actions of the search lead.

/** Shows another place. */
export function go(hash: string): void {
  location.hash = hash;
}

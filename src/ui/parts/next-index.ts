// The keyboard in a list: a short one goes round, a long one ends.

/** Where a key leads in a list that goes round, or `null` when it leads nowhere. */
export function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowUp":
    case "ArrowLeft":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

/** Lines that Page Up and Page Down move by. */
const PAGE = 15;

/** Where a key leads in a long list, no further than its ends; `null` where it leads nowhere. */
export function nextLine(key: string, at: number, count: number): number | null {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  const to = places[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}

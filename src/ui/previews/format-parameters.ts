/** `124M`, `7.24B`, `768`. */
export function formatParameters(count: number): string {
  return count.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 });
}

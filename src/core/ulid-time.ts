// The time at the start of an id.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;

/** The text with which ids (ULIDs) of a moment begin; it sorts as the moments do. */
export function encodeTime(ms: number): string {
  let text = "";
  let rest = Math.max(0, Math.floor(ms));
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = (DIGITS[rest % 32] ?? "") + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

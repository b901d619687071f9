// Says where a text stops being JSON.

/** Why a text is not JSON, with a place for the person. */
export class JsonError extends Error {
  override readonly name = "JsonError";

  /** @param at the byte it was found at */
  constructor(what: string, bytes: Uint8Array, at: number) {
    let line = 1;
    let lineStart = 0;
    for (
      let end = bytes.indexOf(0x0a);
      end !== -1 && end < at;
      end = bytes.indexOf(0x0a, end + 1)
    ) {
      line++;
      lineStart = end + 1;
    }
    const column = new TextDecoder().decode(bytes.subarray(lineStart, at)).length + 1;
    super(`${what} at line ${line.toLocaleString("en")}, column ${column.toLocaleString("en")}`);
  }
}

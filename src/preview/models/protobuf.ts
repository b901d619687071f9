// Walks protobuf messages in a file, field by field. What a visitor doesn't read is skipped unread.
import type { ByteCursor } from "../heads/byte-cursor.ts";
import { HeadError } from "../heads/head-error.ts";
import { cutText } from "../heads/notes.ts";

/** A field of a message. Its bytes begin at the cursor, where it has any. */
export interface Field {
  readonly number: number;
  /** Where a text or message ends; `null` for numbers. */
  readonly end: number | null;
  /** Of a varint field; as int64 where it takes 64 bits. */
  readonly value: number;
}
/** Looks at a field, and may read its bytes. What it returns is awaited before the next one. */
export type Visit = (field: Field) => Promise<void> | undefined;

/** The longest varint. */
const VARINT_BYTES = 10;
/** Fields of one file that are looked at: far more than any model has, and done within seconds. */
const MAX_FIELDS = 5_000_000;

/** A walk over one file; its limits hold for all messages in it. */
export class ProtobufWalk {
  readonly cursor: ByteCursor;
  private fields = 0;

  constructor(cursor: ByteCursor) {
    this.cursor = cursor;
  }

  /**
   * Visits the fields from the cursor up to `end`.
   *
   * @throws HeadError where the bytes are no message
   */
  async message(end: number, visit: Visit): Promise<void> {
    const { cursor } = this;
    while (cursor.position < end) {
      if (++this.fields > MAX_FIELDS) throw new HeadError("it has more fields than any model");
      if (cursor.available < 2 * VARINT_BYTES) await cursor.wantUpTo(2 * VARINT_BYTES);
      const tag = this.varint();
      const number = Math.floor(tag / 8);
      if (tag < 8) throw new HeadError("it holds bytes that are no ONNX");
      let fieldEnd: number | null = null;
      let value = 0;
      switch (tag % 8) {
        case 0:
          value = this.varint();
          break;
        case 1:
          fieldEnd = cursor.position + 8;
          break;
        case 2: {
          const length = this.varint();
          fieldEnd = length < 0 ? Infinity : cursor.position + length;
          break;
        }
        case 5:
          fieldEnd = cursor.position + 4;
          break;
        default:
          throw new HeadError("it holds bytes that are no ONNX");
      }
      const fileEnd = cursor.position + cursor.remaining;
      // Of a file that is cut off, what is there of its last part is still looked at.
      const isCut = fieldEnd !== null && fieldEnd > fileEnd && end === fileEnd;
      if (isCut) fieldEnd = fileEnd;
      if (fieldEnd !== null && fieldEnd > end)
        throw new HeadError("a part of it claims to be larger than what it is in");
      const visited = visit({ number, end: fieldEnd, value });
      if (visited !== undefined) await visited;
      if (isCut) throw new HeadError("it is cut off");
      if (fieldEnd !== null) cursor.moveTo(fieldEnd);
    }
    if (cursor.position > end) throw new HeadError("it holds bytes that are no ONNX");
  }

  /** A text from the cursor to `end`, cut where it is longer than so many characters. */
  async text(end: number, length: number): Promise<string> {
    const bytes = Math.min(end - this.cursor.position, 4 * length);
    await this.cursor.want(bytes);
    return cutText(new TextDecoder().decode(this.cursor.take(bytes)), length);
  }

  /** The varints from the cursor to `end`, no more than so many. */
  async varints(end: number, limit: number): Promise<readonly number[]> {
    const values: number[] = [];
    while (this.cursor.position < end && values.length < limit) {
      if (this.cursor.available < VARINT_BYTES) await this.cursor.wantUpTo(VARINT_BYTES);
      values.push(this.varint());
    }
    return values;
  }

  private varint(): number {
    const { cursor } = this;
    let value = 0;
    let scale = 1;
    // Seven bytes hold 49 bits, which a number holds exactly.
    for (let index = 0; index < 7; index++) {
      if (cursor.available === 0) throw new HeadError("it is cut off");
      const byte = cursor.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
    let large = BigInt(value);
    for (let index = 7; index < VARINT_BYTES; index++) {
      if (cursor.available === 0) throw new HeadError("it is cut off");
      const byte = cursor.u8();
      large |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return Number(BigInt.asIntN(64, large));
    }
    throw new HeadError("it holds bytes that are no ONNX");
  }
}

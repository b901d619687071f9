// Walks through a file in small windows. What is skipped is never read, and reading has an end.
import type { ByteSource } from "../byte-source.ts";
import { HeadError } from "./head-error.ts";

/** The first read, and those that follow a jump: a jump is often followed by another. */
const SMALLEST_WINDOW = 4 * 1024;
const LARGEST_WINDOW = 256 * 1024;
/** Bytes that one head may make us read: far more than any real one, and read within seconds. */
const MAX_BYTES_READ = 256 * 1024 * 1024;

/**
 * A place in a file from which values are taken.
 *
 * The methods that take values are synchronous and need {@link ByteCursor.want} before them; loops
 * over many small values ask `available` first, so that they seldom wait.
 */
export class ByteCursor {
  littleEndian = true;
  private readonly source: ByteSource;
  private view = new DataView(new ArrayBuffer(0));
  private bytes = new Uint8Array();
  private windowStart = 0;
  private at = 0;
  private nextWindow = SMALLEST_WINDOW;
  private readonly maxBytes: number;
  private bytesRead = 0;

  /** @param maxBytes what may be read in all; for callers that have no limit of their own */
  constructor(source: ByteSource, maxBytes: number = MAX_BYTES_READ) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /** The offset in the file. */
  get position(): number {
    return this.windowStart + this.at;
  }
  /** Bytes that can be taken without waiting. */
  get available(): number {
    return this.bytes.length - this.at;
  }
  /** Bytes up to the end of the file. */
  get remaining(): number {
    return this.source.size - this.position;
  }

  /**
   * Makes bytes available.
   *
   * @throws HeadError where the file ends before, or more was read than any head needs
   */
  async want(count: number): Promise<void> {
    if (count > this.remaining) throw new HeadError("it ends in the middle of its header");
    await this.wantUpTo(count);
  }

  /** Makes bytes available, fewer at the end of the file. */
  async wantUpTo(count: number): Promise<void> {
    if (this.available >= Math.min(count, this.remaining)) return;
    const start = this.position;
    const end = Math.min(start + Math.max(count, this.nextWindow), this.source.size);
    this.bytesRead += end - start;
    if (this.bytesRead > this.maxBytes)
      throw new HeadError("its description goes on for more than 256 MiB");
    const bytes = await this.source.read(start, end);
    if (bytes.length < Math.min(count, end - start))
      throw new HeadError("it ends in the middle of its header");
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.windowStart = start;
    this.at = 0;
    this.nextWindow = Math.min(this.nextWindow * 2, LARGEST_WINDOW);
  }

  /**
   * Goes on at an offset, which costs nothing.
   *
   * @throws HeadError for one that isn't in the file
   */
  moveTo(offset: number): void {
    if (!(offset >= 0 && offset <= this.source.size))
      throw new HeadError("it ends in the middle of its header");
    const at = offset - this.windowStart;
    if (at >= 0 && at <= this.bytes.length) {
      this.at = at;
      return;
    }
    this.windowStart = offset;
    this.bytes = new Uint8Array();
    this.at = 0;
    this.nextWindow = SMALLEST_WINDOW;
  }

  u8(): number {
    return this.view.getUint8(this.at++);
  }
  i8(): number {
    return this.view.getInt8(this.at++);
  }
  u16(): number {
    return this.view.getUint16(this.step(2), this.littleEndian);
  }
  i16(): number {
    return this.view.getInt16(this.step(2), this.littleEndian);
  }
  u32(): number {
    return this.view.getUint32(this.step(4), this.littleEndian);
  }
  i32(): number {
    return this.view.getInt32(this.step(4), this.littleEndian);
  }
  f32(): number {
    return this.view.getFloat32(this.step(4), this.littleEndian);
  }
  u64(): bigint {
    return this.view.getBigUint64(this.step(8), this.littleEndian);
  }
  i64(): bigint {
    return this.view.getBigInt64(this.step(8), this.littleEndian);
  }
  f64(): number {
    return this.view.getFloat64(this.step(8), this.littleEndian);
  }

  /** The next bytes; only valid until the next wait. */
  take(count: number): Uint8Array {
    const start = this.step(count);
    return this.bytes.subarray(start, start + count);
  }

  private step(count: number): number {
    const start = this.at;
    this.at += count;
    return start;
  }
}

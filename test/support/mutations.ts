// Files damaged at random: what every reader of a format must survive.
import fc from "fast-check";

type Bytes = Uint8Array<ArrayBuffer>;
type Mutation = (bytes: Bytes) => Bytes;

/** Values that lengths, counts and offsets are overwritten with. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

function at(bytes: Bytes, place: number): number {
  return Math.floor(place * bytes.length);
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255))
    .map(([place, value]): Mutation => (bytes) => {
      bytes[at(bytes, place)] = value;
      return bytes;
    }),
  fc
    .tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...EXTREMES),
      fc.constantFrom(4, 8),
      fc.boolean(),
    )
    .map(([place, value, width, littleEndian]): Mutation => (bytes) => {
      const start = at(bytes, place);
      if (start + width > bytes.length) return bytes;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      if (width === 8) view.setBigUint64(start, value, littleEndian);
      else view.setUint32(start, Number(BigInt.asUintN(32, value)), littleEndian);
      return bytes;
    }),
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (place): Mutation =>
      (bytes) =>
        bytes.slice(0, at(bytes, place)),
  ),
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 40 }))
    .map(([place, more]): Mutation => (bytes) => {
      const start = at(bytes, place);
      const longer = new Uint8Array(bytes.length + more.length);
      longer.set(bytes.subarray(0, start));
      longer.set(more, start);
      longer.set(bytes.subarray(start), start + more.length);
      return longer;
    }),
);

/** One of some files, with one to five places damaged. */
export function damaged(files: readonly Bytes[]): fc.Arbitrary<Bytes> {
  return fc
    .tuple(fc.constantFrom(...files), fc.array(mutation, { minLength: 1, maxLength: 5 }))
    .map(([file, mutations]) =>
      mutations.reduce<Bytes>((bytes, mutate) => mutate(bytes), file.slice()),
    );
}

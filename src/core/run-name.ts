// Names for runs that were given none: two words and a number [R1].

const QUALITIES =
  "amber brave brisk calm clear clever cosy crisp deft eager early fair fleet fond frosty gentle glad golden grand hardy hazel keen kind lively lofty lucid mellow merry misty mossy neat nimble noble patient plucky polite proud quick quiet rapid rosy rustic serene silent silver sleek smooth snowy solid sonic spry steady still sturdy subtle sunny swift tidy vivid warm wise witty zesty".split(
    " ",
  );
const THINGS =
  "acorn alder badger beacon birch brook cairn canyon cedar cliff clover comet coral crane delta dune ember falcon fern fjord forest glacier grove harbor heron hill inlet island ivy juniper lagoon lake larch lark maple marsh meadow meteor moor oak orchid osprey otter pebble pine plover prairie quarry raven reed reef ridge river robin sage shore sparrow spruce stone summit swallow thicket tide trail valley willow wren".split(
    " ",
  );

/**
 * A run name such as `quiet-heron-12` that no other has.
 *
 * @param count how many runs there are, for the number
 * @param pick a random whole number below its argument
 */
export function offerRunName(
  taken: ReadonlySet<string>,
  count: number,
  pick: (below: number) => number,
): string {
  for (let number = count + 1; ; number++) {
    const name = `${QUALITIES[pick(QUALITIES.length)] ?? ""}-${THINGS[pick(THINGS.length)] ?? ""}-${number}`;
    if (!taken.has(name)) return name;
  }
}

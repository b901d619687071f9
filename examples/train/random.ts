// Random numbers that are the same at each run, so that the same training makes the same bytes.

/** Gives the next number, from 0 up to but not including 1. */
export type Random = () => number;

/** A linear congruential generator: plenty for a toy. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A number around 0 with the standard deviation 1. */
export function gaussian(random: Random): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += random();
  return sum - 6;
}

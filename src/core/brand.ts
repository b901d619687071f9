// Nominal types: a plain string or number that only its parser can make.

declare const brand: unique symbol;

/** A `Base` that has passed the check called `Name`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Marks a switch as exhaustive: adding a case makes the call stop compiling. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}

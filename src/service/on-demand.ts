// Parts of the service whose code is loaded when it is first asked for: the worker starts with what a first visit needs.

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/**
 * An API whose methods load it first. A load that fails is tried again at the next call.
 *
 * @param names the methods, as they can't be known before
 */
export function onDemand<Api extends object>(
  load: () => Promise<Api>,
  names: { readonly [Name in keyof Api]: true },
): Api {
  let loading: Promise<Api> | null = null;
  const loaded = (): Promise<Api> =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
  const methods = Object.keys(names).map((name) => [
    name,
    async (...args: never[]) => (((await loaded()) as Methods)[name] as Methods[string])(...args),
  ]);
  return Object.fromEntries(methods) as Api;
}

// The page's only Trusted Types policy. Loaded before everything else.

/** What we use of the Trusted Types API, which TypeScript's DOM types lack. */
interface TrustedTypes {
  createPolicy(name: "default", rules: { createScriptURL(url: string): string }): void;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const home = new URL("./", document.baseURI).href;

// Scripts and workers come from this app's own folder. Markup strings have no rule, so none is allowed.
trustedTypes?.createPolicy("default", {
  createScriptURL(url) {
    const { href } = new URL(url, document.baseURI);
    if (!href.startsWith(home)) throw new TypeError(`refused to run a script from ${href}`);
    return href;
  },
});

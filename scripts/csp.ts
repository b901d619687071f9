// The page's Content Security Policy, once, for the meta tag and the header.

const POLICY: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  // hash-wasm compiles WebAssembly.
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self' blob: data:",
  "media-src": "blob:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  // A zip download starts in a hidden frame below our own scope.
  "frame-src": "'self' blob:",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

// Only the page: workers take their policy from their own response and would need a URL policy each.
const TRUSTED_TYPES: Readonly<Record<string, string>> = {
  "require-trusted-types-for": "'script'",
  "trusted-types": "default",
};

const format = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");

/** For the built page's meta tag: holds on any static host. */
export const META_POLICY = format({ ...POLICY, ...TRUSTED_TYPES });

/** Headers for hosts where we can set them. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": format(POLICY),
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
};

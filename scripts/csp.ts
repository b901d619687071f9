// The Content Security Policies, once: the page's for the meta tag and the header, and that of workers.

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

/**
 * A worker has the policy of its own script's response, and none where the host sends none: the
 * page's meta tag doesn't reach it. So the page itself can talk to no other host, wherever it is
 * served, and these workers to the hubs that a person connects and to where those send bytes from:
 * any host with TLS, and this machine.
 */
const WORKER_POLICY: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "connect-src": "'self' https: http://127.0.0.1:* http://localhost:*",
  "worker-src": "'self'",
};

/** Scripts of the workers that talk to hubs, as the build names them. */
const HUB_WORKER = /\/(?:store|sync)\.worker-[\w-]+\.js$/;

/** For the built page's meta tag: holds on any static host. */
export const META_POLICY = format({ ...POLICY, ...TRUSTED_TYPES });

/** The policy header of one file, by its URL's path, for hosts where we can set it. */
export function policyOf(path: string): string {
  return format(HUB_WORKER.test(path) ? WORKER_POLICY : POLICY);
}

/** The other headers, the same for all files. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
};

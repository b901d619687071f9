// Puts the Content Security Policy into the built page; the dev server needs inline scripts and sockets.
import type { Plugin } from "vite";
import { META_POLICY, policyOf } from "./csp.ts";

/** Adds the policy's meta tag to index.html in builds. */
export function cspMeta(): Plugin {
  return {
    name: "cairn-csp",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: META_POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** Sends each file's policy along with it in previews. */
export function cspHeaders(): Plugin {
  return {
    name: "cairn-csp-headers",
    configurePreviewServer({ middlewares }) {
      middlewares.use(({ url = "/" }, response, next) => {
        response.setHeader("Content-Security-Policy", policyOf(url.replace(/[?#].*$/s, "")));
        next();
      });
    },
  };
}

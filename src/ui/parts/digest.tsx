// A digest, short on screen and whole when copied.
import type { JSX } from "preact";
import { shortDigest, type Digest as DigestText } from "../../core/digest.ts";
import { CopyButton } from "./copy-button.tsx";

export function Digest({ digest }: { readonly digest: DigestText }): JSX.Element {
  return (
    <span class="digest">
      <code title={digest}>{shortDigest(digest)}</code>
      <CopyButton text={digest} label={`Copy digest ${digest}`} />
    </span>
  );
}

// The card that others add this person by: to copy, or to point a camera at.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { Profile } from "../../../protocol/registry-manage-api.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Fact } from "../../parts/fact.tsx";
import { formatTime } from "../../parts/format.ts";
import { cardLink, fingerprint } from "../../state/profile-state.ts";
import { QrCode } from "./qr-code.tsx";

export function OwnCard({ profile }: { readonly profile: Profile }): JSX.Element {
  const { card, key, createdAt } = profile;
  const link = cardLink(card, location.href);
  return (
    <section class="card profile-section profile-card" aria-labelledby="card-title">
      <div>
        <h2 id="card-title">Your card</h2>
        <p>An Admin of a registry pastes it to add you, or points a camera at the code.</p>
        <p class="profile-card-text">
          <code>{showHidden(card)}</code>
        </p>
        <div class="profile-ways">
          <CopyButton text={card}>Copy card</CopyButton>
          <CopyButton text={link}>Copy link</CopyButton>
        </div>
        <dl class="profile-facts">
          <Fact name="Key">
            <code>{fingerprint(key)}</code>
          </Fact>
          <Fact name="Made">
            <time dateTime={createdAt}>{formatTime(createdAt)}</time>
          </Fact>
        </dl>
      </div>
      <QrCode text={link} label="QR code of a link to your card" />
    </section>
  );
}

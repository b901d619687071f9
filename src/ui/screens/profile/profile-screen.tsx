// Who uses this browser: their name, their key, and the card that others add them by [P7 P8].
import type { JSX } from "preact";
import type { Profile } from "../../../protocol/registry-manage-api.ts";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import type { ProfileRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AddFound } from "./add-found.tsx";
import { OwnCard } from "./own-card.tsx";
import { ProfileForm } from "./profile-form.tsx";
import "./profile-screen.css";

interface ProfileScreenProps {
  readonly app: AppState;
  readonly route: ProfileRoute;
}

export function ProfileScreen({ app, route }: ProfileScreenProps): JSX.Element {
  const loaded = useResource(app, "profile", () => app.cairn.store.getProfile());
  if (loaded.phase === "loading") return <Loading what="your profile" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const profile = loaded.value;
  return (
    <div class="profile">
      <header class="page-header">
        <h1>Profile</h1>
        <p class="muted">Who uses this browser, as registries note it.</p>
      </header>
      {route.add !== "" && <AddFound key={route.add} app={app} text={route.add} />}
      <ProfileForm key={profile?.key ?? ""} app={app} profile={profile} />
      {profile !== null && <OwnCard profile={profile} />}
      <AboutKey profile={profile} />
    </div>
  );
}

function AboutKey({ profile }: { readonly profile: Profile | null }): JSX.Element {
  return (
    <section class="card profile-section" aria-labelledby="key-title">
      <h2 id="key-title">What the key is</h2>
      <p>
        Everything you do in a registry is signed with a key that{" "}
        {profile === null ? "will be made" : "was made"} in this browser. Others check the
        signature, and whether your role allowed it: that is how a protected alias stays protected
        without a server.
      </p>
      <p>
        The key can't be copied out where the browser allows that, so it is lost with this browser's
        data, and nobody can bring it back. Another browser of yours has a key of its own: add it as
        another person. Make somebody else Admin too, or yourself in a second browser.
      </p>
      <p>
        It proves which browser did something, and not who sat there. The name beside it is what its
        owner says.
      </p>
    </section>
  );
}

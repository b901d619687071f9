// What can be done with a collection's version: promote, download, compare, unlink.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import {
  ArrowUpRight,
  Download,
  Ellipsis,
  ExternalLink,
  GitCompare,
  Lock,
  Tag,
  Unlink,
} from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkAlias } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { Menu, type MenuItem } from "../../parts/menu.tsx";
import { compareHash, formatRoute, versionHash } from "../../router.ts";
import { unlink } from "../../state/collection-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { whyNot } from "./access.ts";
import { offersFor } from "./alias-offers.ts";
import type { LinkProps } from "./link-page.tsx";
import { sourceSpec } from "./place-text.ts";

const PromoteDialog = lazy(() =>
  import("./promote-dialog.tsx").then((module) => module.PromoteDialog),
);

/** Names that have a button of their own: one click to the question, one to do it. */
const BUTTONS = 2;
/** More would be a list to read through; the field takes any name. */
const MENU = 14;
const COMPARED = 4;

export function LinkActions(props: LinkProps): JSX.Element {
  const { app, route, detail, link } = props;
  const [promoting, setPromoting] = useState<string | null>(null);
  const offers = offersFor(detail, link);
  const isNow = detail.asOf === null && !detail.registry.isDeleted && !isReadOnly();
  const direct = offers.filter(({ isProtected }) => isProtected).slice(0, BUTTONS);
  const others = offers.filter((offer) => !direct.includes(offer)).slice(0, MENU);
  return (
    <div class="collection-actions">
      {isNow &&
        direct.map(({ alias }) => (
          <Button
            key={alias}
            variant={alias === direct[0]?.alias ? "primary" : "plain"}
            icon={ArrowUpRight}
            onClick={() => setPromoting(alias)}
          >
            Promote to {showHidden(alias)}
          </Button>
        ))}
      {isNow && others.length > 0 && (
        <Menu
          class="button is-plain"
          label="Promote to…"
          items={others.map(({ alias, isProtected, holder }) => ({
            label: showHidden(alias) + (holder === null ? "" : ` (on ${formatVersion(holder)})`),
            icon: isProtected ? Lock : Tag,
            run: () => setPromoting(alias),
          }))}
        >
          Promote to…
        </Menu>
      )}
      <Menu class="button is-plain is-icon" label="More" items={itemsOf(props)}>
        <Icon icon={Ellipsis} />
      </Menu>
      {promoting !== null && (
        <PromoteDialog
          app={app}
          place={route}
          number={link.number}
          alias={promoting}
          onClose={() => setPromoting(null)}
        />
      )}
    </div>
  );
}

function itemsOf({ app, route, detail, link }: LinkProps): readonly MenuItem[] {
  const { source, here, number } = link;
  const isLive = here?.state === "live";
  const items: MenuItem[] = [];
  if (isLive && whyNot({ ...detail, asOf: null }, "use") === "")
    items.push({
      label: "Download zip",
      icon: Download,
      run: () => {
        const { project, name } = source;
        void app.download.zip({ project, name, number: source.number }, null, {
          registry: detail.registry.name,
          collection: detail.name,
          number,
        });
      },
    });
  if (isLive)
    items.push({
      label: "Open the source",
      icon: ExternalLink,
      run: () => {
        location.hash = versionHash(source.project, source.name, formatVersion(source.number));
      },
    });
  for (const held of comparable(detail.aliases, link.number)) {
    const other = detail.linkList.find((each) => each.number === held.number);
    if (other?.here?.state !== "live" || !isLive) continue;
    items.push({
      label: `Compare with ${showHidden(held.alias)} (${formatVersion(held.number)})`,
      icon: GitCompare,
      run: () => {
        location.hash = compareHash(sourceSpec(other.source), sourceSpec(source));
      },
    });
  }
  if (whyNot(detail, "unlink") === "")
    items.push({
      label: "Unlink",
      icon: Unlink,
      isDanger: true,
      run: () =>
        void unlink(app, route, { number }).then((isDone) => {
          if (isDone) location.hash = formatRoute({ ...route, selector: "" });
        }),
    });
  return items;
}

/** Aliases on other versions, protected ones first: what a person would compare with. */
function comparable(aliases: readonly LinkAlias[], number: number): readonly LinkAlias[] {
  return aliases
    .filter((held) => held.number !== number)
    .toSorted((a, b) => Number(b.isProtected) - Number(a.isProtected))
    .slice(0, COMPARED);
}

// Warnings and offers that concern every page.
import type { ComponentChildren, JSX } from "preact";
import { RefreshCw, TriangleAlert } from "lucide";
import { Button } from "./parts/button.tsx";
import { Icon } from "./parts/icon.tsx";
import type { PwaState } from "./pwa/pwa-state.ts";
import type { AppState } from "./state/app-state.ts";
import "./alarms.css";

export function Alarms({
  app,
  pwa,
}: {
  readonly app: AppState;
  readonly pwa: PwaState;
}): JSX.Element | null {
  const close = (): void => {
    app.alarm.value = null;
  };
  switch (app.alarm.value) {
    case "database-closed":
      return (
        <Alarm text="A newer Cairn is open in another tab, so this one let go of the data. Reload to go on.">
          <Button small variant="primary" onClick={() => location.reload()}>
            Reload
          </Button>
        </Alarm>
      );
    case "storage-full":
      return (
        <Alarm text="The browser's storage is full. Writing has stopped in every tab; what is committed is safe. Free some disk space or empty the trash, then press “Try again” in the draft.">
          <Button small onClick={close}>
            Close
          </Button>
        </Alarm>
      );
    case "data-lost":
      return (
        <Alarm text="There was data here on your last visit, and this browser has deleted it. If you didn't clear the site's data yourself, the disk was probably full. Ask the browser to keep the data after your next commit.">
          <Button small onClick={close}>
            Close
          </Button>
        </Alarm>
      );
    case null:
      break;
  }
  if (!pwa.updateReady.value) return null;
  return (
    <div class="alarm is-offer" role="status">
      <Icon icon={RefreshCw} />
      <p>A newer Cairn is ready.</p>
      <Button small variant="primary" onClick={() => pwa.applyUpdate()}>
        Reload all tabs
      </Button>
    </div>
  );
}

function Alarm({
  text,
  children,
}: {
  readonly text: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div class="alarm" role="alert">
      <Icon icon={TriangleAlert} />
      <p>{text}</p>
      {children}
    </div>
  );
}

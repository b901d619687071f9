// Runs in the hub's own process: starts the servers and tells the parent where they listen.
import { control } from "./control.ts";
import { Hub } from "./hub.ts";
import { listen, makeServer, serve } from "./listen.ts";
import type { HubSettings } from "./settings.ts";
import { serveSpace } from "./space-host.ts";

/** Where a started hub is found. */
export interface HubPorts {
  readonly hub: number;
  readonly storage: number;
  readonly spaces: number;
  readonly control: number;
}

/** Starts a hub whose large files are kept in `folder`. */
export async function startServers(settings: HubSettings, folder: string): Promise<HubPorts> {
  const running: { hub?: Hub } = {};
  const hub = (): Hub => {
    if (running.hub === undefined) throw new Error("The hub is still starting.");
    return running.hub;
  };
  const ports = {
    hub: await listen(makeServer((...call) => serve(hub(), "hub", ...call))),
    storage: await listen(makeServer((...call) => serve(hub(), "storage", ...call))),
    spaces: await listen(makeServer((...call) => serveSpace(hub(), ...call))),
    control: await listen(makeServer((...call) => control(hub(), ...call))),
  };
  const addresses = {
    hub: `http://127.0.0.1:${ports.hub}`,
    storage: `http://localhost:${ports.storage}`,
    spaces: `http://localhost:${ports.spaces}`,
  };
  running.hub = new Hub(settings, addresses, folder);
  return ports;
}

// Runs in the hub's own process: starts the servers and tells the parent where they listen.
import { control } from "./control.ts";
import { Hub } from "./hub.ts";
import { listen, makeServer, serve } from "./listen.ts";
import type { HubSettings } from "./settings.ts";

/** Where a started hub is found. */
export interface HubPorts {
  readonly hub: number;
  readonly storage: number;
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
    control: await listen(makeServer((...call) => control(hub(), ...call))),
  };
  const addresses = {
    hub: `http://127.0.0.1:${ports.hub}`,
    storage: `http://localhost:${ports.storage}`,
  };
  running.hub = new Hub(settings, addresses, folder);
  return ports;
}

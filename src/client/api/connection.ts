// The one connection that everything exported here shares, made when it is first needed.
import { connect, type Connection } from "../connect.ts";

let shared: Promise<Connection> | null = null;

/** The connection of this page or worker. A failed one is tried again at the next call. */
export function connection(): Promise<Connection> {
  shared ??= connect().catch((error: unknown) => {
    shared = null;
    throw error;
  });
  return shared;
}

/**
 * Ends the workers that Cairn started here. Runs still running become abandoned. The next call of
 * anything starts them anew.
 */
export async function disconnect(): Promise<void> {
  const open = shared;
  shared = null;
  (await open?.catch(() => null))?.close();
}

// The lineage graph as a person looks at it: how far it reaches, what is opened, found and chosen.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { problemOf, type Problem } from "../../core/errors.ts";
import type { AlikeId, AlikeSet } from "../../core/lineage-alike.ts";
import { findInLineage } from "../../core/lineage-search.ts";
import {
  visibleGraph,
  type VisibleGraph,
  type VisibleId,
  type VisibleNode,
} from "../../core/lineage-view.ts";
import type {
  LineageDirection,
  LineageGraph,
  LineageNode,
  LineageNodeId,
} from "../../core/lineage.ts";
import type { BrowseApi } from "../../protocol/browse-api.ts";
import type { LayoutApi } from "../../protocol/layout-api.ts";
import { MOST_HOPS, type LineageRoute } from "../lineage-route.ts";
import { arrange, isInGroup, type Drawn } from "./lineage-drawn.ts";
import { Loader, type Resource } from "./resource.ts";

/** What a URL says of a graph. */
export type LineagePlace = Omit<LineageRoute, "form">;

const FIRST_NODES = 500;
const NODE_STEP = 500;
/** More can't be read by anyone. */
const MOST_NODES = 5000;

export class LineageState {
  readonly home: LineageNodeId;
  readonly focus: Signal<LineageNodeId>;
  readonly depth: Signal<number>;
  readonly direction: Signal<LineageDirection>;
  readonly maxNodes = signal(FIRST_NODES);
  readonly query: Signal<string>;
  /** The node the keyboard is on. */
  readonly active = signal<VisibleId | null>(null);
  /** Asks to bring a node into view; taken back once that is done. */
  readonly toReveal = signal<VisibleId | null>(null);
  /** Whether its card is open. */
  readonly isCardOpen = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly #drawn = signal<Drawn | null>(null);
  readonly #isBusy = signal(false);
  readonly #openNodes = signal<ReadonlySet<LineageNodeId>>(new Set());
  readonly #openSets = signal<ReadonlySet<AlikeId>>(new Set());
  readonly #taken = signal<ReadonlySet<LineageNodeId>>(new Set());
  readonly #loader = new Loader<LineageGraph>();
  readonly #store: Pick<BrowseApi, "lineageAround">;
  readonly #layouts: LayoutApi;
  readonly #stopDrawing: () => void;
  /** To become active as soon as it is drawn. */
  #wanted: LineageNodeId | null = null;
  /** Its card is opened as soon as it is drawn. */
  readonly #cardWanted: Signal<VisibleId | null>;
  #request = 0;
  #loads = 0;

  constructor(
    home: LineageNodeId,
    store: Pick<BrowseApi, "lineageAround">,
    layouts: LayoutApi,
    place: LineagePlace,
  ) {
    this.home = home;
    this.focus = signal(focusIn(place, home));
    this.depth = signal(place.hops);
    this.direction = signal(place.direction);
    this.query = signal(place.find);
    this.#cardWanted = signal(cardIn(place));
    this.#store = store;
    this.#layouts = layouts;
    this.#stopDrawing = effect(() => {
      const graph = this.visible.value;
      if (graph !== null) void this.#arrange(graph);
    });
  }

  /** Ends the drawing of what changes. */
  stop(): void {
    this.#stopDrawing();
  }

  get loaded(): ReadonlySignal<Resource<LineageGraph>> {
    return this.#loader.state;
  }

  get drawn(): ReadonlySignal<Drawn | null> {
    return this.#drawn;
  }

  /** Something is being read. */
  get isBusy(): ReadonlySignal<boolean> {
    return this.#isBusy;
  }

  /** What a URL has to say to show the same again. */
  readonly place = computed<LineagePlace>(() => {
    const [focus, active] = [this.focus.value, this.active.value];
    const card = this.#cardWanted.value ?? (this.isCardOpen.value ? active : null);
    return {
      direction: this.direction.value,
      hops: this.depth.value,
      around: focus === this.home ? "" : focus,
      node: card ?? "",
      find: this.query.value,
    };
  });

  /** The whole graph that was read. */
  readonly graph = computed<LineageGraph | null>(() => {
    const { value } = this.#loader.state;
    return value.phase === "ready" ? value.value : null;
  });

  readonly visible = computed<VisibleGraph | null>(() => {
    const graph = this.graph.value;
    if (graph === null) return null;
    return visibleGraph(graph, { sets: this.#openSets.value, nodes: this.#taken.value });
  });

  readonly nodes = computed<ReadonlyMap<LineageNodeId, LineageNode>>(
    () => new Map(this.graph.value?.nodes.map((node) => [node.id, node])),
  );

  /** The nodes found, nearest first. */
  readonly found = computed<readonly LineageNodeId[]>(() =>
    this.graph.value === null ? [] : findInLineage(this.graph.value, this.query.value),
  );

  /** Where what was found is drawn. */
  readonly foundPlaces = computed<ReadonlySet<VisibleId>>(() => {
    const places = this.#drawn.value?.graph.placeOf;
    return new Set(this.found.value.flatMap((id) => places?.get(id) ?? []));
  });

  readonly activeNode = computed<VisibleNode | null>(() => {
    const [drawn, active] = [this.#drawn.value, this.active.value];
    if (drawn === null || active === null) return null;
    return drawn.graph.nodes[drawn.indexOf.get(active) ?? -1] ?? null;
  });

  /** Reads the graph; again, silently, when something was committed. */
  async load(isRefresh = false): Promise<void> {
    const options = {
      depth: this.depth.value,
      direction: this.direction.value,
      maxNodes: this.maxNodes.value,
    };
    const fetch = (): Promise<LineageGraph> =>
      this.#store.lineageAround(this.focus.value, options, [...this.#openNodes.value]);
    const turn = ++this.#loads;
    this.#isBusy.value = true;
    await (isRefresh ? this.#loader.refresh(fetch) : this.#loader.load(fetch));
    // An earlier answer must not call off the wait for a later one.
    if (turn === this.#loads) this.#isBusy.value = false;
  }

  /** Shows what a URL says. What is there already stays as it is. */
  async goToPlace(place: LineagePlace): Promise<void> {
    const now = this.place.peek();
    const focus = focusIn(place, this.home);
    const isElsewhere = focus !== this.focus.peek();
    const isSame = !isElsewhere && place.direction === now.direction && place.hops === now.hops;
    batch(() => {
      this.focus.value = focus;
      this.depth.value = place.hops;
      this.direction.value = place.direction;
      this.query.value = place.find;
      if (place.node === now.node) return;
      this.isCardOpen.value = false;
      this.#cardWanted.value = cardIn(place);
    });
    if (isElsewhere) {
      this.#openNodes.value = new Set();
      this.#wanted = focus;
    }
    if (!isSame) return this.load();
    const drawn = this.#drawn.peek();
    if (drawn !== null) this.#openCard(drawn);
  }

  setDepth(depth: number): Promise<void> {
    this.depth.value = Math.min(MOST_HOPS, Math.max(1, depth));
    return this.load();
  }

  setDirection(direction: LineageDirection): Promise<void> {
    this.direction.value = direction;
    return this.load();
  }

  get canShowMore(): boolean {
    return this.maxNodes.value < MOST_NODES;
  }

  /** Asks for more nodes than the limit let through. */
  showMore(): Promise<void> {
    this.maxNodes.value = Math.min(MOST_NODES, this.maxNodes.value + NODE_STEP);
    return this.load();
  }

  /** Draws the graph around another node. */
  focusOn(id: LineageNodeId): Promise<void> {
    this.focus.value = id;
    this.#openNodes.value = new Set();
    this.#wanted = id;
    return this.load();
  }

  /** Shows the neighbours of a node, however many hops away it is. */
  async expand(id: LineageNodeId): Promise<void> {
    this.#openNodes.value = new Set([...this.#openNodes.value, id]);
    await this.load();
    // Whatever is still left out fell to the limit of nodes.
    if (this.nodes.value.get(id)?.hasMore === true && this.canShowMore) await this.showMore();
  }

  /** Draws the members of a set apart, or as one again. */
  setOpen({ id, members }: AlikeSet, isOpen: boolean): void {
    const own = new Set(members.map((member) => member.id));
    this.#taken.value = new Set([...this.#taken.value].filter((taken) => !own.has(taken)));
    const open = new Set(this.#openSets.value);
    if (isOpen) open.add(id);
    else open.delete(id);
    this.#openSets.value = open;
    const [first] = members;
    if (first !== undefined) this.#wanted = first.id;
  }

  isSetOpen({ id }: AlikeSet): boolean {
    return this.#openSets.value.has(id);
  }

  /** Draws one member of a group by itself and goes to it, or puts it back. */
  takeOut(id: LineageNodeId, isOut: boolean): void {
    const taken = new Set(this.#taken.value);
    if (isOut) taken.add(id);
    else taken.delete(id);
    this.#wanted = id;
    this.#taken.value = taken;
  }

  /** Makes a node active, and takes it out of its group for that. */
  goTo(id: LineageNodeId): void {
    if (this.#drawn.value?.graph.placeOf.get(id) === id) this.walkTo(id);
    else this.takeOut(id, true);
  }

  /** Makes a node that is drawn active, and brings it into view. */
  walkTo(id: VisibleId): void {
    this.active.value = id;
    this.toReveal.value = id;
  }

  /** Goes to the next node found, or to the one before. */
  goToFound(step: 1 | -1): void {
    const found = this.found.value;
    if (found.length === 0) return;
    const at = found.findIndex((id) => id === this.active.value);
    const next =
      found[
        at === -1 ? (step === 1 ? 0 : found.length - 1) : (at + step + found.length) % found.length
      ];
    if (next !== undefined) this.goTo(next);
  }

  async #arrange(graph: VisibleGraph): Promise<void> {
    const request = ++this.#request;
    const focus = this.graph.peek()?.focus ?? this.home;
    try {
      const drawn = await arrange(graph, focus, this.#drawn.peek(), this.#layouts);
      if (request !== this.#request) return;
      this.problem.value = null;
      this.#show(drawn);
    } catch (error) {
      if (request === this.#request) this.problem.value = problemOf(error);
    }
  }

  #show(drawn: Drawn): void {
    const { placeOf } = drawn.graph;
    const active = this.active.peek();
    const wanted = this.#wanted === null ? undefined : placeOf.get(this.#wanted);
    if (wanted !== undefined) this.#wanted = null;
    const kept = active !== null && drawn.indexOf.has(active) ? active : undefined;
    batch(() => {
      this.active.value = wanted ?? kept ?? placeOf.get(drawn.focus) ?? null;
      if (wanted !== undefined) this.toReveal.value = wanted;
      this.#drawn.value = drawn;
      this.#openCard(drawn);
    });
  }

  /** Opens the card that a URL asked for; of one in a group once that is drawn by itself. */
  #openCard(drawn: Drawn): void {
    const wanted = this.#cardWanted.peek();
    if (wanted === null) return;
    if (isInGroup(drawn, wanted)) return this.takeOut(wanted, true);
    this.#cardWanted.value = null;
    if (!drawn.indexOf.has(wanted)) return;
    this.#wanted = null;
    this.walkTo(wanted);
    this.isCardOpen.value = true;
  }
}

const NODE_ID = /^(version|run):\w+$/;

/** The node that a URL draws the graph around. */
function focusIn({ around }: LineagePlace, home: LineageNodeId): LineageNodeId {
  return NODE_ID.test(around) ? (around as LineageNodeId) : home;
}

function cardIn({ node }: LineagePlace): VisibleId | null {
  return node === "" ? null : (node as VisibleId);
}

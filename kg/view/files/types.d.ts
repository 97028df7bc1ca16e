/* The shapes of the page's data and of what is drawn, for the type checker alone: nothing of this reaches the page. */

declare namespace kg {
  /* ── the data, as kg/view/payload.py writes them; what indexing adds is marked so ── */
  interface Table {
    rows: number;
    columns: Record<string, any[] | { every: any } | { words: string[]; picks: number[] }>;
  }
  interface Actor {
    id: string;
    name: string;
    type: string;
    family: string;
    typeLabel: string;
    aliases: string[];
    country: string;
    partOf: string;
    community: number;
    offices: { title: string; organisation: number | null; organisationName: string; tense: string }[];
    /* added */
    index: number;
    links: number[];
    said: number[];
    about: number[];
    /* Statements with a figure that is placed there, which do not speak of it. */
    placed: number[];
    comparisons: number[];
    rank: number;
  }
  interface Link {
    source: number;
    target: number;
    kind: string;
    label: string;
    statements: number[];
    comparisons: number[];
    width: number;
    bend: number;
    /* added */
    index: number;
  }
  interface Figure {
    text: string;
    value: number | null;
    low: number | null;
    high: number | null;
    comparator: string;
    unit: string;
    population: string;
    event: string;
    place: string;
    asOf: string | null;
    id: string | null;
    whose: string;
    /* As the page reads it: value, unit and what is counted; what happened to that; where "around" ends. */
    words: string;
    happened: string;
    near: [low: number, high: number] | null;
  }
  interface Statement {
    id: string;
    speaker: number | null;
    speakerName: string;
    role: string;
    organisation: string;
    tense: string | null;
    cue: string;
    stance: string;
    kind: string;
    certainty: string;
    negated: boolean;
    content: string;
    saidOn: string | null;
    about: number[];
    figures: Figure[];
    evidence: [text: string, mark: string][];
    article: number | null;
    spans: [mark: string, start: number, end: number][];
    start: number;
    end: number;
    within: number | null;
    reason: string;
    confidence: number | null;
    /* added */
    index: number;
    comparisons: number[];
    relays: number[];
    date: string;
  }
  interface Side {
    statement: number;
    speaker: string;
    figure: Figure;
  }
  interface Comparison {
    id: string;
    verdict: string;
    reason: string;
    left: Side;
    right: Side;
    /* added */
    index: number;
    disagrees: boolean;
  }
  interface Article {
    id: string;
    title: string;
    published: string | null;
    publisher: string;
    url: string;
    text: string | null;
    /* added */
    index: number;
    statements: number[];
  }
  interface Affair {
    id: string;
    label: string;
    happening: string;
    articles: number[];
    lanes: number[];
    /* added */
    index: number;
  }
  /* Who publishes, by name; `node` where it is an actor, too. Gathered from the articles. */
  interface Publisher {
    id: string;
    name: string;
    articles: number[];
    node: number | null;
    index: number;
  }
  interface Lane {
    label: string;
    story: string;
    points: [statement: number, figure: number, edtf: string][];
    pairs: number[];
  }
  interface Data {
    nodes: Actor[];
    links: Link[];
    statements: Statement[];
    comparisons: Comparison[];
    articles: Article[];
    lanes: Lane[];
    affairs: Affair[];
    /* added */
    publishers: Publisher[];
    verdicts: Record<string, { label: string; disagreement: boolean; order: number }>;
    families: Record<string, { label: string; plural: string; shape: Shape; colour: string }>;
    kinds: Record<string, { label: string; verb: string; inverse: string; light: string; dark: string; dashes: number[]; arrow: boolean }>;
    voices: Record<string, string>;
    certainties: Record<string, string>;
    terms: Record<"prefixes" | "classes" | "properties" | "values", Record<string, string>>;
    lexicon: { concepts: string[]; sounds: Record<"letters" | "endings" | "spellings", [string, string][]> };
    places: { x: number[]; y: number[]; r: number[] };
    folding: { active: boolean; few: number };
    drawing?: { families: Record<string, any>; kinds: Record<string, any>; options: any };
  }
  type Graph = Data;

  /* ── what the reader chooses and sees ── */
  type Choice =
    | { view: "overview" }
    | { view: "node"; node: number }
    | { view: "link"; link: number }
    | { view: "statement"; statement: number }
    | { view: "comparison"; comparison: number }
    | { view: "disagreements"; about?: number }
    | { view: "article"; article: number; statement?: number }
    | { view: "affair"; affair: number }
    | { view: "publisher"; publisher: number }
    | { view: "path"; nodes: number[]; links: number[] }
    | { view: "search"; query: string; facets?: [name: string, value: string][] }
    | { view: "group"; group: number };
  type ChoiceOf<V extends Choice["view"]> = Extract<Choice, { view: V }>;
  type Open = (choice: Choice, how?: { stay?: boolean }) => void;
  type Find = (query: string, most?: number) => Choice[];
  interface Filters {
    families: Set<string>;
    kinds: Set<string>;
    voices: Set<string>;
    certainties: Set<string>;
    publishers: Set<string>;
    confidence: number;
    low: number | null;
    high: number | null;
    disagreements: boolean;
    from: string | null;
    to: string | null;
    /* Not filters, but what the reader wishes to see drawn: asides as nodes; more of the actors; all of them as a map. */
    clock: "published" | "said";
    wished: Set<"places" | "publishers">;
    more: boolean;
    whole: boolean;
    /* Which of the pages of an answer that has several. */
    page: number;
    /* Communities are outlined; nodes are as large as they have links. */
    hulls: boolean;
    byLinks: boolean;
    only: { nodes: Set<number>; links?: Set<number>; around?: [node: number, steps: number]; path?: [from: number, to: number] } | null;
  }
  /* How it is seen: the theme, if the reader chose one; where the picture looks, as shares of what is drawn and of the
     zoom that fits, if the reader moved about; the open dialog; the communities, and those that are opened. */
  interface Manner {
    theme: "dark" | "light" | null;
    look: [across: number, down: number, zoom: number] | null;
    dialog: string[];
    groups: Group[];
    opened: Set<number>;
  }
  interface Lit {
    nodes: Set<number>;
    links: Set<number>;
  }
  interface Shown extends Lit {
    statements: Set<number>;
  }
  /* What is drawn of what passes the filters; `few` enough to be set into the window with all names. */
  interface Answer extends Shown {
    /* Of how many these are a page; which, of how many pages; around whom, where they are the neighbours of one; and
       whether those are only a part of what passes the filters. */
    of: number;
    others: number;
    page: number;
    pages: number;
    around: number | null;
    part: boolean;
    few: boolean;
  }
  /* What of the app the panel's buttons call. */
  interface Actions {
    only: (node: number | null, steps?: number) => void;
    group: (index: number) => { members: number[]; opened: boolean };
    unfold: (index: number, opened: boolean) => void;
    find: Find;
    /* The same choice, narrowed: what is drawn and the address follow, the panel stays as it is. */
    refine: (choice: Choice) => void;
    /* The charts, or some of them. */
    figures: (lanes?: number[]) => void;
  }

  /* ── what is drawn ── */
  type Shape = "dot" | "square" | "triangle" | "diamond" | "hexagon";
  interface Point {
    x: number;
    y: number;
  }
  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  /* A node of the picture; a whole community has an id below zero and the fields of Group. */
  interface Item extends Point {
    id: number;
    home: [x: number, y: number, size: number];
    size: number;
    shape: Shape;
    colour: string;
    label: string;
    /* A shorter name where the picture is crowded, in smaller letters where it is very much so. */
    brief?: string;
    small: boolean;
    person: boolean;
    rank: number;
    side: "right" | null;
    /* Tied to nobody at all; to nobody of those that are drawn. */
    alone?: boolean;
    apart?: boolean;
    community?: number;
    group?: number;
  }
  interface Group extends Item {
    group: number;
    members: number[];
    first: number;
  }
  interface Tie {
    id: number;
    from: number;
    to: number;
    kind: string;
    bend: number;
    width: number;
    dashes: number[];
    arrow: boolean;
    /* The figures of what was compared. */
    figures?: string;
  }
  interface Folding {
    active: boolean;
    groups: Group[];
    opened: Set<number>;
    folded: (id: number) => boolean;
    shownGroups: () => Group[];
    bundles: () => Tie[];
    pin: (ids: number[]) => void;
  }
  /* How close names stand: pixels of a row, letters of a name, whether they are small, pixels between two. */
  interface Density {
    row: number;
    letters: number;
    small: boolean;
    gap: number;
  }
  interface Note extends Point {
    text: string;
    up?: number;
    middle?: boolean;
    opens?: "others";
  }
  interface Scene {
    items: Item[];
    tie: (id: number) => Tie;
    /* Words beside what is drawn, so many pixels above their place; and what a click on them opens. */
    notes: Note[];
    /* Whose neighbours are folded, and how many of them. */
    others: { around: number; count: number } | null;
    /* Whether an answer is drawn rather than the map of everything. */
    answer: boolean;
    /* Whether communities are outlined. */
    hulls: boolean;
    byLinks: boolean;
    folding: Folding;
    palette: Record<"ink" | "paper" | "outline" | "chosen" | "muted", string>;
    dark: boolean;
    seen: Lit | null;
    bright: Lit | null;
    chosen: Lit;
    /* A node by its id; below zero is a whole community. */
    item: (id: number) => Item;
    hidden: (id: number) => boolean;
    faded: (id: number) => boolean;
    hiddenTie: (tie: Tie) => boolean;
    drawnItems: () => Item[];
    drawnTies: () => Tie[];
    /* Those of some that are drawn; all that are, without any. */
    shown: (some?: Iterable<number> | null) => Item[];
    /* How large nodes are: by what they said, or by how many links they have. */
    sizeBy: (byLinks: boolean) => void;
    itemLook: (item: Item) => { hidden: boolean; opacity: number; fill: string; border: string; line: number };
    tieLook: (tie: Tie) => { hidden: boolean; ink: string; width: number; opacity: number };
    inkOf: (kind: string) => string;
    theme: (dark: boolean) => void;
  }
  /* Where the window looks: the middle of it in the plane, and pixels a unit of the plane. */
  interface Look extends Point {
    scale: number;
  }
  interface View extends Look {
    width: number;
    height: number;
  }
  /* A name that wants a place, in pixels of the screen; and one that has it. */
  interface Spot extends Point {
    index: number;
    radius: number;
    text: string;
    rank: number;
    strong: 0 | 1;
    side: "right" | null;
    small: boolean;
    quiet: boolean;
    faint: boolean;
  }
  interface Label extends Spot {
    left: number;
    top: number;
    wide: number;
    high: number;
    rows: string[];
    middle: boolean;
  }
  type Hit = { node: number; link?: undefined; group?: undefined } | { link: number; node?: undefined; group?: undefined } | { group: number; node?: undefined; link?: undefined };
  interface Watchers {
    onselect: (hit: Hit | null) => void;
    onhover: (hit: (Hit & { at: Point }) | null) => void;
    onmove: () => void;
    /* A click on words that open what is folded. */
    onothers: () => void;
  }
  /* What any renderer can do. */
  interface Renderer {
    restyle: () => void;
    replace: () => void;
    view: () => View;
    look: (look: Look, animated?: boolean) => void;
    spot: (id: number) => Point;
    names: () => Label[];
    drawn: () => { nodes: number[]; links: number[]; groups?: number[] };
  }
  type Draw = (container: HTMLElement, scene: Scene, options: Watchers & { drawing: Data["drawing"] }) => Renderer;

  /* What is written around a picture that is taken away. */
  interface Caption {
    title: string;
    under: string;
    key: { text: string; ink: string; dashes: number[] }[];
    shapes: { text: string; shape: Shape; colour: string }[];
  }

  /* A scene with its renderer, and what is the same for every renderer. */
  interface Picture {
    scene: Scene;
    show: (visible: Answer) => void;
    highlight: (some: Lit | null, chosen?: Lit) => void;
    theme: (dark: boolean) => void;
    style: (how: { hulls: boolean; byLinks: boolean }) => void;
    unfold: (group: number, open?: boolean) => void;
    pin: (ids: number[]) => void;
    fit: (some?: Iterable<number> | null, animate?: boolean) => void;
    /* Where the reader looks, as shares of what is drawn and of the zoom that fits; null where all is in the window. */
    looked: () => Manner["look"];
    lookAt: (look: Manner["look"]) => void;
    zoom: (factor: number) => void;
    move: (right: number, down: number) => void;
    focus: (id: number) => void;
    svg: (told: Caption) => string;
    view: () => View;
    spot: (id: number) => Point;
    names: () => Pick<Label, "index" | "left" | "top" | "wide" | "high">[];
    state: () => { scale: number; nodes: number[]; links: number[]; groups?: number[] };
  }

  /* ── elements ── */
  type Content = Node | string | number | boolean | null | undefined | Content[];
  type Tag<S extends string> = S extends `${infer T}.${string}` ? T : S;
  type ElementOf<S extends string> = Tag<S> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag<S>] : HTMLElement;
}

declare const vis: any;

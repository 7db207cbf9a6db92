
// The map of a dutygraph page: draws the boxes, filters and finds them, tells a story step by step, and says what is
// held of what somebody chooses. Positions come from the page's data; what is picked out of it is packed here anew.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const element = (id) => document.getElementById(id);
  const [stage, map, panels, details, results, words, found, tip, cursorSaid] =
    ["stage", "map", "panels", "details", "results", "words", "found", "tip", "cursor"].map(element);
  const INK = "#1a1a1a", SOFT = "#555555", FACE = "Arial, Helvetica, 'Liberation Sans', sans-serif";
  const { FONT, LINE, GAP, ROW, GUTTER, HEAD, MARGIN } = data.measures;
  const DIRECT = 7; // milliseconds in which a picture must be drawn to be drawn anew in every frame
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const real = data.nodes.filter((node) => !node.members);
  const beside = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    beside.get(edge.from).push(edge);
    if (edge.to !== edge.from) beside.get(edge.to).push(edge);
  }
  const inside = new Map(data.nodes.filter((node) => node.members).map((node) => [node.id, []]));
  for (const node of real) if (node.group) inside.get(node.group).push(node);
  for (const thing of [...data.nodes, ...data.edges]) Object.assign(thing, data.supports[thing.rests]);
  for (const node of data.nodes) node.certain = node.certain || node.family === "area";
  const describe = (thing) => [...new Set([...(thing.sentences || [thing.label, thing.kind]), thing.laws, thing.dates, thing.evidence])]
    .filter(Boolean).join("\n");
  const many = data.days.length > 1;
  const state = {
    mode: data.views.overview ? "overview" : "everything", only: null, chosen: null, cursor: null, hover: null,
    day: data.days.length - 1, two: false, step: -1, bright: null,
    filter: { kind: "", law: "", role: "", evidence: "", linked: true }, lines: new Set(Object.keys(data.strokes)),
  };

  // What is there, and what of it is shown
  const there = (thing, day) => !thing.days || thing.days.includes(day);
  const isThere = (node, day) => (node.members ? inside.get(node.id).some((part) => there(part, day)) : there(node, day));
  const seen = (thing) => (state.two ? true : there(thing, state.day));
  const holder = (node) => (state.mode === "overview" && !state.only && node.group ? node.group : node.id);
  const doubts = (thing) => (thing.checked ? [] : ["unchecked"]).concat(thing.weak ? ["weak"] : [], thing.how);
  const filtered = () => ["kind", "law", "role", "evidence"].some((name) => state.filter[name]);

  const sift = () => { // the things and facts that pass the filter
    const { kind, law, role, evidence, linked } = state.filter;
    const passed = data.edges.filter((edge) => seen(edge) && state.lines.has(edge.kind)
      && (!role || edge.roles.includes(role)) && (!evidence || doubts(edge).includes(evidence)));
    if (!filtered()) return { shown: new Set(real.map((node) => node.id)), kept: passed, core: null };
    const ends = new Set(passed.flatMap((edge) => [edge.from, edge.to]));
    const core = new Set(real.filter((node) =>
      (!kind || node.family === kind || `${node.family}: ${node.kind}` === kind)
      && (!law || node.statutory === law)
      && (!role || ends.has(node.id))
      && (!evidence || ends.has(node.id) || doubts(node).includes(evidence))).map((node) => node.id));
    const shown = new Set(core);
    const kept = passed.filter((edge) => core.has(edge.from) || core.has(edge.to));
    const welcome = (id) => !law || !nodes.get(id).statutory || nodes.get(id).statutory === law;
    if (linked && (kind || law)) for (const { from, to } of kept) for (const id of [from, to]) if (welcome(id)) shown.add(id);
    return { shown, kept: kept.filter((edge) => shown.has(edge.from) && shown.has(edge.to)), core };
  };

  const neighbours = (ids) => {
    const near = new Set(ids);
    for (const id of ids) for (const edge of beside.get(id)) {
      if (seen(edge) && !data.strokes[edge.kind].place) { near.add(edge.from); near.add(edge.to); }
    }
    return near;
  };

  // Positions: as the page has them, or packed anew from what is left
  const pack = (ids) => {
    const held = [...ids].map((id) => nodes.get(id));
    const order = new Map(data.nodes.map((node, at) => [node.id, at]));
    held.sort((one, other) => order.get(one.id) - order.get(other.id));
    const lanes = data.lanes.filter(({ key }) => held.some((node) => node.lane === key));
    const bands = data.bands.filter(({ key }) => held.some((node) => node.band === key));
    const cell = (lane, band) => held.filter((node) => node.lane === lane && node.band === band);
    const keys = [null, ...bands.map(({ key }) => key)];
    const cells = new Map(lanes.map(({ key }) => [key, keys.map((band) => cell(key, band))]));
    const wide = new Map(lanes.map(({ key }) => [key, Math.max(...cells.get(key).flat().map((node) => node.w))]));
    const rows = (list, columns) => {
      const made = [];
      for (let at = 0; at < list.length; at += columns) made.push(list.slice(at, at + columns));
      return made;
    };
    const high = (list, columns) =>
      rows(list, columns).reduce((sum, row) => sum + Math.max(...row.map((node) => node.h)) + ROW, 0);
    const size = (columns) => {
      const width = lanes.reduce((sum, { key }) => sum + columns.get(key) * (wide.get(key) + GAP) - GAP + GUTTER, MARGIN + BULGE - GUTTER);
      const tiers = keys.map((band, at) => Math.max(0, ...lanes.map(({ key }) => high(cells.get(key)[at], columns.get(key)))));
      const free = HEAD + 2 * MARGIN + tiers[0];
      const stacked = HEAD + MARGIN + tiers.slice(1).reduce((sum, height) => sum + height + HEAD + 12, 0);
      return { width, height: Math.max(free, stacked), tiers };
    };
    const aspect = Math.max(0.4, map.clientWidth / Math.max(1, map.clientHeight)) / (state.two ? 2 : 1);
    const cost = (columns) => { const { width, height } = size(columns); return Math.max(width, height * aspect); };
    let columns = new Map(lanes.map(({ key }) => [key, 1])), best = columns;
    for (let turn = 0; turn < 60; turn++) {
      const wider = lanes.map(({ key }) => new Map([...columns, [key, columns.get(key) + 1]]))
        .filter((choice) => lanes.every(({ key }) => choice.get(key) <= Math.max(1, ...cells.get(key).map((list) => list.length))));
      if (!wider.length) break;
      columns = wider.reduce((one, other) => (cost(other) < cost(one) ? other : one));
      if (cost(columns) < cost(best)) best = columns;
    }
    const { width, height, tiers } = size(best);
    const boxes = new Map(), laneBoxes = [], bandBoxes = [];
    let left = MARGIN;
    const lefts = new Map();
    for (const { key, label } of lanes) {
      const span = best.get(key) * (wide.get(key) + GAP) - GAP;
      lefts.set(key, left);
      laneBoxes.push({ label, left, top: 0, width: span, height: HEAD });
      left += span + GUTTER;
    }
    let top = HEAD;
    keys.forEach((band, at) => {
      const start = band === null ? HEAD + MARGIN : top + HEAD + 12;
      for (const { key } of lanes) {
        let down = band === null ? start + Math.max(0, (height - start - MARGIN - high(cells.get(key)[at], best.get(key))) / 2) : start;
        for (const row of rows(cells.get(key)[at], best.get(key))) {
          const tall = Math.max(...row.map((node) => node.h));
          row.forEach((node, column) => boxes.set(node.id, [
            lefts.get(key) + column * (wide.get(key) + GAP) + wide.get(key) / 2, down + tall / 2]));
          down += tall + ROW;
        }
      }
      if (band === null) return;
      const inBands = laneBoxes.filter((_lane, index) => cells.get(lanes[index].key).slice(1).some((list) => list.length));
      const from = Math.min(...inBands.map((lane) => lane.left)) - MARGIN / 2;
      const to = Math.max(...inBands.map((lane) => lane.left + lane.width)) + MARGIN / 2;
      bandBoxes.push({ label: bands[at - 1].label, left: from, top: top + 12, width: to - from, height: tiers[at] + HEAD });
      top += tiers[at] + HEAD + 12;
    });
    return { width, height, lanes: laneBoxes, bands: bandBoxes, boxes };
  };

  // The scene: boxes and lines as they stand, made once and drawn often
  let scene = null;
  const build = () => {
    const step = data.steps[state.step];
    const { shown, kept, core } = sift();
    let view, ids, drawn = kept;
    if (step && step.view) {
      view = { ...step.view, boxes: new Map(Object.entries(step.view.boxes)) };
      ids = [...view.boxes.keys()];
      drawn = data.edges.filter(seen);
    } else if (state.only) {
      ids = [...state.only].filter((id) => seen(nodes.get(id)));
      drawn = data.edges.filter((edge) => seen(edge) && state.lines.has(edge.kind)
        && (state.anchor.has(edge.from) || state.anchor.has(edge.to)));
      view = pack(ids);
    } else {
      const base = data.views[state.mode];
      ids = Object.keys(base.boxes).filter((id) => (nodes.get(id).members ? inside.get(id).some((part) => shown.has(part.id)) : shown.has(id)));
      if (core && state.mode === "overview" && shown.size <= data.most) ids = [...shown];
      view = core || state.two ? pack(ids) : { ...base, boxes: new Map(Object.entries(base.boxes)) };
    }
    const boxes = new Map(ids.map((id) => {
      const [x, y] = view.boxes.get(id), node = nodes.get(id);
      return [id, { id, node, x, y, w: node.w, h: node.h }];
    }));
    const stand = (id) => (boxes.has(id) ? id : nodes.get(id).group);
    const links = new Map();
    for (const edge of drawn) {
      const from = stand(edge.from), to = stand(edge.to);
      if (!from || !to || from === to || !boxes.has(from) || !boxes.has(to)) continue;
      const key = `${from} ${to} ${edge.kind}`;
      const link = links.get(key) || { key, from: boxes.get(from), to: boxes.get(to), kind: edge.kind, edges: [], certain: true, quiet: true, amount: 0 };
      link.edges.push(edge);
      link.amount += edge.amount || 0;
      link.certain = link.certain && edge.certain;
      link.quiet = link.quiet && edge.quiet && !(state.only || (step && step.view));
      links.set(key, link);
    }
    const most = Math.max(1, ...[...links.values()].map((link) => link.amount));
    const rows = rowsOf(boxes.values());
    for (const link of links.values()) {
      link.width = link.amount ? Math.max(2, 34 * Math.sqrt(link.amount / most)) : data.strokes[link.kind].width;
      link.curve = curve(link.from, link.to, rows);
    }
    scene = { ...view, list: [...boxes.values()], boxes, links: [...links.values()], picked: Boolean(state.only || core || state.two || (step && step.view)) };
    scene.near = new Map(scene.list.map((box) => [box.id, []]));
    for (const link of scene.links) { scene.near.get(link.from.id).push(link); scene.near.get(link.to.id).push(link); }
    const kept_ = element("kept");
    kept_.textContent = filtered() ? `${shown.size} of ${real.length} things are shown.` : "";
  };

  const BULGE = 42;
  const rowsOf = (boxes) => {
    const rows = new Map();
    for (const box of boxes) {
      const key = Math.round(box.y);
      if (rows.has(key)) rows.get(key).push(box); else rows.set(key, [box]);
    }
    return rows;
  };
  const curve = (from, to, rows) => { // leaves and arrives level; at top or bottom where a box of the row stands between
    const apart = to.x - from.x, down = to.y - from.y, near = (from.w + to.w) / 2;
    if (Math.abs(apart) < near) { // one above the other: out to the right and back
      const x = Math.max(from.x + from.w / 2, to.x + to.w / 2) + BULGE;
      return [from.x + from.w / 2, from.y, x, from.y, x, to.y, to.x + to.w / 2, to.y];
    }
    const pull = Math.max(BULGE, Math.abs(down) / 2), reach = Math.max(0, Math.abs(apart) - near) / 2, far = Math.abs(apart);
    const leaves = (box, side, below) => {
      if (rows.get(Math.round(box.y)).some((other) => (other.x - box.x) * side > 0 && (other.x - box.x) * side < far - 1)) {
        const edge = box.y + (below ? 1 : -1) * box.h / 2;
        return [box.x, edge, box.x, edge + (below ? pull : -pull)];
      }
      const edge = box.x + side * box.w / 2;
      return [edge, box.y, edge + side * reach, box.y];
    };
    const side = Math.sign(apart), [a, b, c, d] = leaves(from, side, down > 1), [g, h, e, f] = leaves(to, -side, -down > 1);
    return [a, b, c, d, e, f, g, h];
  };

  const look = () => { // ids that are bright; null for all
    const step = data.steps[state.step];
    if (state.chosen && edges.has(state.chosen)) {
      const edge = edges.get(state.chosen);
      return new Set([edge.from, edge.to].map((id) => (scene.boxes.has(id) ? id : nodes.get(id).group)));
    }
    const id = state.chosen && (scene.boxes.has(state.chosen) ? state.chosen : nodes.get(state.chosen).group);
    if (id && scene.boxes.has(id)) return new Set([id, ...scene.near.get(id).flatMap((link) => [link.from.id, link.to.id])]);
    if (step && step.bright.length) {
      return new Set(step.bright.map((each) => (scene.boxes.has(each) ? each : nodes.get(each).group)).filter((each) => scene.boxes.has(each)));
    }
    return null;
  };

  // Drawing
  const trace = (ctx, points, x, y) => {
    points.forEach(([right, down], at) => (at ? ctx.lineTo(x + right, y + down) : ctx.moveTo(x + right, y + down)));
    ctx.closePath();
  };
  const drawBands = (ctx) => {
    ctx.fillStyle = "#f4f6f8";
    ctx.strokeStyle = "#dfe3e6";
    ctx.lineWidth = 1;
    for (const band of scene.bands) {
      ctx.fillRect(band.left, band.top, band.width, band.height);
      ctx.strokeRect(band.left, band.top, band.width, band.height);
    }
  };
  const drawLinks = (ctx, day, bright) => { // all lines of one look are one path: thousands are drawn at once
    const looks = new Map();
    const chosen = state.chosen && nodes.has(state.chosen) ? (scene.boxes.has(state.chosen) ? state.chosen : nodes.get(state.chosen).group) : null;
    for (const link of scene.links) {
      if (many && !link.edges.some((edge) => there(edge, day))) continue;
      const lit = bright ? bright.has(link.from.id) + bright.has(link.to.id) : 0;
      const near = chosen ? 2 * (link.from.id === chosen || link.to.id === chosen) : lit === 1 && !scene.picked ? 0 : lit;
      if (link.quiet && !near) continue;
      const key = `${link.kind} ${link.certain} ${near} ${link.amount ? link.width : ""}`;
      if (!looks.has(key)) looks.set(key, { link, near, path: new Path2D() });
      const [a, b, c, d, e, f, g, h] = link.curve, { path } = looks.get(key);
      path.moveTo(a, b);
      path.bezierCurveTo(c, d, e, f, g, h);
    }
    for (const { link, near, path } of [...looks.values()].sort((one, other) => one.near - other.near)) {
      const { colour, opacity } = data.strokes[link.kind];
      const full = scene.picked ? Math.max(0.7, opacity) : opacity;
      ctx.globalAlpha = bright ? [opacity * 0.12, 0.4, Math.max(0.85, opacity)][near] : full;
      ctx.strokeStyle = colour;
      ctx.lineWidth = link.width + (near && !link.amount ? 0.7 * near : 0);
      ctx.setLineDash(link.certain ? [] : [7, 5]);
      ctx.stroke(path);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  };
  const mark = (ctx, text, x, y) => {
    ctx.font = `bold 15px ${FACE}`;
    const wide = ctx.measureText(text).width + 12;
    ctx.fillStyle = INK;
    ctx.fillRect(x - wide / 2, y - 10, wide, 20);
    ctx.fillStyle = "#ffffff";
    ctx.fillText(text, x, y + 5);
  };
  const badge = (box, day) => {
    const { node } = box;
    if (state.only && state.anchor.size === 1 && !state.anchor.has(box.id)) { // in what role
      const roles = scene.near.get(box.id).flatMap((link) => link.edges)
        .filter((edge) => (state.anchor.has(edge.from) || state.anchor.has(edge.to)) && (!many || there(edge, day))).flatMap((edge) => edge.roles);
      return [...new Set(roles)].join(", ").slice(0, 34);
    }
    if (!many) return "";
    if (node.members) {
      const count = inside.get(node.id).filter((part) => there(part, day)).length;
      return count < node.members ? `${count} of ${node.members} on this day` : "";
    }
    if (!state.two || !node.days) return "";
    return day === 0 ? "only then" : "new since";
  };
  const drawBox = (ctx, box, day, bright, plain) => {
    const { node, x, y } = box, style = data.styles[node.family];
    ctx.beginPath();
    trace(ctx, data.outlines[node.outline], x, y);
    const faded = bright && !bright.has(box.id);
    ctx.fillStyle = faded ? "#ffffff" : style.fill;
    ctx.fill();
    ctx.globalAlpha = faded ? 0.4 : 1;
    ctx.strokeStyle = style.stroke;
    ctx.lineWidth = box.id === state.chosen ? 5 : bright && !faded ? 3.4 : 2.2;
    ctx.setLineDash(node.certain ? [] : [7, 5]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (!plain) { // from very far away letters are only specks
      ctx.fillStyle = INK;
      ctx.font = `${FONT}px ${FACE}`;
      const first = y - ((node.lines.length - 1) * LINE) / 2 + FONT * 0.35;
      node.lines.forEach((text, at) => ctx.fillText(text, x, first + at * LINE, node.w - 14));
    }
    ctx.globalAlpha = 1;
    const said = badge(box, day);
    if (said) mark(ctx, said, x, y + node.h / 2 + 5);
  };
  const drawNames = (ctx) => {
    ctx.lineJoin = "round";
    ctx.strokeStyle = "#f4f6f8";
    ctx.lineWidth = 5;
    ctx.textAlign = "left";
    ctx.font = `bold 16px ${FACE}`;
    ctx.fillStyle = SOFT;
    for (const band of scene.bands) {
      ctx.strokeText(band.label, band.left + 12, band.top + 21);
      ctx.fillText(band.label, band.left + 12, band.top + 21);
    }
    ctx.font = `bold 19px ${FACE}`;
    ctx.fillStyle = INK;
    ctx.textAlign = "center";
    for (const lane of scene.lanes) ctx.fillText(lane.label, lane.left + lane.width / 2, lane.top + 22);
  };
  const paint = (ctx, day, scale, area) => { // draws the part of the scene that lies in an area
    const bright = look();
    drawBands(ctx);
    state.bright = bright;
    drawLinks(ctx, day, bright);
    ctx.textAlign = "center";
    for (const box of scene.list) {
      if (box.x + box.w / 2 < area.left || box.x - box.w / 2 > area.right || box.y + box.h / 2 < area.top || box.y - box.h / 2 > area.bottom) continue;
      if (many && !isThere(box.node, day)) continue;
      drawBox(ctx, box, day, bright, FONT * scale < 3.5);
    }
    drawNames(ctx);
  };

  // A panel: one canvas that shows the scene on one day; all panels share one view of it
  const view = { scale: 1, x: 0, y: 0 }; // what of the scene stands in a panel's top left corner
  const EDGE = 0.3; // how much more than the panel is kept drawn around it, so that dragging only copies
  class Panel {
    constructor(day) {
      this.day = day;
      this.figure = make("figure", "", { class: "panel" });
      this.canvas = make("canvas", "", { tabindex: "0", role: "application", "aria-label":
        `Map of ${data.title}${many ? `, ${data.dayNames[day]}` : ""}. Arrow keys go from box to box, Enter chooses one, `
        + "plus and minus change the size, 0 shows all, Shift with arrows moves the map. The tables beneath say the same in words." });
      this.figure.append(this.canvas);
      if (state.two) this.figure.append(make("figcaption", data.dayNames[day]));
      panels.append(this.figure);
      this.ctx = this.canvas.getContext("2d", { alpha: false });
      this.kept = document.createElement("canvas");
      this.cost = 0;
      listen(this);
    }
    resize() {
      this.ratio = Math.min(2, devicePixelRatio || 1);
      this.width = this.canvas.clientWidth;
      this.height = this.canvas.clientHeight;
      this.canvas.width = Math.max(1, Math.round(this.width * this.ratio));
      this.canvas.height = Math.max(1, Math.round(this.height * this.ratio));
      this.stale = true;
    }
    scenery(canvas, ctx, left, top, width, height) {
      const start = performance.now(), scale = view.scale * this.ratio;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.fillStyle = "#ffffff";
      ctx.fillRect(0, 0, canvas.width, canvas.height);
      ctx.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
      paint(ctx, this.day, scale, { left, top, right: left + width, bottom: top + height });
      this.cost = performance.now() - start;
    }
    draw() {
      const scale = view.scale * this.ratio;
      const [wide, high] = [this.width / view.scale, this.height / view.scale];
      if (this.cost < DIRECT && this.stale !== "kept") {
        this.scenery(this.canvas, this.ctx, view.x, view.y, wide, high);
        this.stale = false;
      } else {
        const left = view.x - wide * EDGE, top = view.y - high * EDGE;
        const out = this.at && (view.x < this.at.left || view.y < this.at.top || view.x + wide > this.at.right || view.y + high > this.at.bottom);
        if (this.stale || !this.at || out || (!moving() && this.at.scale !== view.scale)) {
          this.kept.width = Math.ceil(this.canvas.width * (1 + 2 * EDGE));
          this.kept.height = Math.ceil(this.canvas.height * (1 + 2 * EDGE));
          this.pen = this.kept.getContext("2d", { alpha: false });
          this.scenery(this.kept, this.pen, left, top, wide * (1 + 2 * EDGE), high * (1 + 2 * EDGE));
          this.at = { left, top, right: left + wide * (1 + 2 * EDGE), bottom: top + high * (1 + 2 * EDGE), scale: view.scale };
          this.stale = false;
        }
        const zoom = view.scale / this.at.scale;
        this.ctx.setTransform(1, 0, 0, 1, 0, 0);
        this.ctx.drawImage(this.kept, (this.at.left - view.x) * scale, (this.at.top - view.y) * scale, this.kept.width * zoom, this.kept.height * zoom);
      }
      this.outline(state.hover, 3, 0);
      this.light(state.hover);
      if (document.activeElement === this.canvas) this.outline(state.cursor, 4, 6);
    }
    outline(id, width, away) {
      const box = id && scene.boxes.get(id);
      if (!box) return;
      const scale = view.scale * this.ratio;
      this.ctx.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
      this.ctx.lineWidth = width;
      this.ctx.strokeStyle = away ? "#0b57d0" : data.styles[box.node.family].stroke;
      this.ctx.strokeRect(box.x - box.w / 2 - away, box.y - box.h / 2 - away, box.w + 2 * away, box.h + 2 * away);
    }
    light(id) { // the lines of the box that is pointed at
      const box = id && !state.bright && scene.boxes.get(id);
      if (!box) return;
      const { ctx } = this, scale = view.scale * this.ratio;
      ctx.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
      const ends = new Set([box]);
      for (const link of scene.near.get(id)) {
        if (many && !link.edges.some((edge) => there(edge, this.day))) continue;
        const [a, b, c, d, e, f, g, h] = link.curve;
        ctx.beginPath();
        ctx.moveTo(a, b);
        ctx.bezierCurveTo(c, d, e, f, g, h);
        ctx.strokeStyle = data.strokes[link.kind].colour;
        ctx.lineWidth = link.width + (link.amount ? 0 : 1.4);
        ctx.setLineDash(link.certain ? [] : [7, 5]);
        ctx.stroke();
        ends.add(link.from).add(link.to);
      }
      ctx.textAlign = "center";
      for (const end of ends) drawBox(ctx, end, this.day, new Set([end.id]), false);
    }
    point(event) {
      const frame = this.canvas.getBoundingClientRect();
      return { x: view.x + (event.clientX - frame.left) / view.scale, y: view.y + (event.clientY - frame.top) / view.scale };
    }
    boxAt({ x, y }) {
      return scene.list.findLast((box) => Math.abs(box.x - x) <= box.w / 2 && Math.abs(box.y - y) <= box.h / 2
        && (!many || isThere(box.node, this.day)));
    }
    linkAt({ x, y }) {
      const room = 7 / view.scale, bright = look();
      let best = null, least = room * room;
      for (const link of scene.links) {
        if (many && !link.edges.some((edge) => there(edge, this.day))) continue;
        if (link.quiet && !(bright && bright.has(link.from.id) && bright.has(link.to.id))) continue;
        const [a, b, c, d, e, f, g, h] = link.curve, wide = Math.max(room, link.width / 2);
        if (x < Math.min(a, c, e, g) - wide || x > Math.max(a, c, e, g) + wide || y < Math.min(b, d, f, h) - wide || y > Math.max(b, d, f, h) + wide) continue;
        for (let at = 0; at <= 1; at += 0.02) {
          const back = 1 - at, [p, q, r, s] = [back ** 3, 3 * at * back * back, 3 * at * at * back, at ** 3];
          const far = (p * a + q * c + r * e + s * g - x) ** 2 + (p * b + q * d + r * f + s * h - y) ** 2;
          if (far < least || (link.width > 2 * room && far < (link.width / 2) ** 2 && far < least + wide * wide)) { best = link; least = Math.min(least, far); }
        }
      }
      return best;
    }
  }
  let all = [], asked = false, settled = 0;
  const moving = () => performance.now() - settled < 140;
  const render = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; for (const panel of all) panel.draw(); });
  };
  const redraw = () => { for (const panel of all) panel.stale = true; render(); };
  const clamp = (scale) => Math.min(3, Math.max(0.02, scale));
  const fit = (list = null) => {
    const { clientWidth: wide, clientHeight: high } = all[0].canvas;
    const boxes = list && list.length ? list : null;
    const edge = boxes ? 60 : 8;
    const left = boxes ? Math.min(...boxes.map((box) => box.x - box.w / 2)) - edge : -edge;
    const top = boxes ? Math.min(...boxes.map((box) => box.y - box.h / 2)) - edge : -edge;
    const right = boxes ? Math.max(...boxes.map((box) => box.x + box.w / 2)) + edge : scene.width + edge;
    const bottom = boxes ? Math.max(...boxes.map((box) => box.y + box.h / 2)) + edge : scene.height + edge;
    view.scale = clamp(Math.min(wide / (right - left), high / (bottom - top), 2.2));
    view.x = (left + right) / 2 - wide / 2 / view.scale;
    view.y = (top + bottom) / 2 - high / 2 / view.scale;
    redraw();
  };
  const zoom = (factor, x = map.clientWidth / 2 / (state.two ? 2 : 1), y = map.clientHeight / 2) => {
    const scale = clamp(view.scale * factor);
    view.x += x / view.scale - x / scale;
    view.y += y / view.scale - y / scale;
    view.scale = scale;
    settled = performance.now();
    render();
    setTimeout(render, 160);
  };
  const pan = (x, y) => { view.x -= x / view.scale; view.y -= y / view.scale; render(); };
  const setPanels = () => {
    panels.replaceChildren();
    panels.classList.toggle("two", state.two);
    all = (state.two ? [0, data.days.length - 1] : [state.day]).map((day) => new Panel(day));
    for (const panel of all) panel.resize();
  };
  const renew = (list = null) => { build(); for (const panel of all) panel.cost = 0; fit(list); };

  // Pointers and keys on a panel
  const listen = (panel) => {
    const { canvas } = panel, down = new Map();
    let travelled = 0, spread = 0;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button) return;
      canvas.setPointerCapture(event.pointerId);
      down.set(event.pointerId, [event.clientX, event.clientY]);
      travelled = spread = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = down.get(event.pointerId);
      if (!before) return hover(panel, event);
      down.set(event.pointerId, [event.clientX, event.clientY]);
      const [x, y] = [event.clientX - before[0], event.clientY - before[1]];
      travelled += Math.abs(x) + Math.abs(y);
      if (down.size === 2) {
        const [one, other] = [...down.values()], now = Math.hypot(one[0] - other[0], one[1] - other[1]);
        const frame = canvas.getBoundingClientRect();
        if (spread) zoom(now / spread, (one[0] + other[0]) / 2 - frame.left, (one[1] + other[1]) / 2 - frame.top);
        spread = now;
      } else if (travelled > 4) { tip.hidden = true; pan(x, y); }
      return undefined;
    });
    const up = (event) => {
      const held = down.delete(event.pointerId);
      if (!held || travelled > 4 || event.type === "pointercancel") return;
      const at = panel.point(event), box = panel.boxAt(at);
      const link = box ? null : panel.linkAt(at);
      canvas.focus({ preventScroll: true });
      if (box) state.cursor = box.id;
      choose(box ? box.id : link ? link.edges[0].id : null, { link });
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", () => { tip.hidden = true; if (state.hover) { state.hover = null; render(); } });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const frame = canvas.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 500), event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
    canvas.addEventListener("dblclick", (event) => {
      const box = panel.boxAt(panel.point(event));
      if (box) only(box.id);
    });
    canvas.addEventListener("focus", render);
    canvas.addEventListener("blur", render);
    canvas.addEventListener("keydown", (event) => press(panel, event));
  };
  const hover = (panel, event) => {
    const at = panel.point(event), box = panel.boxAt(at), link = box ? null : panel.linkAt(at);
    const id = box ? box.id : null;
    if (id !== state.hover) { state.hover = id; render(); }
    panel.canvas.style.cursor = box || link ? "pointer" : "grab";
    tip.hidden = !(box || link);
    if (tip.hidden) return;
    const said = box ? describe(box.node) : link.edges.slice(0, 4).map(describe).join("\n\n");
    tip.textContent = said + (link && link.edges.length > 4 ? `\n\n… and ${link.edges.length - 4} more` : "");
    const frame = map.getBoundingClientRect();
    tip.style.left = `${Math.max(0, Math.min(event.clientX - frame.left + 16, map.clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(0, Math.min(event.clientY - frame.top + 16, map.clientHeight - tip.offsetHeight - 8))}px`;
  };
  const reveal = (box) => {
    const [wide, high] = [all[0].canvas.clientWidth / view.scale, all[0].canvas.clientHeight / view.scale];
    if (box.x - box.w / 2 < view.x || box.x + box.w / 2 > view.x + wide) view.x = box.x - wide / 2;
    if (box.y - box.h / 2 < view.y || box.y + box.h / 2 > view.y + high) view.y = box.y - high / 2;
    render();
  };
  const step = (panel, [right, down]) => { // to the nearest box in a direction
    const list = scene.list.filter((box) => !many || isThere(box.node, panel.day));
    const from = scene.boxes.get(state.cursor);
    const ahead = from ? list.filter((box) => (box.x - from.x) * right + (box.y - from.y) * down > 4) : list.slice(0, 1);
    if (!ahead.length) return;
    const far = (box) => {
      const [x, y] = [box.x - from.x, box.y - from.y];
      return Math.abs(x * right + y * down) + 2.5 * Math.abs(x * down) + 2.5 * Math.abs(y * right);
    };
    const next = from ? ahead.reduce((one, other) => (far(other) < far(one) ? other : one)) : ahead[0];
    state.cursor = next.id;
    cursorSaid.textContent = `${next.node.label}, ${next.node.kind}, ${scene.near.get(next.id).length} links`;
    reveal(next);
  };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const press = (panel, event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key in ARROWS && event.shiftKey) pan(-80 * ARROWS[key][0], -80 * ARROWS[key][1]);
    else if (key in ARROWS && state.step < 0) step(panel, ARROWS[key]);
    else if ((key === "Enter" || (key === " " && state.step < 0)) && state.cursor) { choose(state.cursor); details.focus(); }
    else if (key === "+" || key === "=") zoom(1.25);
    else if (key === "-") zoom(0.8);
    else if (key === "0") fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // What is said of the thing chosen: only text and links that the page was made with
  function make(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  const button = (text, act, attributes = {}) => {
    const made = make("button", text, { type: "button", ...attributes });
    made.addEventListener("click", act);
    return made;
  };
  const laws = (support) => {
    const line = make("p", "", { class: "law" });
    support.law.forEach(([citation, address], at) => {
      if (at) line.append("; ");
      line.append(address ? make("a", citation, { href: address, target: "_blank", rel: "noopener noreferrer" }) : citation);
    });
    return line;
  };
  const standing = (support) => {
    const made = [];
    if (support.law.length) made.push(laws(support));
    if (support.dates) made.push(make("p", support.dates, { class: "meta" }));
    if (many && support.days) made.push(make("p", `On this map only on: ${support.days.map((day) => data.dayNames[day]).join("; ")}`, { class: "meta" }));
    if (support.evidence) {
      const doubt = /^(unchecked|weak)/.test(support.evidence);
      made.push(make("p", `Evidence: ${support.evidence}`, { class: doubt ? "meta doubt" : "meta" }));
    }
    if (support.sources.length) made.push(make("p", `From: ${support.sources.join("; ")}`, { class: "meta" }));
    if (support.note) made.push(make("p", `Note: ${support.note}`, { class: "meta" }));
    return made;
  };
  const fact = (edge) => {
    const item = make("li");
    for (const sentence of edge.sentences) item.append(make("p", sentence));
    item.append(...standing({ ...edge, sources: edge.sources.slice(0, 6) }));
    return item;
  };
  const show = (heading, kind, parts) => {
    const close = button("Close", () => { choose(null); all[0].canvas.focus(); }, { class: "close" });
    details.replaceChildren(close, make("h2", heading), make("p", kind, { class: "meta" }), ...parts);
    details.hidden = false;
    details.scrollTop = 0;
  };
  const factsOf = (ids) => {
    const parts = [];
    for (const kind of Object.keys(data.strokes)) {
      const held = [...new Set(ids.flatMap((id) => beside.get(id)))].filter((edge) => edge.kind === kind && seen(edge));
      if (!held.length) continue;
      const list = make("ul");
      list.append(...held.slice(0, 200).map(fact));
      if (held.length > 200) list.append(make("li", `… and ${held.length - 200} more, in the tables beneath.`));
      parts.push(make("h3", `${data.strokes[kind].heading} (${held.length})`), list);
    }
    return parts;
  };
  const showNode = (node) => {
    const acts = make("div", "", { class: "acts" });
    if (node.members) {
      acts.append(button("Open this group on the map", () => only(node.id)));
      const list = make("ul");
      list.append(...inside.get(node.id).filter(seen).map((part) => {
        const item = make("li");
        item.append(button(part.label, () => only(part.id), { class: "member" }));
        return item;
      }));
      return show(node.label, node.kind, [acts, list]);
    }
    const facts = node.facts.map(([name, text]) => make("p", `${name[0].toUpperCase()}${name.slice(1)}: ${text}`));
    const partnership = beside.get(node.id).some((edge) => edge.kind === "sits on" && edge.from === node.id);
    if (neighbours([node.id]).size > 1) acts.append(button(partnership ? "What does it sit on?" : "Only this and its links", () => only(node.id), { id: "only" }));
    return show(node.label, node.kind, [...facts, ...standing(node), acts, ...factsOf([node.id])]);
  };
  const showEdge = (held) => {
    const list = make("ul"), [edge] = held;
    list.append(...held.slice(0, 200).map(fact));
    show([edge.from, edge.to].map((id) => nodes.get(id).label).join(" – "), data.strokes[edge.kind].label, [list]);
  };
  const choose = (id, { move = false, link = null } = {}) => {
    const node = nodes.get(id), edge = edges.get(id);
    state.chosen = node || edge ? id : null;
    if (node) showNode(node);
    else if (edge) showEdge(link ? link.edges.filter(seen) : [edge]);
    else details.hidden = true;
    const box = node ? scene.boxes.get(id) || scene.boxes.get(node.group) : link ? link.to : null;
    if (box && move) {
      state.cursor = box.id;
      if (FONT * view.scale < 11) view.scale = 1;
      reveal(box);
    }
    if (box) details.classList.toggle("left", (box.x - view.x) * view.scale > all[0].canvas.clientWidth / 2);
    redraw();
  };

  // Only some of the map: a thing with its links, or what is in a group
  const leave = () => { state.only = state.anchor = null; element("back").hidden = true; };
  const only = (id) => {
    const node = nodes.get(id);
    stopStory();
    const held = node.members ? inside.get(id).filter(seen).map((part) => part.id) : [id];
    state.anchor = new Set(held);
    state.only = neighbours(held);
    for (const family of ["class", "body", "post", "area", "partnership"]) { // what is too much stays in its group
      if (state.only.size <= (family === "class" ? 0.6 : 1) * data.most) break;
      state.only = new Set([...state.only].map((each) => (nodes.get(each).family === family && nodes.get(each).group && !state.anchor.has(each) ? nodes.get(each).group : each)));
    }
    element("back").hidden = false;
    choose(null);
    renew();
    state.cursor = id;
    element("back").focus({ preventScroll: true });
  };
  const setMode = (mode) => {
    state.mode = mode;
    leave();
    for (const name of ["overview", "everything"]) element(name).setAttribute("aria-pressed", String(name === mode));
    renew();
  };

  // Finding
  const texts = real.map((node) => ({ node, text: `${node.label} ${node.kind}`.toLowerCase() }));
  const matches = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    const held = texts.filter(({ text }) => wanted.every((word) => text.includes(word))).map(({ node }) => node);
    return held.sort((one, other) => other.label.toLowerCase().startsWith(wanted[0]) - one.label.toLowerCase().startsWith(wanted[0]));
  };
  const pick = (node) => {
    results.hidden = true;
    if (scene.boxes.has(node.id)) choose(node.id, { move: true });
    else only(node.id);
    found.textContent = `${node.label} is shown.`;
  };
  words.addEventListener("input", () => {
    const held = matches();
    results.replaceChildren(...held.slice(0, 8).map((node) => {
      const item = make("li"), made = button(`${node.label} `, () => pick(node));
      made.append(make("small", node.kind));
      item.append(made);
      return item;
    }));
    results.hidden = !held.length;
    found.textContent = words.value.trim() ? `${held.length} found` : "";
  });
  element("search").addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matches();
    if (first) pick(first);
  });
  element("search").addEventListener("keydown", (event) => {
    const go = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!go || results.hidden) return;
    event.preventDefault();
    const stops = [words, ...results.querySelectorAll("button")];
    stops[(stops.indexOf(document.activeElement) + go + stops.length) % stops.length].focus();
  });
  const whole = () => {
    words.value = found.textContent = "";
    results.hidden = true;
    stopStory();
    element("filters").reset();
    readFilter();
    leave();
    choose(null);
    renew();
  };
  element("whole").addEventListener("click", whole);

  // Filtering
  const options = (select, first, groups) => {
    select.replaceChildren(new Option(first, ""));
    for (const [label, list] of groups) {
      const group = label ? make("optgroup", "", { label }) : select;
      group.append(...list.map(([text, value]) => new Option(text, value)));
      if (label) select.append(group);
    }
  };
  const tally = (list) => [...list.reduce((held, item) => held.set(item, (held.get(item) || 0) + 1), new Map())]
    .sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, count]) => [`${name} (${count})`, name]);
  options(element("kind"), "all", Object.keys(data.styles).map((family) => {
    const held = real.filter((node) => node.family === family);
    const kinds = tally(held.map((node) => node.kind)).map(([text, kind]) => [text, `${family}: ${kind}`]);
    return [data.styles[family].label, [[`all of them (${held.length})`, family], ...(kinds.length > 1 ? kinds : [])]];
  }).filter(([, [[, family]]]) => real.some((node) => node.family === family)));
  options(element("role"), "all", [["", tally(data.edges.flatMap((edge) => edge.roles))]]);
  options(element("evidence"), "all", [["", tally([...data.edges, ...real].flatMap(doubts))]]);
  const readFilter = () => {
    for (const name of ["kind", "law", "role", "evidence"]) state.filter[name] = element(name).value;
    state.filter.linked = element("linked").checked;
  };
  element("filters").addEventListener("change", () => { readFilter(); leave(); stopStory(); renew(); });
  element("filters").addEventListener("reset", () => setTimeout(() => { readFilter(); renew(); }));
  element("filters").addEventListener("submit", (event) => event.preventDefault());
  element("filter").addEventListener("click", () => {
    const open = element("filters").toggleAttribute("hidden");
    element("filter").setAttribute("aria-expanded", String(!open));
    resized();
  });
  for (const box of document.querySelectorAll("#legend input")) {
    box.disabled = false;
    box.addEventListener("change", () => {
      if (box.checked) state.lines.add(box.value);
      else state.lines.delete(box.value);
      build();
      redraw();
    });
  }

  // Days
  const setDay = (day) => {
    state.day = day;
    element("day").value = day;
    element("day").setAttribute("aria-valuetext", data.dayNames[day]);
    element("said").textContent = data.dayNames[day];
    if (!state.two) for (const panel of all) panel.day = day;
  };
  if (many) {
    element("days").hidden = false;
    element("day").max = data.days.length - 1;
    element("day").addEventListener("input", () => { setDay(+element("day").value); build(); if (!details.hidden) choose(state.chosen); redraw(); });
    element("beside").addEventListener("click", () => {
      state.two = !state.two;
      element("beside").setAttribute("aria-pressed", String(state.two));
      element("day").disabled = state.two;
      setPanels();
      renew();
    });
  }

  // The story
  const story = element("story");
  const tellStep = (at) => {
    const entered = state.step < 0;
    state.step = Math.max(0, Math.min(data.steps.length - 1, at));
    const now = data.steps[state.step], last = state.step === data.steps.length - 1;
    leave();
    details.hidden = true;
    state.chosen = state.hover = null;
    tip.hidden = true;
    if (now.day !== null && many) setDay(now.day);
    const nav = make("div", "", { class: "steps", role: "group", "aria-label": "Steps" });
    nav.append(
      button("Back", () => tellStep(state.step - 1), { id: "earlier", ...(state.step ? {} : { disabled: "" }) }),
      button("Next", () => tellStep(state.step + 1), { id: "later", ...(last ? { disabled: "" } : {}) }),
      make("span", `${state.step + 1} of ${data.steps.length}`), button("Leave the story", leaveStory, { id: "leave" }));
    const cited = make("ul", "", { class: "law" });
    for (const [citation, address] of now.law) {
      const item = make("li");
      item.append(address ? make("a", citation, { href: address, target: "_blank", rel: "noopener noreferrer" }) : citation);
      cited.append(item);
    }
    const held = document.activeElement && story.contains(document.activeElement) ? document.activeElement.id : "";
    const heading = make("h2", now.heading, { tabindex: "-1" });
    story.replaceChildren(heading, ...now.text.map((text) => make("p", text)), ...(now.law.length ? [cited] : []), nav);
    story.hidden = false;
    element("tell").setAttribute("aria-pressed", "true");
    document.body.classList.add("telling");
    const stop = held && element(held);
    if (stop && !stop.disabled) stop.focus();
    else if (entered || held) heading.focus({ preventScroll: true });
    resized(true);
    cursorSaid.textContent = `Step ${state.step + 1} of ${data.steps.length}: ${now.heading}. ${now.text.join(" ")}`;
  };
  const stopStory = () => {
    if (state.step < 0) return;
    state.step = -1;
    story.hidden = true;
    element("tell").setAttribute("aria-pressed", "false");
    document.body.classList.remove("telling");
    resized(true);
  };
  const leaveStory = () => { stopStory(); element("tell").focus(); };
  const KEYS = { ArrowRight: 1, PageDown: 1, n: 1, " ": 1, ArrowLeft: -1, PageUp: -1, p: -1 };
  if (data.steps.length) {
    element("tell").hidden = false;
    element("tell").addEventListener("click", () => (state.step < 0 ? tellStep(0) : leaveStory()));
  }

  // Full screen, sizes, and the keys of the whole page
  const setFull = (on) => {
    stage.classList.toggle("full", on);
    element("full").setAttribute("aria-pressed", String(on));
    element("full").textContent = on ? "Leave full screen" : "Full screen";
    if (on && stage.requestFullscreen) stage.requestFullscreen().catch(() => {});
    else if (!on && document.fullscreenElement) document.exitFullscreen();
    resized(true);
  };
  element("full").addEventListener("click", () => setFull(!stage.classList.contains("full")));
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && stage.classList.contains("full")) setFull(false); });
  const resized = (anew = false) => {
    if (!all.length) return;
    for (const panel of all) panel.resize();
    if (anew || state.only || filtered()) {
      build();
      const now = data.steps[state.step];
      const bright = now && !now.view && look();
      fit(bright && bright.size ? scene.list.filter((box) => bright.has(box.id)) : null);
    } else fit();
  };
  let timer = 0;
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(() => resized(true), 60); });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (!results.hidden) { results.hidden = true; words.focus(); }
      else if (state.chosen) choose(null);
      else if (state.step >= 0) leaveStory();
      else if (stage.classList.contains("full")) setFull(false);
      else if (state.only) { leave(); renew(); }
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "f") { setFull(!stage.classList.contains("full")); return; }
    if (state.step < 0) return;
    const pressed = event.target.closest && event.target.closest("button, a, summary");
    if (event.key === " " && pressed) return;
    if (event.key in KEYS) tellStep(state.step + KEYS[event.key]);
    else if (event.key === "Home") tellStep(0);
    else if (event.key === "End") tellStep(data.steps.length - 1);
    else return;
    event.preventDefault();
  });
  element("smaller").addEventListener("click", () => zoom(0.8));
  element("larger").addEventListener("click", () => zoom(1.25));
  element("fit").addEventListener("click", () => fit());
  element("back").addEventListener("click", () => { leave(); choose(null); renew(); all[0].canvas.focus(); });
  for (const name of ["overview", "everything"]) {
    if (data.views.overview) element(name).addEventListener("click", () => { stopStory(); setMode(name); });
    else element(name).hidden = true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-node]");
    if (!link) return;
    event.preventDefault();
    stage.scrollIntoView();
    pick(nodes.get(link.dataset.node));
  });

  document.body.classList.add("drawn");
  element("search").hidden = element("bar").hidden = false;
  setDay(state.day);
  setPanels();
  build();
  fit();
  if (data.tell) tellStep(0);
  window.dutygraphMap = { data, state, choose, only, tellStep, view, scene: () => scene, panels: () => all, setMode }; // for whoever wants to drive the map
})();

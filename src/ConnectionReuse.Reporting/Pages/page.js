'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const phaseNames = ['DNS', 'TCP connect', 'TLS handshake', 'wait for first byte', 'body', 'client itself'];
  const $ = id => document.getElementById(id);
  const ns = 'http://www.w3.org/2000/svg';
  const G = place => data.groups[place];
  const group = row => row.group || 0;
  document.documentElement.classList.add('js');

  // Elements are made, never written as text: what a result file says cannot become markup.
  function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  function svg(name, attributes = {}, text) {
    const element = document.createElementNS(ns, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, typeof value === 'number' ? +value.toFixed(2) : value);
    if (text !== undefined) element.textContent = text;
    return element;
  }
  const three = value => String(+value.toPrecision(3));
  const color = row => row.bare ? 'var(--bare)' : row.reuses ? 'var(--calm)' : 'var(--warm)';
  const nameOf = row => row.client;
  const count = value => String(+value.toFixed(2));
  const widthOf = text => 7.3 * text.length;

  // A drawing as wide as its place, at the size of the page's text.
  function canvas(height, width) {
    return svg('svg', { viewBox: `0 0 ${width} ${Math.ceil(height)}`, 'aria-hidden': 'true' });
  }
  function place(id, label, draw) {
    const box = $(id);
    const section = box.closest('section');
    box.hidden = section.hidden = false;
    const width = Math.max(280, Math.floor(box.clientWidth || box.parentElement.clientWidth));
    const drawn = draw(width);
    box.replaceChildren(...[drawn].flat().filter(Boolean));
    const marks = [...box.querySelectorAll('[data-t]')];
    if (marks.length) {
      box.tabIndex = 0;
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', `${label}. Arrow keys read the values.`);
    } else for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
    box.hidden = !drawn;
    section.hidden = !drawn && !section.querySelector('table');
  }
  function note(id, text) { $(id).closest('section').querySelector('.note').textContent = text; }
  function mark(element, text) { element.dataset.t = text; return element; }
  function key(items) {
    return el('ul', { class: 'key' }, ...items.map(([text, fill, dash]) => {
      const icon = svg('svg', { viewBox: '0 0 22 12', 'aria-hidden': 'true' });
      icon.append(dash === undefined ? svg('rect', { width: 12, height: 12, x: 5, rx: 3, fill })
        : svg('path', { d: 'M0 6H22', stroke: fill, 'stroke-width': 2.5, 'stroke-dasharray': dash }));
      return el('li', {}, icon, text);
    }));
  }
  function ticks(low, high, most) {
    for (const steps of [[1, 2, 5], [1, 3], [1]]) {
      const found = [];
      for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
        for (const step of steps) { const tick = +(step * 10 ** power).toPrecision(2); if (tick >= low && tick <= high) found.push(tick); }
      if (found.length <= most || steps.length === 1) return found;
    }
  }
  const log = (low, high, from, to) => value => from + (to - from) * Math.log(value / low) / Math.log(high / low || 1);

  // What one call costs.
  function bars(rows, width) {
    const timed = rows.filter(row => row.time);
    if (!timed.length) return null;
    const narrow = width < 620;
    const left = narrow ? 0 : Math.min(240, 18 + Math.max(...rows.map(row => widthOf(nameOf(row)))));
    const step = narrow ? 52 : 38, top = narrow ? 22 : 4, thick = 24;
    const right = narrow ? 132 : 170;
    const longest = Math.max(...timed.map(row => row.high || row.time));
    const x = value => left + value / longest * (width - left - right);
    const root = canvas(rows.length * step + 6, width);
    rows.forEach((row, index) => {
      const y = index * step + top;
      root.append(narrow ? svg('text', { x: 0, y: y - 6, class: 'b' }, row.client) : svg('text', { x: left - 14, y: y + 17, 'text-anchor': 'end' }, row.client));
      if (!row.time) { root.append(svg('text', { x: left + 2, y: y + 17, class: 'm' }, row.reason ? `${row.text}: ${row.reason}`.slice(0, Math.floor((width - left) / 7.3)) : row.text)); return; }
      const ratio = row.ratio;
      const bar = mark(svg('rect', { x: left, y, width: Math.max(2.5, x(row.time) - left), height: thick, rx: 4, fill: color(row) }),
        `${row.client}: ${row.text} a call${row.interval ? `, 95% interval ${row.interval}` : ''}`
        + (row.connections == null ? '' : `\n${count(row.connections)} ${row.connections === 1 ? 'connection' : 'connections'} for ${row.requests} ${row.requests === 1 ? 'call' : 'calls'}`) + (row.handshakes ? `\nTLS handshakes: ${row.handshakes}` : '')
        + (ratio ? `\n${ratio.undecided ? `no difference to ${ratio.against} shown` : `${ratio.against} is ${ratio.text} faster (${ratio.interval})`}` : '') + (row.remedy ? `\nInstead: ${row.remedy}` : ''));
      root.append(bar);
      if (row.low) root.append(svg('path', { d: `M${x(row.low)} ${y + 12}H${x(row.high)}M${x(row.low)} ${y + 6}v12M${x(row.high)} ${y + 6}v12`, stroke: 'var(--ink)', 'stroke-width': 1.4, fill: 'none' }));
      const label = svg('text', { x: x(row.high || row.time) + 10, y: y + 17 });
      label.append(svg('tspan', { 'font-weight': 600 }, row.text));
      if (ratio && !ratio.undecided) label.append(svg('tspan', { fill: 'var(--muted)', dx: 8 }, ratio.text));
      root.append(label);
    });
    return root;
  }

  // One call of each, drawn as a timeline.
  function phases(rows, width) {
    const narrow = width < 620;
    const total = row => row.phases.reduce((sum, one) => sum + one, 0);
    const longest = Math.max(...rows.map(total));
    const left = narrow ? 0 : Math.min(240, 18 + Math.max(...rows.map(row => widthOf(row.client))));
    const step = narrow ? 60 : 48, top = narrow ? 22 : 6, thick = 30, scale = (width - left - 96) / longest;
    const root = canvas(rows.length * step + 26, width);
    rows.forEach((row, index) => {
      const y = index * step + top;
      let x = left, since = 0;
      root.append(narrow ? svg('text', { x: 0, y: y - 6, class: 'b' }, row.client) : svg('text', { x: left - 14, y: y + 20, 'text-anchor': 'end' }, row.client));
      row.phases.forEach((time, phase) => {
        if (time <= 0) return;
        const wide = time * scale;
        root.append(mark(svg('rect', { x, y, width: Math.max(.6, wide - 1), height: thick, rx: Math.min(3, wide / 3), fill: `var(--p${phase})` }),
          `${row.client}, ${phaseNames[phase]}: ${three(time)} ms, ${three(100 * time / total(row))}% of the call\nfrom ${three(since)} to ${three(since + time)} ms`));
        if (wide > 46) root.append(svg('text', { x: x + wide / 2, y: y + 20, 'text-anchor': 'middle', class: 'on' }, three(time)));
        x += wide; since += time;
      });
      root.append(svg('text', { x: x + 10, y: y + 20, class: 'b' }, `${three(total(row))} ms`));
    });
    const bottom = rows.length * step + 2;
    root.append(svg('path', { d: `M${left} ${bottom}H${left + longest * scale}`, stroke: 'var(--line)' }),
      svg('text', { x: left, y: bottom + 17, class: 'm' }, '0'), svg('text', { x: left + longest * scale, y: bottom + 17, class: 'm', 'text-anchor': 'end' }, `${three(longest)} ms`));
    const seen = phaseNames.map((name, index) => [name, `var(--p${index})`]).filter((_, index) => rows.some(row => row.phases[index] > 0));
    return [key(seen), root];
  }

  function axis(root, low, high, x, top, bottom, width) {
    for (const tick of ticks(low, high, width < 620 ? 5 : 9))
      root.append(svg('path', { d: `M${x(tick)} ${top}V${bottom}`, stroke: 'var(--grid)' }), svg('text', { x: x(tick), y: bottom + 17, class: 'm', 'text-anchor': 'middle' }, String(tick)));
    root.append(svg('text', { x: x(Math.sqrt(low * high)), y: bottom + 36, class: 'm', 'text-anchor': 'middle' }, 'ms per call, logarithmic'));
  }

  // How many calls took no longer. More clients than that could not be told apart.
  const mostCurves = 8;
  function curve(row) {
    if (row.quantiles) return row.quantiles.map((time, index) => [time, data.percents[index]]);
    const sorted = (row.samples || []).flat().sort((a, b) => a - b);
    return sorted.map((time, index) => [time, 100 * (index + 1) / sorted.length]);
  }
  const within = (points, percent) => (points.find(point => point[1] >= percent) || points[points.length - 1])[0];
  function calls(rows, width) {
    const shown = rows.filter(row => !row.bare && row.samples && row.samples.flat().length > 1).slice(0, mostCurves).map(row => ({ row, points: curve(row) }));
    if (!shown.length) return null;
    const first = shown.filter(one => one.row.first);
    const all = shown.flatMap(one => one.points.map(point => point[0])).concat(first.flatMap(one => one.row.first));
    const low = Math.min(...all) / 1.12, high = Math.max(...all) * 1.12, left = 44, plot = 236, top = 10;
    const bottom = top + plot, x = log(low, high, left, width - 12), y = percent => bottom - percent / 100 * plot;
    const root = canvas(bottom + 42 + first.length * 22, width);
    const dashes = {};
    axis(root, low, high, x, top, bottom, width);
    for (const percent of [0, 25, 50, 75, 100])
      root.append(svg('path', { d: `M${left} ${y(percent)}H${width - 12}`, stroke: 'var(--grid)' }), svg('text', { x: left - 8, y: y(percent) + 4, class: 'm', 'text-anchor': 'end' }, `${percent}%`));
    const legend = shown.map(({ row, points }) => {
      const nth = dashes[row.reuses] = (dashes[row.reuses] ?? -1) + 1;
      const dash = ['none', '7 4', '2 3', '10 3 2 3'][nth % 4];
      const d = points.map(([time, percent], index) => index ? `H${x(time).toFixed(1)}V${y(percent).toFixed(1)}` : `M${x(time).toFixed(1)} ${y(0)}V${y(percent).toFixed(1)}`).join('');
      root.append(svg('path', { d, fill: 'none', stroke: color(row), 'stroke-width': 2.2, 'stroke-dasharray': dash, 'stroke-linejoin': 'round' }));
      for (const percent of [50, 90, 99]) {
        const time = within(points, percent);
        root.append(mark(svg('circle', { cx: x(time), cy: y(percent), r: percent === 50 ? 4.5 : 3.5, fill: percent === 50 ? color(row) : 'var(--card)', stroke: color(row), 'stroke-width': 1.8 }), `${row.client}: ${percent}% take ${three(time)} ms or less`));
      }
      return [`${row.client}: half ${three(within(points, 50))} ms or less, 99% ${three(within(points, 99))} ms, longest ${three(points[points.length - 1][0])} ms`, color(row), dash];
    });
    first.forEach(({ row }, index) => {
      const at = bottom + 58 + index * 22;
      root.append(svg('path', { d: `M${left} ${at - 4}H${width - 12}`, stroke: 'var(--grid)' }));
      for (const time of row.first) root.append(mark(svg('path', { d: `M${x(time)} ${at - 10}l6 6l-6 6l-6 -6Z`, fill: 'var(--card)', stroke: color(row), 'stroke-width': 1.6 }), `${row.client}: the first call of a process took ${three(time)} ms`));
    });
    return [key(legend.concat(first.length ? [['diamonds: the first call of each process', 'var(--muted)']] : [])), root];
  }

  // Every sample.
  function dots(rows, width) {
    const shown = rows.filter(row => row.samples && row.samples.flat().length);
    if (!shown.length) return null;
    const all = shown.flatMap(row => row.samples.flat());
    const low = Math.min(...all) / 1.12, high = Math.max(...all) * 1.12, narrow = width < 620;
    const left = narrow ? 8 : Math.min(240, 18 + Math.max(...shown.map(row => widthOf(row.client))));
    const x = log(low, high, left, width - 12), line = 9;
    const heights = shown.map(row => (narrow ? 24 : 8) + row.samples.length * line + 10);
    const bottom = heights.reduce((sum, one) => sum + one, 0) + 4, root = canvas(bottom + 40, width);
    axis(root, low, high, x, 0, bottom, width);
    let y = 4;
    shown.forEach((row, index) => {
      const top = y + (narrow ? 24 : 8);
      root.append(narrow ? svg('text', { x: 0, y: y + 13, class: 'b' }, row.client) : svg('text', { x: left - 14, y: top + row.samples.length * line / 2 + 1, 'text-anchor': 'end' }, row.client));
      row.samples.forEach((times, round) => times.forEach((time, nth) => root.append(mark(
        svg('circle', { cx: x(time), cy: top + round * line, r: 3.3, fill: color(row), 'fill-opacity': .5 }), `${row.client}: ${three(time)} ms a call\nround ${round + 1}, iteration ${nth + 1} (the mean of ${row.requests} ${row.requests === 1 ? 'call' : 'calls'})`))));
      y += heights[index];
    });
    return root;
  }

  // By round trip: times faster, and milliseconds saved.
  function links(width) {
    const series = data.links.filter(link => link.points.length > 1 && link.points.some(point => point.rtt));
    if (!series.length) return null;
    const narrow = width < 700, panel = narrow ? width : (width - 48) / 2, height = 216, top = 34;
    const trips = [...new Set(series.flatMap(link => link.points.map(point => point.rtt || 0)))].sort((a, b) => a - b);
    const points = series.flatMap(link => link.points);
    const most = Math.max(4.4, ...points.map(point => point.ratio.high)) * 1.25, saved = Math.max(...points.map(point => point.ratio.saved)) * 1.14;
    const panels = [
      ['times faster, logarithmic', value => top + height - height * Math.log(Math.max(1, value)) / Math.log(most), ratio => ratio.value, ratio => ratio.text, true],
      ['milliseconds saved by each call', value => top + height - height * Math.max(0, value) / saved, ratio => ratio.saved, ratio => three(ratio.saved), false],
    ];
    const color = index => ['var(--warm)', 'var(--p5)', 'var(--calm)'][index % 3];
    return [series.length > 1 ? key(series.map((link, index) => [link.name, color(index)])) : null, el('div', { class: 'panels' }, ...panels.map(([title, y, value, text, limits]) => {
      const root = canvas(top + height + 44, panel);
      const slot = (panel - (limits ? 82 : 0)) / trips.length, thick = Math.min(34, slot / (series.length + 1));
      root.append(svg('text', { x: 0, y: 14, class: 'b' }, title));
      if (limits) for (const [limit, why] of [[2, 'HTTP: 2×'], [3, 'TLS 1.3: 3×'], [4, 'TLS 1.2: 4×']])
        root.append(svg('path', { d: `M0 ${y(limit)}H${panel - 78}`, stroke: 'var(--muted)', 'stroke-dasharray': '5 4', 'stroke-width': 1 }), svg('text', { x: panel, y: y(limit) + 4, class: 'm', 'text-anchor': 'end' }, why));
      root.append(svg('path', { d: `M0 ${top + height}H${panel}`, stroke: 'var(--muted)' }));
      trips.forEach((rtt, index) => {
        const middle = slot * (index + .5);
        root.append(svg('text', { x: middle, y: top + height + 18, class: 'm', 'text-anchor': 'middle' }, rtt ? `${rtt} ms` : 'loopback'));
        series.forEach((link, nth) => {
          const point = link.points.find(one => (one.rtt || 0) === rtt);
          if (!point) return;
          const { ratio } = point, at = middle + (nth - (series.length - 1) / 2) * (thick + 4);
          root.append(mark(svg('rect', { x: at - thick / 2, y: y(value(ratio)), width: thick, height: Math.max(1.5, top + height - y(value(ratio))), rx: 3, fill: color(nth) }),
            `${link.name}\n${rtt ? `round trip ${rtt} ms` : 'loopback'}: ${ratio.text} faster (${ratio.interval}), saves ${ratio.savedText} a call`));
          if (limits) root.append(svg('path', { d: `M${at} ${y(ratio.low)}V${y(ratio.high)}M${at - 5} ${y(ratio.low)}h10M${at - 5} ${y(ratio.high)}h10`, stroke: 'var(--ink)', 'stroke-width': 1.4 }));
          if (!nth) root.append(svg('text', { x: at, y: y(limits ? Math.max(ratio.high, ratio.value) : value(ratio)) - 7, class: 'b', 'text-anchor': 'middle' }, text(ratio)));
        });
      });
      root.append(svg('text', { x: slot * trips.length / 2, y: top + height + 38, class: 'm', 'text-anchor': 'middle' }, 'round trip'));
      return root;
    }))].filter(Boolean);
  }

  function tiles(chosen) {
    const slow = data.rows[G(chosen).slow ?? -1], fast = data.rows[G(chosen).fast ?? -1];
    if (!slow || !fast) { $('tiles').replaceChildren(); return; }
    const { ratio } = slow, opened = slow.connections, kept = fast.connections;
    $('tiles').replaceChildren(...[
      [ratio.text, ratio.undecided ? 'between the two' : 'faster', `95% interval ${ratio.interval}`],
      [ratio.savedText, ratio.undecided ? 'in milliseconds' : 'saved by every call', `${slow.text} → ${fast.text}`],
      [opened == null || kept == null ? 'not counted' : `${count(opened)} → ${count(kept)}`, 'connections', `for ${slow.requests} ${slow.requests === 1 ? 'call' : 'calls'}: ${slow.client} → ${fast.client}`],
    ].map(([figure, what, basis]) => el('div', { class: 'tile' }, el('b', {}, figure), ' ', el('span', {}, what), ' ', el('small', {}, basis))));
  }

  function draw() {
    const chosen = +$('target').value, rows = data.rows.filter(row => group(row) === chosen), target = G(chosen).name;
    tiles(chosen);
    note('bars', `${target}. Bars are to one linear scale; the mark at a bar's end is its 95% interval.`);
    place('bars', `What one call costs, ${target}`, width => bars(rows, width) || el('p', { class: 'note' }, 'No row of this target has a time: the table below says why.'));
    // Where nobody listened to this target, another one says what it can: one that speaks as it does, if any.
    const known = data.groups.map((_, index) => index).filter(index => data.rows.some(row => group(row) === index && row.phases));
    const alike = (index, end) => G(index).name.split(',')[0].endsWith(end);
    const listened = known.includes(chosen) ? chosen : known.find(index => alike(index, target.split(',')[0])) ?? known.find(index => alike(index, target.split(',')[0].split('-').pop())) ?? known[0];
    if (listened === undefined) {
      note('phases', 'Where nobody listened, nobody knows: the verb timeit listens to some calls of their own.');
      place('phases', 'Phases', () => null);
    } else {
      note('phases', `${listened === chosen ? '' : `No call of ${target} was listened to: this is ${G(listened).name}. `}One call of each, drawn as a timeline to one scale: the means of calls that were listened to.`);
      place('phases', `Where the time of a call goes, ${G(listened).name}`, width => phases(data.rows.filter(row => group(row) === listened && row.phases), width));
    }
    const single = rows.some(row => row.quantiles);
    const curves = rows.filter(row => !row.bare && row.samples && row.samples.flat().length > 1).length;
    note('calls', (curves > mostCurves ? `The first ${mostCurves} of ${curves} clients. ` : '') + (single ? 'How many of all calls took no longer: every call was timed.' : 'How many iterations took no longer. Single calls were not timed here: a point is the mean of an iteration.'));
    place('calls', `How calls are distributed, ${target}`, width => calls(rows, width));
    note('dots', 'Each dot is one timed iteration; a line of dots is one round, a process of its own.');
    place('dots', `Every sample, ${target}`, width => dots(rows, width));
  }
  function drawLinks() { place('links', 'Reuse by round trip', links); }

  // The chooser.
  const chooser = $('target'), kinds = new Map();
  data.groups.forEach((one, index) => {
    if (!data.rows.some(row => group(row) === index && row.time)) return;
    if (!kinds.has(one.kind)) kinds.set(one.kind, el('optgroup', { label: one.kind }));
    kinds.get(one.kind).append(el('option', { value: index }, one.name));
  });
  if (kinds.size) {
    chooser.append(...kinds.values());
    chooser.value = data.chosen || 0;
    if (chooser.selectedIndex < 0) chooser.selectedIndex = 0;
    $('choose').hidden = false;
    chooser.addEventListener('change', draw);
    draw();
  } else for (const still of document.querySelectorAll('.still')) still.classList.remove('still');
  drawLinks();
  let width = innerWidth;
  addEventListener('resize', () => { if (width !== innerWidth) { width = innerWidth; if (kinds.size) draw(); drawLinks(); } });

  // Values under the pointer, and under the arrow keys.
  const tip = $('tip');
  function show(target, x, y) {
    for (const old of document.querySelectorAll('.at')) old.classList.remove('at');
    tip.hidden = !target;
    if (!target) return;
    target.classList.add('at');
    if (tip.textContent !== target.dataset.t) tip.textContent = target.dataset.t;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(12, Math.min(x + 14, document.documentElement.clientWidth - box.width - 12))}px`;
    tip.style.top = `${y + 18 + box.height > innerHeight ? Math.max(8, y - box.height - 14) : y + 18}px`;
  }
  const under = target => target.closest && target.closest('[data-t]');
  document.addEventListener('pointermove', event => show(under(event.target), event.clientX, event.clientY));
  document.addEventListener('pointerdown', event => show(under(event.target), event.clientX, event.clientY));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') { show(null); return; }
    const box = event.target.closest && event.target.closest('div.live');
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!box || !step && event.key !== 'Home' && event.key !== 'End') return;
    const marks = [...box.querySelectorAll('[data-t]')], now = marks.findIndex(one => one.classList.contains('at'));
    if (!marks.length) return;
    event.preventDefault();
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? marks.length - 1 : now < 0 ? (step > 0 ? 0 : marks.length - 1) : (now + step + marks.length) % marks.length;
    const at = marks[next].getBoundingClientRect();
    show(marks[next], at.left + at.width / 2, at.bottom - 10);
  });
  document.addEventListener('focusout', () => show(null));
  addEventListener('scroll', () => show(null), { passive: true });

  // Filter and sort all rows.
  const table = $('rows');
  if (table) {
    const body = table.tBodies[0], lines = [...body.rows].map((line, index) => ({ line, row: data.rows[index], index, text: line.textContent.toLowerCase() }));
    const values = [one => one.row.client, one => `${G(group(one.row)).kind} ${G(group(one.row)).name}`, one => one.row.time, one => one.row.ratio && one.row.ratio.value, one => one.row.ratio && one.row.ratio.saved,
      one => one.row.connections == null ? null : one.row.connections / one.row.requests, one => one.row.handshakes];
    const heads = [...table.tHead.rows[0].cells];
    let by = -1, up = true;
    function arrange() {
      const words = $('words').value.toLowerCase().split(/\s+/).filter(Boolean);
      const order = [...lines];
      if (by >= 0) order.sort((a, b) => {
        const [p, q] = [values[by](a), values[by](b)];
        if (p == null || q == null) return (p == null) - (q == null) || a.index - b.index;
        return ((p > q) - (p < q)) * (up ? 1 : -1) || a.index - b.index;
      });
      let count = 0;
      for (const one of order) { one.line.hidden = !words.every(word => one.text.includes(word)); if (!one.line.hidden) count++; body.append(one.line); }
      $('count').textContent = `${count} of ${lines.length} rows`;
    }
    heads.forEach((head, index) => {
      const button = el('button', { type: 'button' }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        up = by === index ? !up : ![3, 4].includes(index);
        by = index;
        heads.forEach((other, nth) => nth === by ? other.setAttribute('aria-sort', up ? 'ascending' : 'descending') : other.removeAttribute('aria-sort'));
        arrange();
      });
    });
    $('filter').hidden = false;
    $('words').addEventListener('input', arrange);
    arrange();
  }

  // On paper nothing can be unfolded.
  addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details:not([open])')) { one.open = true; one.dataset.folded = ''; } });
  addEventListener('afterprint', () => { for (const one of document.querySelectorAll('details[data-folded]')) { one.open = false; delete one.dataset.folded; } });
})();

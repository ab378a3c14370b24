/* The table: only the rows in sight are in the page. It is a grid whose active row is told by aria-activedescendant. */

const COLUMNS = ['severity', 'rule', 'name', 'township', 'village', 'household', 'person', 'sheet', 'cell', 'problem'];
const ROW = 46; // px, as in findings.css
const SPARE = 6; // rows above and below those in sight
const TALLEST = 12000000; // px; browsers draw nothing taller than about 30 million
const SVG = 'http://www.w3.org/2000/svg';
const MARKS = { error: 'M0 0H10V10H0Z', warning: 'M5 0L10 10H0Z', notice: 'M5 0A5 5 0 1 1 4.99 0Z' };

/* Texts only ever become text: no markup is made of them. */
function el(tag, attributes, children) {
  const made = document.createElement(tag);
  Object.keys(attributes || {}).forEach(function (name) {
    const value = attributes[name];
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value);
  });
  [].concat(children === undefined ? [] : children).forEach(function (child) {
    made.appendChild(typeof child === 'object' ? child : document.createTextNode(child));
  });
  return made;
}

function emptied(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
}

function mark(severity) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'mark sev-' + severity);
  svg.setAttribute('viewBox', '0 0 10 10');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', MARKS[severity]);
  svg.appendChild(path);
  return svg;
}

function severityMark(findings, position) {
  const severity = findings.severities[position];
  return el('span', { class: 'f-sev sev-' + severity[0] }, [mark(severity[0]), severity[1]]);
}

function cellsOf(findings, i) {
  const shape = findings.of(i);
  const rule = findings.rules[shape.rule];
  return [severityMark(findings, shape.severity), rule[0], rule[1], findings.about(i, 'township'), findings.about(i, 'village'),
    findings.about(i, 'household'), findings.about(i, 'person'), findings.sheet(i), findings.cells(i), findings.brief(i)];
}

class Table {
  /* `opened(i)` is called when a finding is chosen, `sorted(column)` when a heading is. */
  constructor(findings, opened, sorted) {
    this.findings = findings;
    this.opened = opened;
    this.shown = new Int32Array(0);
    this.active = -1; // position in `shown`
    this.open = -1; // the finding in the panel
    this.rows = new Map(); // position → its row in the page
    this.heads = COLUMNS.map(function (column) { return this.headOf(column, sorted); }, this);
    this.above = this.spacer();
    this.below = this.spacer();
    this.body = el('tbody', {}, [this.above, this.below]);
    const columns = el('colgroup', {}, COLUMNS.map(function (column) { return el('col', { class: 'f-' + column }); }));
    const head = el('thead', {}, el('tr', { role: 'row', 'aria-rowindex': 1 }, this.heads));
    this.grid = el('table', {
      class: 'f-table', role: 'grid', tabindex: 0, 'aria-label': findings.say('list'), 'aria-describedby': 'f-hint',
      'aria-colcount': COLUMNS.length, keydown: this.key.bind(this), focus: this.entered.bind(this),
    }, [columns, head, this.body]);
    this.frame = el('div', { class: 'f-frame', scroll: this.scrolled.bind(this) }, this.grid);
    window.addEventListener('resize', this.scrolled.bind(this));
  }

  headOf(column, sorted) {
    const word = this.findings.say(column);
    const button = el('button', { type: 'button', title: this.findings.say('sort_by', { column: word }), click: function () { sorted(column); } },
      [word, el('span', { class: 'f-arrow', 'aria-hidden': 'true' })]);
    return el('th', { role: 'columnheader', scope: 'col', 'aria-sort': 'none', 'data-column': column }, button);
  }

  spacer() {
    return el('tr', { class: 'f-space', 'aria-hidden': 'true' }, el('td', { colspan: COLUMNS.length }));
  }

  showSort(sort) {
    this.heads.forEach(function (head) {
      const here = head.getAttribute('data-column') === sort.column;
      head.setAttribute('aria-sort', here ? (sort.down ? 'descending' : 'ascending') : 'none');
    });
  }

  show(shown) {
    this.drawRows(0, 0);
    this.shown = shown;
    this.active = this.open >= 0 ? shown.indexOf(this.open) : -1;
    this.grid.setAttribute('aria-rowcount', shown.length + 1);
    this.frame.scrollTop = 0;
    this.draw();
  }

  /* Rows that do not fit a page of TALLEST px are told by the share of the way scrolled. */
  reach() {
    const all = this.shown.length * ROW;
    const seen = Math.max(ROW, this.frame.clientHeight - this.grid.tHead.offsetHeight);
    return { height: Math.min(all, TALLEST), seen: seen, fits: all <= TALLEST, rows: Math.ceil(seen / ROW) };
  }

  firstRow() {
    const reach = this.reach();
    if (reach.fits) return Math.floor(this.frame.scrollTop / ROW);
    const share = Math.min(1, this.frame.scrollTop / (reach.height - reach.seen));
    return Math.floor(share * (this.shown.length - reach.rows + 1));
  }

  scrolled() {
    if (this.waiting) return;
    this.waiting = true;
    window.requestAnimationFrame(function () {
      this.waiting = false;
      this.draw();
    }.bind(this));
  }

  draw() {
    const reach = this.reach();
    const seen = this.firstRow();
    const first = Math.max(0, seen - SPARE);
    const last = Math.min(this.shown.length, seen + reach.rows + SPARE + 1);
    const top = reach.fits ? first * ROW : Math.max(0, this.frame.scrollTop - (seen - first) * ROW);
    this.drawRows(first, last);
    this.above.firstChild.style.height = top + 'px';
    this.below.firstChild.style.height = Math.max(0, reach.height - top - (last - first) * ROW) + 'px';
    const there = this.active >= first && this.active < last;
    if (there) this.grid.setAttribute('aria-activedescendant', 'f-row-' + this.active);
    else this.grid.removeAttribute('aria-activedescendant');
  }

  /* Rows that stay keep their elements: a click begun on one ends on it. */
  drawRows(first, last) {
    this.rows.forEach(function (row, at) {
      if (at >= first && at < last) return;
      this.body.removeChild(row);
      this.rows.delete(at);
    }, this);
    let next = this.below;
    for (let at = last - 1; at >= first; at--) {
      if (!this.rows.has(at)) this.rows.set(at, this.rowOf(at));
      const row = this.rows.get(at);
      const chosen = at === this.active;
      row.className = (chosen ? 'f-active' : '') + (this.shown[at] === this.open ? ' f-open' : '');
      row.setAttribute('aria-selected', chosen ? 'true' : 'false');
      if (row.nextSibling !== next || !row.parentNode) this.body.insertBefore(row, next);
      next = row;
    }
  }

  rowOf(at) {
    const i = this.shown[at];
    const cells = cellsOf(this.findings, i).map(function (told, column) {
      const title = column >= 2 && told.length > 8 ? told : null;
      return el('td', { role: 'gridcell', class: 'f-' + COLUMNS[column] }, el('div', { title: title }, told));
    });
    return el('tr', {
      role: 'row', id: 'f-row-' + at, 'aria-rowindex': at + 2, 'data-finding': this.findings.id(i),
      click: function () { this.choose(at, true); }.bind(this),
    }, cells);
  }

  entered() {
    if (this.active >= 0 || !this.shown.length) return;
    this.active = Math.min(this.shown.length - 1, this.firstRow() + (this.frame.scrollTop % ROW ? 1 : 0));
    this.draw();
  }

  choose(at, open) {
    this.active = Math.max(0, Math.min(this.shown.length - 1, at));
    this.reveal();
    if (open) this.opened(this.shown[this.active]);
    this.draw();
  }

  /* Scroll no further than needed to have the active row in sight. */
  reveal() {
    const reach = this.reach();
    const first = this.firstRow();
    const most = Math.max(1, Math.floor(reach.seen / ROW));
    let wanted = first;
    if (this.active < first || (this.active === first && reach.fits && this.frame.scrollTop % ROW)) wanted = this.active;
    else if (this.active > first + most - 1) wanted = this.active - most + 1;
    else return;
    if (reach.fits) this.frame.scrollTop = wanted === this.active ? wanted * ROW : (this.active + 1) * ROW - reach.seen;
    else this.frame.scrollTop = Math.ceil(wanted / (this.shown.length - reach.rows + 1) * (reach.height - reach.seen));
  }

  key(event) {
    if (event.target !== this.grid || event.ctrlKey || event.altKey || event.metaKey || !this.shown.length) return;
    const page = Math.max(1, this.reach().rows - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) this.choose(this.active + steps[event.key], false);
    else if (event.key === 'Enter' || event.key === ' ') this.choose(this.active, true);
    else return;
    event.preventDefault();
  }
}

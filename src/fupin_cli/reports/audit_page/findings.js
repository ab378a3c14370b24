/* The list of findings in #findings: filters, search, table, panel, and the address that tells their state. */

class List {
  constructor(box, findings) {
    this.findings = findings;
    this.choice = new Choice(findings);
    this.say = findings.say.bind(findings);
    this.table = new Table(findings, this.open.bind(this), this.sortedBy.bind(this));
    this.detail = new Detail(findings, this.move.bind(this), this.closedPanel.bind(this), function (id) { return 'finding=' + encodeURIComponent(id); });
    this.picks = KINDS.slice(1).map(function (kind) { return new Pick(this, kind); }, this);
    this.chips = findings.severities.map(this.chipOf, this);
    this.count = el('p', { class: 'f-count', role: 'status', 'aria-live': 'polite' });
    this.reset = el('button', { type: 'button', class: 'f-reset', click: this.clear.bind(this) }, this.say('reset'));
    this.box = box;
    this.none = el('p', { class: 'f-none', hidden: true });
    [this.toolbar(), this.table.frame, this.none, el('p', { class: 'f-hint', id: 'f-hint' }, this.say('open_hint')), this.detail.panel].forEach(function (part) { box.appendChild(part); });
    onPaper(box, findings, function () { return this.table.shown; }.bind(this), this.filtersTold.bind(this));
    document.addEventListener('click', this.clicked.bind(this));
    document.addEventListener('keydown', this.escaped.bind(this));
    window.addEventListener('hashchange', this.fromAddress.bind(this));
    if (!this.fromAddress()) this.refresh();
    this.prepareLater();
  }

  toolbar() {
    this.field = el('input', { type: 'search', id: 'f-search', placeholder: this.say('search_hint'), autocomplete: 'off', spellcheck: 'false', input: this.typed.bind(this) });
    const search = el('div', { class: 'f-search' }, [el('label', { for: 'f-search' }, this.say('search')), this.field]);
    const csv = el('button', { type: 'button', class: 'f-download', click: function () { download(this.findings, this.table.shown); }.bind(this) }, this.say('download'));
    return el('div', { class: 'f-tools' }, [
      el('div', { class: 'f-line' }, [search, el('div', { class: 'f-chips', role: 'group', 'aria-label': this.say('severity') }, this.chips)]),
      el('div', { class: 'f-line' }, [el('div', { class: 'f-picks' }, this.picks.map(function (pick) { return pick.node; })), el('div', { class: 'f-right' }, [this.count, this.reset, csv])]),
    ]);
  }

  chipOf(severity) {
    const toggle = function () { this.toggle('severity', severity[0]); }.bind(this);
    return el('button', { type: 'button', 'aria-pressed': 'false', 'data-severity': severity[0], click: toggle }, [mark(severity[0]), severity[1], el('i', {})]);
  }

  prepareLater() {
    window.setTimeout(function () {
      if (!this.choice.ahead()) this.prepareLater();
    }.bind(this), 15);
  }

  typed() {
    window.clearTimeout(this.typing);
    this.typing = window.setTimeout(function () {
      this.choice.search(this.field.value.trim());
      this.changed();
    }.bind(this), this.findings.n > 5000 ? 120 : 0);
  }

  toggle(kind, value) {
    const wanted = this.choice.wanted[kind];
    if (!wanted.delete(value)) wanted.add(value);
    this.changed();
  }

  clear() {
    KINDS.forEach(function (kind) { this.choice.wanted[kind].clear(); }, this);
    this.field.value = '';
    this.choice.search('');
    this.changed();
    this.field.focus();
  }

  sortedBy(column) {
    const sort = this.choice.sort;
    if (sort.column === column && sort.down) this.choice.sortBy('', false);
    else this.choice.sortBy(column, sort.column === column);
    this.changed();
  }

  changed() {
    this.refresh();
    this.toAddress();
  }

  refresh() {
    const choice = this.choice;
    const found = choice.apply();
    this.table.showSort(choice.sort);
    this.table.show(found.shown);
    this.picks.forEach(function (pick) { pick.show(found.counts[pick.kind]); });
    this.chips.forEach(function (chip, at) {
      chip.setAttribute('aria-pressed', choice.wanted.severity.has(this.findings.severities[at][0]) ? 'true' : 'false');
      chip.lastChild.textContent = grouped(found.counts.severity[at]);
    }, this);
    const all = this.findings.n;
    const n = found.shown.length;
    this.count.textContent = this.say(n === all ? 'shown_all' : 'shown', { n: grouped(n), all: grouped(all) });
    this.none.textContent = this.say(all ? 'none_shown' : 'nothing');
    this.none.hidden = n > 0;
    this.table.frame.hidden = n === 0;
    this.reset.disabled = !this.filtered();
  }

  filtered() {
    return this.choice.query !== '' || KINDS.some(function (kind) { return this.choice.wanted[kind].size > 0; }, this);
  }

  filtersTold() {
    const parts = [];
    KINDS.forEach(function (kind) {
      const wanted = this.choice.wanted[kind];
      const words = this.choice.options[kind].filter(function (option) { return wanted.has(option[0]); }).map(function (option) { return option[1]; });
      if (words.length) parts.push(this.say(kind) + this.say('colon') + words.join(' / '));
    }, this);
    if (this.choice.query) parts.push(this.say('search') + this.say('colon') + this.choice.query);
    return parts.join(' · ');
  }

  open(i) {
    this.table.open = i;
    const at = this.table.shown.indexOf(i);
    this.detail.open(i, at, this.table.shown.length);
    this.toAddress();
  }

  move(step) {
    const at = this.table.shown.indexOf(this.table.open);
    if (at >= 0) this.table.choose(at + step, true);
  }

  closedPanel() {
    this.table.open = -1;
    this.table.draw();
    this.toAddress();
    this.table.grid.focus({ preventScroll: true });
  }

  escaped(event) {
    if (event.key === 'Escape' && !event.defaultPrevented && !this.detail.panel.hidden) this.detail.close();
  }

  /* Numbers and cells elsewhere in the page: exactly their findings are shown. */
  clicked(event) {
    const asked = event.target.closest ? event.target.closest(KINDS.map(function (kind) { return '[data-filter-' + kind + ']'; }).join(',')) : null;
    if (!asked) return;
    event.preventDefault();
    KINDS.forEach(function (kind) {
      const value = asked.getAttribute('data-filter-' + kind);
      this.choice.wanted[kind] = new Set(value === null ? [] : [value]);
    }, this);
    this.field.value = '';
    this.choice.search('');
    this.detail.close();
    this.changed();
    this.toList();
    this.table.grid.focus({ preventScroll: true });
  }

  toList() {
    (document.getElementById('findings-section') || this.box).scrollIntoView();
    const bar = document.querySelector('.contents'); // it covers the top of the window
    const title = document.getElementById('findings-title') || this.box;
    const hidden = bar ? bar.offsetHeight + 10 - title.getBoundingClientRect().top : 0;
    if (hidden > 0) window.scrollBy(0, -hidden);
  }

  toAddress() {
    const parts = [];
    if (this.choice.query) parts.push('q=' + encodeURIComponent(this.choice.query));
    KINDS.forEach(function (kind) {
      const wanted = Array.from(this.choice.wanted[kind]);
      if (wanted.length) parts.push(kind + '=' + wanted.map(encodeURIComponent).join(','));
    }, this);
    if (this.choice.sort.column) parts.push('sort=' + (this.choice.sort.down ? '-' : '') + this.choice.sort.column);
    if (this.table.open >= 0) parts.push('finding=' + encodeURIComponent(this.findings.id(this.table.open)));
    const told = parts.join('&');
    if (told || window.location.hash.indexOf('=') > 0) window.history.replaceState(null, '', told ? '#' + told : '#findings');
  }

  /* Return whether the address told anything of the list. */
  fromAddress() {
    const hash = window.location.hash.slice(1);
    if (hash.indexOf('=') < 0) return false;
    const told = {};
    hash.split('&').forEach(function (part) {
      const cut = part.indexOf('=');
      told[part.slice(0, cut)] = part.slice(cut + 1).split(',').map(readable);
    });
    KINDS.forEach(function (kind) { this.choice.wanted[kind] = new Set(told[kind] || []); }, this);
    this.field.value = told.q ? told.q.join(',') : '';
    this.choice.search(this.field.value.trim());
    const sort = told.sort ? told.sort[0] : '';
    const column = sort.replace(/^-/, '');
    this.choice.sortBy(COLUMNS.indexOf(column) < 0 ? '' : column, sort[0] === '-');
    this.refresh();
    this.toList();
    if (told.finding) this.openById(told.finding[0]);
    return true;
  }

  openById(id) {
    for (let i = 0; i < this.findings.n; i++) {
      if (this.findings.id(i) === id) {
        const at = this.table.shown.indexOf(i);
        if (at >= 0) this.table.choose(at, true);
        else this.open(i);
        return;
      }
    }
    this.count.textContent = this.say('gone', { id: id });
  }
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch (broken) {
    return text;
  }
}

const box = document.getElementById('findings');
const island = document.getElementById('findings-data');
if (box && island) {
  let findings = null;
  try {
    findings = new Findings(island.textContent);
  } catch (broken) {
    box.appendChild(el('p', { class: 'f-none' }, BROKEN.replace('{why}', String(broken.message))));
  }
  if (findings) {
    island.textContent = '';
    const list = new List(box, findings);
    box.setAttribute('data-ready', 'true');
    window.fupinFindings = list;
  }
}

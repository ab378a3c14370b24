/* Which findings are shown, and in which order: filters, search and sort over the columns. */

const KINDS = ['severity', 'theme', 'rule', 'township', 'village'];
const SEARCHED = 1 << KINDS.length;

class Choice {
  constructor(findings) {
    this.findings = findings;
    this.options = {}; // kind → [[value, word], ...]
    this.value = {}; // kind → for each finding, the position of its value among the options
    this.wanted = {}; // kind → Set of values; empty: all
    this.query = '';
    this.sort = { column: '', down: false };
    this.ofShapes('severity', findings.severities);
    this.ofShapes('theme', findings.themes);
    this.ofShapes('rule', findings.rules.map(function (rule) { return [rule[0], rule[0] + ' ' + rule[1]]; }));
    this.ofSubjects('township');
    this.ofSubjects('village');
    KINDS.forEach(function (kind) { this.wanted[kind] = new Set(); }, this);
    this.ranks = {};
    this.standing = this.standingOrder();
    this.order = this.standing;
    this.own = new Array(findings.n); // what the search looks in
    this.briefs = new Array(findings.n);
    this.told = 0; // so many of both are there
    this.matches = null; // finding → 1 where the search finds it
  }

  ofShapes(kind, options) {
    const findings = this.findings;
    this.options[kind] = options;
    const values = (this.value[kind] = new Int32Array(findings.n));
    for (let i = 0; i < findings.n; i++) values[i] = findings.of(i)[kind];
  }

  ofSubjects(kind) {
    const findings = this.findings;
    const texts = findings.subjects[kind];
    const met = Array.from(new Set(texts)).map(function (text) { return findings.texts[text]; });
    const sorted = byTongue(met);
    const position = new Map(sorted.map(function (text, at) { return [text, at]; }));
    this.options[kind] = sorted.map(function (text) { return [text, text || findings.say('of_none')]; });
    const values = (this.value[kind] = new Int32Array(findings.n));
    for (let i = 0; i < findings.n; i++) values[i] = position.get(findings.texts[texts[findings.subject[i]]]);
  }

  /* The worst first, then rule by rule as in other reports, then by place. */
  standingOrder() {
    const rules = this.findings.rules.length;
    const severity = this.value.severity;
    const rule = this.value.rule;
    return counted(this.findings.n, function (i) { return severity[i] * rules + rule[i]; }, rules * this.findings.severities.length, null);
  }

  /* Do the next part of what search and sort will ask, while nothing else is asked; return whether all is done. */
  ahead() {
    if (this.told < this.findings.n) {
      this.prepare(2000);
      return false;
    }
    if (!this.shapeTexts) {
      this.sharedTexts();
      return false;
    }
    const column = COLUMNS.find(function (one) { return !this.ranks[one]; }, this);
    if (column) this.ranks[column] = this.rank(column);
    return !column;
  }

  /* Make what the search looks in, for so many findings more. */
  prepare(many) {
    const findings = this.findings;
    const end = Math.min(findings.n, this.told + many);
    for (let i = this.told; i < end; i++) {
      const columns = findings.slots[findings.shape[i]];
      const nth = findings.nth[i];
      let text = findings.id(i) + '\n' + findings.cells(i) + '\n' + findings.message(i);
      for (let j = 0; j < columns.length; j++) text += '\n' + columns[j][nth];
      this.own[i] = text.toLowerCase();
      this.briefs[i] = findings.brief(i);
    }
    this.told = end;
  }

  /* What all findings of a shape say alike. */
  shapeText(shape) {
    const findings = this.findings;
    const columns = shape.values.map(function (pair) { return findings.texts[pair[0]]; });
    const rule = findings.rules[shape.rule];
    const words = [findings.severities[shape.severity][1], findings.themes[shape.theme][1], rule[0], rule[1], shape.column, shape.list];
    return words.concat(shape.fix, shape.basis, shape.standards, columns).join('\n').toLowerCase();
  }

  sharedTexts() {
    const findings = this.findings;
    this.shapeTexts = findings.shapes.map(this.shapeText, this);
    this.subjectTexts = Array.from({ length: findings.subjects.n }, function (none, s) { return this.subjectText(s); }.bind(this));
  }

  subjectText(s) {
    const findings = this.findings;
    const one = findings.subjects;
    const sheet = one.place[s] ? findings.places[one.place[s] - 1] : [];
    return [one.household[s], one.person[s], findings.texts[one.village[s]], findings.texts[one.township[s]]].concat(sheet).join('\n').toLowerCase();
  }

  search(query) {
    this.query = query;
    const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!terms.length) {
      this.matches = null;
      return;
    }
    const findings = this.findings;
    this.prepare(findings.n);
    const matches = (this.matches = new Uint8Array(findings.n).fill(1));
    if (!this.shapeTexts) this.sharedTexts();
    terms.forEach(function (term) {
      const inShape = this.shapeTexts.map(function (text) { return text.indexOf(term) >= 0; });
      const inSubject = this.subjectTexts.map(function (text) { return text.indexOf(term) >= 0; });
      for (let i = 0; i < findings.n; i++) {
        if (matches[i] && !inSubject[findings.subject[i]] && !inShape[findings.shape[i]] && this.own[i].indexOf(term) < 0) matches[i] = 0;
      }
    }, this);
  }

  /* Return the findings shown, in order; and count, for each kind, what each option would show beside the other filters. */
  apply() {
    const findings = this.findings;
    const active = [];
    const counts = {};
    KINDS.forEach(function (kind, bit) {
      counts[kind] = new Int32Array(this.options[kind].length);
      if (!this.wanted[kind].size) return;
      const allowed = Uint8Array.from(this.options[kind], function (option) { return this.wanted[kind].has(option[0]) ? 1 : 0; }.bind(this));
      active.push({ bit: 1 << bit, allowed: allowed, value: this.value[kind] });
    }, this);
    const shown = new Int32Array(findings.n);
    let n = 0;
    for (let at = 0; at < findings.n; at++) {
      const i = this.order[at];
      let against = this.matches && !this.matches[i] ? SEARCHED : 0;
      for (let k = 0; k < active.length; k++) if (!active[k].allowed[active[k].value[i]]) against |= active[k].bit;
      if (!against) shown[n++] = i;
      for (let k = 0; k < KINDS.length; k++) {
        if (!against || against === 1 << k) counts[KINDS[k]][this.value[KINDS[k]][i]]++;
      }
    }
    return { shown: shown.subarray(0, n), counts: counts };
  }

  sortBy(column, down) {
    this.sort = { column: column, down: down };
    if (!column) {
      this.order = this.standing;
      return;
    }
    if (!this.ranks[column]) this.ranks[column] = this.rank(column);
    const rank = this.ranks[column];
    const last = rank.size - 1;
    const of = rank.of;
    this.order = counted(this.findings.n, down ? function (i) { return last - of(i); } : of, rank.size, this.standing);
  }

  rank(column) {
    const findings = this.findings;
    const value = this.value;
    const subject = findings.subject;
    if (column === 'severity' || column === 'township' || column === 'village') {
      return { size: Math.max(1, this.options[column].length), of: function (i) { return value[column][i]; } };
    }
    if (column === 'rule' || column === 'name') {
      const names = findings.rules.map(function (rule) { return rule[column === 'rule' ? 0 : 1]; });
      const ranked = ranksOf(names, column === 'rule' ? plainly : byTongue);
      return { size: ranked.size, of: function (i) { return ranked.ranks[value.rule[i]]; } };
    }
    if (column === 'household' || column === 'person') {
      const whose = ranksOf(findings.subjects[column], column === 'person' ? byTongue : plainly);
      return { size: whose.size, of: function (i) { return whose.ranks[subject[i]]; } };
    }
    if (column === 'cell') return rankOfCells(findings);
    return column === 'sheet' ? this.rankOfSheets() : this.rankOfBriefs();
  }

  rankOfSheets() {
    const findings = this.findings;
    const sheets = ranksOf([''].concat(findings.places.map(function (place) { return place[1]; })), byTongue);
    return { size: sheets.size, of: function (i) { return sheets.ranks[findings.subjects.place[findings.subject[i]]]; } };
  }

  rankOfBriefs() {
    this.prepare(this.findings.n);
    const ranked = ranksOf(this.briefs, plainly);
    return { size: ranked.size, of: function (i) { return ranked.ranks[i]; } };
  }
}

/* Row first, then column: B2 before A10, Z9 before AA9. */
function rankOfCells(findings) {
  const letters = findings.shapes.map(function (shape) { return typeof shape.cells === 'string' ? lettersOf(shape.cells) : -1; });
  const column = new Int32Array(findings.n);
  let most = 0;
  for (let i = 0; i < findings.n; i++) {
    const told = letters[findings.shape[i]];
    column[i] = told < 0 ? lettersOf(findings.cells(i)) : told;
    most = Math.max(most, findings.row(i));
  }
  const byColumn = counted(findings.n, function (i) { return column[i]; }, 20000, null);
  const sorted = counted(findings.n, function (i) { return findings.row(i); }, most + 1, byColumn);
  const rank = new Int32Array(findings.n);
  for (let at = 1; at < findings.n; at++) {
    const i = sorted[at];
    const before = sorted[at - 1];
    const same = findings.row(i) === findings.row(before) && column[i] === column[before];
    rank[i] = rank[before] + (same ? 0 : 1);
  }
  return { size: findings.n, of: function (i) { return rank[i]; } };
}

/* A → 1, Z → 26, AA → 27; 0 where no column stands first. */
function lettersOf(cells) {
  let number = 0;
  for (let at = 0; at < 3; at++) {
    const letter = cells.charCodeAt(at) - 64;
    if (!(letter >= 1 && letter <= 26)) break;
    number = number * 26 + letter;
  }
  return number;
}

/* A stable sort by small numbers, over the order given. */
function counted(n, key, keys, order) {
  const starts = new Int32Array(keys + 1);
  for (let i = 0; i < n; i++) starts[key(i) + 1]++;
  for (let k = 0; k < keys; k++) starts[k + 1] += starts[k];
  const sorted = new Int32Array(n);
  for (let at = 0; at < n; at++) {
    const i = order ? order[at] : at;
    sorted[starts[key(i)]++] = i;
  }
  return sorted;
}

function ranksOf(texts, sorter) {
  const sorted = sorter(Array.from(new Set(texts)));
  const rank = new Map(sorted.map(function (text, at) { return [text, at]; }));
  return { size: Math.max(1, sorted.length), ranks: Int32Array.from(texts, function (text) { return rank.get(text); }) };
}

function plainly(texts) { return texts.sort(); }

/* By pinyin where the browser can; nothing said stands last. */
function byTongue(texts) {
  const collator = new Intl.Collator(['zh-CN', 'en'], { numeric: true });
  return texts.sort(function (left, right) {
    return !left || !right ? Number(!left) - Number(!right) : collator.compare(left, right);
  });
}

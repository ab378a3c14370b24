/* The island (base64 of deflate) → columns, and what one finding says. How sections are written: findings_columns.py. */

const ZERO = 35;
const LARGEST = 50000;
const WHOSE = /^(?:(?:户编号|户|household )?\u0001(?: ?[（(]\u0002[）)])?|\u0002)(?:[：，]|[:,] )(?=.)/;
const SUBJECT = ['', 'household', 'person', 'village', 'township']; // parts of a text below 0: -1 is the household, ...

function unpack(base64) {
  const raw = atob(base64.replace(/\s+/g, ''));
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new TextDecoder('utf-8').decode(fflate.inflateSync(bytes)).split('\0');
}

function whole(text, at, count) {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let number = text.charCodeAt(at++) - ZERO;
    if (number === LARGEST) {
      const end = text.indexOf(';', at);
      number = Number(text.slice(at, end));
      at = end + 1;
    }
    numbers[i] = number;
  }
  return numbers;
}

function wholeNumbers(section, count) {
  return whole(section, 1, count);
}

function added(steps) {
  let value = 0;
  for (let i = 0; i < steps.length; i++) {
    value += steps[i] % 2 ? -(steps[i] + 1) / 2 : steps[i] / 2;
    steps[i] = value;
  }
  return steps;
}

function unescaped(text) {
  if (text.indexOf('\\') < 0) return text;
  return text.replace(/\\(.)/g, function (all, mark) {
    return mark === 'n' ? '\n' : mark === '0' ? '\0' : mark === '1' ? '\u0001' : mark;
  });
}

function columnOf(section, count) {
  const way = section[0];
  const body = section.slice(1);
  if (way === 'k') {
    const same = unescaped(body);
    return Array.from({ length: count }, function () { return same; });
  }
  if (way === 't') return body.split('\n').map(unescaped);
  if (way === 'd') {
    const end = body.indexOf('\u0001');
    const known = body.slice(0, end).split('\n').map(unescaped);
    return Array.from(whole(body, end + 1, count), function (number) { return known[number]; });
  }
  return digits(body, count);
}

/* Steps may be larger than 32 bits hold, so these are summed as plain numbers. */
function digits(body, count) {
  const first = body.indexOf('\n');
  const second = body.indexOf('\n', first + 1);
  const shared = body.slice(0, first);
  const width = Number(body.slice(first + 1, second));
  const told = new Array(count);
  let at = second + 1;
  let value = 0;
  for (let i = 0; i < count; i++) {
    let step = body.charCodeAt(at++) - ZERO;
    if (step === LARGEST) {
      const end = body.indexOf(';', at);
      step = Number(body.slice(at, end));
      at = end + 1;
    }
    value += step % 2 ? -(step + 1) / 2 : step / 2;
    const text = String(value);
    told[i] = shared + (text.length < width ? '0'.repeat(width - text.length) : '') + text;
  }
  return told;
}

/* A list of findings; `i` is a finding's place in the island: by sheet and row. */
class Findings {
  constructor(base64) {
    const sections = unpack(base64);
    const head = JSON.parse(sections[0]);
    this.words = head.words;
    this.severities = head.severities;
    this.themes = head.themes;
    this.rules = head.rules;
    this.places = head.places;
    this.texts = head.texts;
    this.n = head.counts.reduce(function (sum, counted) { return sum + counted[0]; }, 0);
    this.tails = columnOf(sections[1], this.n);
    this.subject = added(wholeNumbers(sections[2], this.n));
    this.shape = wholeNumbers(sections[3], this.n);
    const subjects = this.subject.reduce(function (most, one) { return Math.max(most, one + 1); }, 0);
    this.subjects = {
      n: subjects,
      place: wholeNumbers(sections[4], subjects),
      row: added(wholeNumbers(sections[5], subjects)),
      household: columnOf(sections[6], subjects),
      person: columnOf(sections[7], subjects),
      village: wholeNumbers(sections[8], subjects),
      township: wholeNumbers(sections[9], subjects),
    };
    let at = 10;
    this.slots = head.counts.map(function (counted) {
      const columns = [];
      for (let j = 0; j < counted[1]; j++) columns.push(columnOf(sections[at++], counted[0]));
      return columns;
    });
    this.nth = new Int32Array(this.n); // which of its shape's findings it is
    const met = new Int32Array(head.shapes.length);
    for (let i = 0; i < this.n; i++) this.nth[i] = met[this.shape[i]]++;
    this.shapes = head.shapes.map(this.shapeOf, this);
  }

  shapeOf(told) {
    const texts = this.texts;
    const rule = texts[told[0]];
    const names = {};
    this.rules.forEach(function (one, position) { names[one[0]] = position; });
    return {
      rule: names[rule], severity: this.position(this.severities, texts[told[1]]), theme: this.position(this.themes, rule.slice(0, 3)),
      scope: texts[told[2]], stable: told[3] === 1, column: texts[told[4]], list: texts[told[5]], cells: told[6], message: told[7],
      fix: texts[told[8]], basis: texts[told[9]], standards: told[10].map(function (text) { return texts[text]; }),
      values: told[11], evidence: told[12], places: told[13],
    };
  }

  position(pairs, key) {
    return pairs.findIndex(function (pair) { return pair[0] === key; });
  }

  say(key, parts) {
    const word = this.words[key];
    return parts ? word.replace(/\{(\w+)\}/g, function (all, name) { return String(parts[name]); }) : word;
  }

  id(i) {
    const tail = this.tails[i];
    return tail[0] === '=' ? tail.slice(1) : this.rules[this.shapes[this.shape[i]].rule][0] + '-' + tail;
  }

  of(i) { return this.shapes[this.shape[i]]; }

  part(i, part) {
    if (typeof part === 'string') return part;
    if (part >= 0) return this.slots[this.shape[i]][part][this.nth[i]];
    return this.about(i, SUBJECT[-part]);
  }

  about(i, what) {
    const told = this.subjects[what][this.subject[i]];
    return typeof told === 'number' ? this.texts[told] : told;
  }

  message(i) {
    const parts = this.of(i).message;
    let text = '';
    for (let j = 0; j < parts.length; j++) text += this.part(i, parts[j]);
    return text;
  }

  /* The message without whom it is about, where it begins so: the table has columns for that. */
  brief(i) {
    const parts = this.of(i).message;
    let text = '';
    for (let j = 0; j < parts.length; j++) text += parts[j] === -1 ? '\u0001' : parts[j] === -2 ? '\u0002' : this.part(i, parts[j]);
    const findings = this;
    return text.replace(WHOSE, '').replace(/[\u0001\u0002]/g, function (mark) { return findings.part(i, mark === '\u0001' ? -1 : -2); });
  }

  row(i) { return this.subjects.row[this.subject[i]]; }

  sheet(i) {
    const place = this.subjects.place[this.subject[i]];
    return place ? this.places[place - 1][1] : '';
  }

  file(i) {
    const place = this.subjects.place[this.subject[i]];
    return place ? this.places[place - 1][0] : '';
  }

  cells(i) { return this.cellsAt(i, this.of(i).cells, this.row(i)); }

  cellsAt(i, cells, row) {
    if (typeof cells === 'number') return this.part(i, cells);
    if (cells) return cells.split(',').map(function (letters) { return letters + row; }).join(', ');
    return row ? this.say('row', { row: row }) : '';
  }

  pairs(i, columns) {
    return columns.map(function (pair) { return [this.texts[pair[0]], this.part(i, pair[1])]; }, this);
  }

  values(i) { return this.pairs(i, this.of(i).values); }

  evidence(i) {
    return this.of(i).evidence.map(function (row) { return this.pairs(i, row); }, this);
  }

  elsewhere(i) {
    return this.of(i).places.map(function (told) {
      const sheet = this.places[told[0]];
      const row = told[2] === null ? 0 : Number(this.part(i, told[2])) + (told[3] ? this.row(i) : 0);
      const parts = [sheet[0], sheet[1], this.cellsAt(i, told[4], row)];
      return { role: this.texts[told[1]], where: parts.filter(Boolean).join(' › ') };
    }, this);
  }
}

/* The panel that tells one finding whole. */

class Detail {
  /* `moved(step)` asks for the finding before or after, `closed()` says the panel was closed. */
  constructor(findings, moved, closed, linkTo) {
    this.findings = findings;
    this.linkTo = linkTo;
    this.closed = closed;
    this.body = el('div', { class: 'f-body' });
    this.place = el('span', { class: 'f-position' });
    this.earlier = el('button', { type: 'button', click: function () { moved(-1); } }, '‹ ' + findings.say('earlier'));
    this.later = el('button', { type: 'button', click: function () { moved(1); } }, findings.say('later') + ' ›');
    const close = el('button', { type: 'button', class: 'f-close', 'aria-label': findings.say('close'), title: findings.say('close') + ' (Esc)', click: this.close.bind(this) }, '×');
    this.panel = el('div', { class: 'f-panel', role: 'dialog', 'aria-labelledby': 'f-title', tabindex: -1, hidden: true, keydown: this.key.bind(this) },
      [el('div', { class: 'f-bar' }, [this.earlier, this.later, this.place, close]), this.body]);
  }

  key(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.close();
  }

  close() {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    this.closed();
  }

  /* `at` is the finding's place among `all` that are shown, -1 where the filters hide it. */
  open(i, at, all) {
    emptied(this.body);
    this.tell(i);
    this.place.textContent = at < 0 ? '' : this.findings.say('position', { n: grouped(at + 1), all: grouped(all) });
    this.earlier.disabled = at <= 0;
    this.later.disabled = at < 0 || at + 1 >= all;
    const wasOpen = !this.panel.hidden;
    this.panel.hidden = false;
    this.body.scrollTop = 0;
    if (!wasOpen || !this.panel.contains(document.activeElement) || document.activeElement.disabled) this.panel.focus({ preventScroll: true });
  }

  tell(i) {
    const findings = this.findings;
    const shape = findings.of(i);
    const rule = findings.rules[shape.rule];
    this.add(el('p', { class: 'f-kind' }, [severityMark(findings, shape.severity), el('span', { class: 'f-id' }, rule[0])]));
    this.add(el('h3', { id: 'f-title' }, rule[1] || rule[0]));
    this.add(el('p', { class: 'f-message' }, findings.message(i)));
    this.facts([
      ['household', findings.about(i, 'household')], ['person', findings.about(i, 'person')], ['township', findings.about(i, 'township')],
      ['village', findings.about(i, 'village')], ['place', [findings.file(i), findings.sheet(i), findings.cells(i)].filter(Boolean).join(' › ')],
      ['about_column', shape.column], ['list', shape.list],
    ]);
    this.block('fix', [el('p', {}, shape.fix)], shape.fix);
    this.block('basis', [el('p', {}, shape.basis)], shape.basis);
    this.block('parameter', shape.standards.map(function (text) { return el('p', {}, text); }), shape.standards.length);
    const values = findings.values(i);
    this.block('values', [this.pairs(values)], values.length);
    const evidence = findings.evidence(i);
    this.block('evidence', evidence.map(this.pairs, this), evidence.length);
    const elsewhere = findings.elsewhere(i).map(function (place) {
      const role = findings.say(place.role === 'list' ? 'hit' : place.role);
      return el('li', {}, [el('span', { class: 'f-role' }, role), place.where]);
    });
    this.block('see', [el('ul', {}, elsewhere)], elsewhere.length);
    this.foot(i, rule[0], shape.stable);
  }

  add(node) { this.body.appendChild(node); }

  facts(pairs) {
    const list = el('dl', { class: 'f-facts' });
    pairs.forEach(function (pair) {
      if (!pair[1]) return;
      list.appendChild(el('dt', {}, this.findings.say(pair[0])));
      list.appendChild(el('dd', {}, pair[1]));
    }, this);
    this.add(list);
  }

  block(key, children, there) {
    if (there) this.add(el('section', { class: 'f-block f-about-' + key }, [el('h4', {}, this.findings.say(key))].concat(children)));
  }

  pairs(pairs) {
    const blank = this.findings.say('blank');
    const rows = pairs.map(function (pair) {
      const told = pair[1] === '' ? el('td', { class: 'f-blank' }, blank) : el('td', {}, pair[1]);
      return el('tr', {}, [el('th', { scope: 'row' }, pair[0]), told]);
    });
    return el('table', { class: 'f-values' }, el('tbody', {}, rows));
  }

  foot(i, rule, stable) {
    const findings = this.findings;
    const id = findings.id(i);
    const copy = el('button', { type: 'button', class: 'f-copy', 'aria-live': 'polite' }, findings.say('copy'));
    copy.addEventListener('click', function () {
      if (copied(id, this.panel)) copy.textContent = findings.say('copied');
      copy.focus();
    }.bind(this));
    const links = [el('a', { href: '#' + this.linkTo(id), class: 'f-permalink' }, findings.say('link'))];
    if (document.getElementById('rule-' + rule)) links.unshift(el('a', { href: '#rule-' + rule, click: this.toRule.bind(this) }, findings.say('rule_page')));
    this.add(el('div', { class: 'f-foot' }, [el('div', {}, [el('code', { class: 'f-own' }, id), copy]), el('p', { class: 'f-links' }, links)]
      .concat(stable ? [] : [el('p', { class: 'f-unstable' }, findings.say('unstable'))])));
  }

  /* The panel would hide the rule's page; a rule that is folded is opened first. */
  toRule(event) {
    const rule = document.getElementById(event.target.getAttribute('href').slice(1));
    if (rule.tagName === 'DETAILS') rule.open = true;
    this.close();
  }
}

/* Works on pages from a disk, too, where the newer clipboard is not allowed. */
function copied(text, inside) {
  const field = el('textarea', { class: 'sr-only', 'aria-hidden': 'true', tabindex: -1, readonly: true });
  field.value = text;
  inside.appendChild(field);
  field.select();
  const done = document.execCommand('copy');
  inside.removeChild(field);
  return done;
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

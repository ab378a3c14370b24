/* A filter of several values: a button, and under it boxes to tick, each with how many it would show. */

const MOST_OPTIONS = 300; // of one filter, in the page at once

class Pick {
  constructor(list, kind) {
    this.list = list;
    this.kind = kind;
    this.options = list.choice.options[kind];
    this.text = '';
    this.summary = el('b', {});
    this.button = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'f-pick-' + kind, click: this.toggle.bind(this) },
      [el('span', {}, list.say(kind)), this.summary]);
    this.find = el('input', { type: 'search', 'aria-label': list.say('search') + ' ' + list.say(kind), placeholder: list.say('search'), input: this.typed.bind(this) });
    this.boxes = el('div', { class: 'f-boxes', role: 'group', 'aria-label': list.say(kind) });
    this.pop = el('div', { class: 'f-pop', id: 'f-pick-' + kind, hidden: true }, this.options.length > 12 ? [this.find, this.boxes] : [this.boxes]);
    this.node = el('div', { class: 'f-pick', keydown: this.key.bind(this) }, [this.button, this.pop]);
    document.addEventListener('click', function (event) {
      if (!this.node.contains(event.target)) this.fold();
    }.bind(this));
  }

  typed() {
    this.text = this.find.value.trim().toLowerCase();
    this.fill();
  }

  key(event) {
    if (event.key !== 'Escape' || this.pop.hidden) return;
    event.preventDefault();
    this.fold();
    this.button.focus();
  }

  toggle() {
    if (!this.pop.hidden) return this.fold();
    this.pop.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.fill();
    return undefined;
  }

  fold() {
    this.pop.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  show(counts) {
    this.counts = counts;
    const wanted = this.list.choice.wanted[this.kind];
    const chosen = this.options.filter(function (option) { return wanted.has(option[0]); });
    this.summary.textContent = chosen.length === 1 ? chosen[0][1] : chosen.length ? this.list.say('chosen', { n: chosen.length }) : this.list.say('all');
    this.node.classList.toggle('f-on', wanted.size > 0);
    if (!this.pop.hidden) this.fill();
  }

  fill() {
    const list = this.list;
    const wanted = list.choice.wanted[this.kind];
    const focused = this.boxes.contains(document.activeElement) ? document.activeElement.value : null;
    emptied(this.boxes);
    let left = 0;
    this.options.forEach(function (option, at) {
      if (!wanted.has(option[0]) && (!this.counts[at] || option[1].toLowerCase().indexOf(this.text) < 0)) return;
      if (this.boxes.childNodes.length >= MOST_OPTIONS) {
        left += 1;
        return;
      }
      const box = el('input', { type: 'checkbox', value: option[0], change: function () { list.toggle(this.kind, option[0]); }.bind(this) });
      box.checked = wanted.has(option[0]);
      this.boxes.appendChild(el('label', {}, [box, el('span', {}, option[1]), el('i', {}, grouped(this.counts[at]))]));
      if (option[0] === focused) box.focus();
    }, this);
    if (left) this.boxes.appendChild(el('p', {}, list.say('more_options', { n: left })));
  }
}

/* What leaves the page: the rows shown, as a plain table for paper and as CSV. */

const PRINTED = 2000; // rows
const PAPER = ['severity', 'rule', 'name', 'village', 'household', 'person', 'cell', 'problem'];

function paperCells(findings, i) {
  const cells = cellsOf(findings, i);
  const village = [findings.about(i, 'township'), findings.about(i, 'village')].filter(Boolean).join(' ');
  const place = [findings.sheet(i), findings.cells(i)].filter(Boolean).join(' ');
  return [cells[0], cells[1], cells[2], village, cells[5], cells[6], place, cells[9]];
}

/* Before printing the rows stand in the page; after it they are taken out again. */
function onPaper(box, findings, shownNow, filtersNow) {
  let paper = null;
  function lay() {
    if (paper) return;
    const shown = shownNow();
    const rows = [];
    for (let at = 0; at < Math.min(PRINTED, shown.length); at++) {
      rows.push(el('tr', {}, paperCells(findings, shown[at]).map(function (cell) { return el('td', {}, cell); })));
    }
    const heads = PAPER.map(function (column) { return el('th', { scope: 'col' }, findings.say(column)); });
    const filters = filtersNow();
    const told = [];
    if (filters) told.push(el('p', {}, findings.say('filters', { filters: filters })));
    if (shown.length > PRINTED) told.push(el('p', { class: 'f-cut' }, findings.say('print_cut', { n: grouped(PRINTED), all: grouped(shown.length) })));
    if (!shown.length) told.push(el('p', {}, findings.say(findings.n ? 'none_shown' : 'nothing')));
    paper = el('div', { class: 'f-paper' }, told.concat(el('table', {}, [el('thead', {}, el('tr', {}, heads)), el('tbody', {}, rows)])));
    box.appendChild(paper);
  }
  function take() {
    if (paper) box.removeChild(paper);
    paper = null;
  }
  window.addEventListener('beforeprint', lay);
  window.addEventListener('afterprint', take);
  if (!('onbeforeprint' in window)) {
    window.matchMedia('print').addListener(function (asked) { (asked.matches ? lay : take)(); });
  }
}

/* As csv_report.py: an apostrophe before what a spreadsheet may run, a tab before what it would make another number of. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const PLAIN = /^-?(?:0|[1-9][0-9]{0,10})(?:\.[0-9]{0,9}[1-9])?$/;
const NUMERAL = /^[0-9][0-9.,:/eE+\-%年月日时分 ]*$/;

function quoted(text) {
  const sign = PLAIN.test(text) ? '' : FORMULA.test(text) ? "'" : NUMERAL.test(text) ? '\t' : '';
  return '"' + sign + text.replace(/[\x00-\x08\x0b-\x1f]/g, ' ').replace(/"/g, '""') + '"';
}

function csvOf(findings, shown) {
  const heads = COLUMNS.concat('file', 'basis', 'fix', 'id').map(function (column) { return quoted(findings.say(column)); });
  const lines = [heads.join(',')];
  for (let at = 0; at < shown.length; at++) {
    const i = shown[at];
    const shape = findings.of(i);
    const cells = cellsOf(findings, i);
    cells[0] = findings.severities[shape.severity][1];
    cells[9] = findings.message(i);
    lines.push(cells.concat(findings.file(i), shape.basis, shape.fix, findings.id(i)).map(quoted).join(','));
  }
  return '\ufeff' + lines.join('\r\n') + '\r\n';
}

function download(findings, shown) {
  const link = el('a', { href: URL.createObjectURL(new Blob([csvOf(findings, shown)], { type: 'text/csv;charset=utf-8' })), download: findings.say('file_name') + '.csv' });
  document.body.appendChild(link);
  link.click();
  document.body.removeChild(link);
  window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
}

// The tables of `make bench-js`, as Markdown: ratios first.

import { readFileSync } from 'node:fs';
import os from 'node:os';

const root = new URL('../../../', import.meta.url);

function number(value, digits) {
  if (value === undefined) return '-';
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = `|---|${'---:|'.repeat(head.length - 1)}`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function ratio(value) {
  return value === undefined ? '-' : `**${number(value, 2)}**`;
}

function tasksTable(rows) {
  const head = ['', 'sdp-transform / koeru', 'sdp / koeru', 'koeru µs', 'sdp-transform µs', 'sdp µs'];
  return table(
    head,
    rows.map(({ title, us, ratios }) => [
      title,
      ratio(ratios['sdp-transform']),
      ratio(ratios.sdp),
      ...['koeru', 'sdp-transform', 'sdp'].map((name) => number(us[name], 1)),
    ]),
  );
}

function linearTable(rows) {
  const names = Object.keys(rows[0].nanoseconds);
  return table(
    ['bytes', ...names],
    rows.map(({ bytes, nanoseconds }) => [
      number(bytes, 0),
      ...names.map((name) => number(nanoseconds[name], 2)),
    ]),
  );
}

function memoryTable(tasks) {
  const counts = tasks[0].stages.map(({ parses }) => `${number(parses, 0)} descriptions`);
  const rows = tasks.flatMap(({ name, stages }) =>
    Object.keys(stages[0])
      .filter((key) => key !== 'parses')
      .map((key) => [`${name}: ${key}`, ...stages.map((s) => `${number(s[key] / 1e6, 2)} MB`)]),
  );
  return table(['', ...counts], rows);
}

function startTable({ compile, first, both, pages }) {
  return table(
    [`medians of ${pages} fresh pages`, 'ms'],
    [
      ['compile and start koeru.wasm, its bytes at hand', number(compile, 2)],
      ['the first parse after that', number(first, 2)],
      ['both', ratio(both)],
    ],
  );
}

function engine(name, { rows, linear, memory, absent, start }) {
  const parts = [`## ${name}`, tasksTable(rows), ...absent.map((text) => `Absent: ${text}.`)];
  parts.push(`### Nanoseconds for each byte`, linearTable(linear));
  parts.push(`### Memory, after the collector has run`, memoryTable(memory));
  if (start) parts.push('### Start', startTable(start));
  return parts.join('\n\n');
}

function versionOf(name) {
  const file = new URL(`js/node_modules/${name}/package.json`, root);
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
}

function machine(engines, command) {
  const [{ model }] = os.cpus();
  const load = os.loadavg().map((value) => value.toFixed(1)).join(' ');
  return [
    `- ${new Date().toISOString().slice(0, 10)}, Linux ${os.release()}, ${model.trim()}, ${os.cpus().length} cores`,
    `- ${Object.keys(engines).join(', ')}; ${versionOf('sdp-transform')}, ${versionOf('sdp')}`,
    `- load while measuring: ${load}`,
    `- \`${command}\``,
  ].join('\n');
}

// `engines`: the results of each by its name.
export function markdown(engines, { rounds, milliseconds }, command) {
  return `# What \`make bench-js\` measured

Written by \`tests/bench/js/run.sh\`; do not edit. Koeru's drop-in modules and the packages that they
stand in for do the same task in turns, in one process, and their results are compared first. The
offers are those of tests/vectors/sdp, with their m-sections repeated up to the size. Times are
medians of ${rounds} rounds of ${milliseconds} ms: CPU time in Node, its collector's threads included, and elapsed time
in Chromium; a ratio is the median of the ratios of the rounds.

*parse* and *write* are those of koeru/sdp-transform, all result objects included. *SDPUtils* is
koeru/sdp beside \`sdp\`: everything of each section. *view* is \`Koeru.sdp\`: parse, read the name of
the first video codec, change one direction, give the text back; \`sdp\` and sdp-transform do the same
in their way. *JSON.parse* reads the same result objects from JSON: what making them costs at least.

${Object.entries(engines).map(([name, results]) => engine(name, results)).join('\n\n')}

## Where

${machine(engines, command)}
`;
}

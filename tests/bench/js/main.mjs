// node --expose-gc tests/bench/js/main.mjs [options]: see run.sh.

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureInChromium } from './in_chromium.mjs';
import { measureInNode } from './in_node.mjs';
import { markdown } from './report.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    milliseconds: { type: 'string', default: '60' },
    parses: { type: 'string', default: '1000000' },
    out: { type: 'string' },
  },
});

// Quick: each task once, to see that everything can be measured. The numbers say nothing.
const options = values.quick
  ? { rounds: 1, milliseconds: 0, parses: 40, largest: 100_000, pages: 1 }
  : {
      rounds: Number(values.rounds),
      milliseconds: Number(values.milliseconds),
      parses: Number(values.parses),
      largest: 10_000_000,
      pages: 9,
    };

function offer(name) {
  return readFileSync(new URL(`../../vectors/sdp/${name}.sdp`, import.meta.url), 'utf8');
}
const offers = {
  chromium: offer('chromium_video_offer'),
  firefox: offer('firefox_video_offer'),
};

const engines = {};
if (values.only !== 'chromium') {
  engines[`Node ${process.version}`] = await measureInNode(offers, options);
}
if (values.only !== 'node') {
  const { version, ...results } = await measureInChromium(offers, options);
  engines[version] = results;
}
const command = `tests/bench/js/run.sh ${process.argv.slice(2).filter((arg) => !arg.startsWith('--out')).join(' ')}`;
const report = markdown(engines, options, command.trim());
if (values.out) writeFileSync(values.out, report);
console.log(report);

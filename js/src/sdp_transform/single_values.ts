// Values of which a section has one, by their key. The keys stand in the code: engines give up the
// fast layout of an object to which more than a dozen keys were added by variables.

import type { Section } from './hot_lines.js';

export type Setter = (section: Section, value: string | number) => void;

export const setters: { [key: string]: Setter } = {
  bundleOnly: (section, value) => (section.bundleOnly = value),
  direction: (section, value) => (section.direction = value),
  endOfCandidates: (section, value) => (section.endOfCandidates = value),
  extmapAllowMixed: (section, value) => (section.extmapAllowMixed = value),
  iceOptions: (section, value) => (section.iceOptions = value),
  icePwd: (section, value) => (section.icePwd = value),
  iceUfrag: (section, value) => (section.iceUfrag = value),
  icelite: (section, value) => (section.icelite = value),
  maxMessageSize: (section, value) => (section.maxMessageSize = value),
  mid: (section, value) => (section.mid = value),
  rtcpMux: (section, value) => (section.rtcpMux = value),
  rtcpRsize: (section, value) => (section.rtcpRsize = value),
  sctpPort: (section, value) => (section.sctpPort = value),
  setup: (section, value) => (section.setup = value),
};

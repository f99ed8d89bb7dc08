// Compiles only when what the entries export is what koeru.diagnose.d.ts declares. No code comes of
// it.

import type * as Public from '../../koeru.diagnose.js';
import type * as Actual from './entry_diagnose_module.js';

type Values<T> = { [K in keyof T]: T[K] };
type Keeps<Declared, Given extends Declared> = Given;
export type NothingMissing = Keeps<Values<typeof Public>, Values<typeof Actual>>;
export type NothingHidden = Keeps<keyof typeof Public, keyof typeof Actual>;

// Compiles only when what the entries export is what koeru.call.d.ts declares. No code comes of it.

import type * as Public from '../../koeru.call.js';
import type * as Actual from './join.js';

type Values<T> = { [K in keyof T]: T[K] };
type Keeps<Declared, Given extends Declared> = Given;
export type NothingMissing = Keeps<Values<typeof Public>, Values<typeof Actual>>;
export type NothingHidden = Keeps<keyof typeof Public, keyof typeof Actual>;

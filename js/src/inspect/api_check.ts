// Compiles only when what the entries export is what koeru.inspect.d.ts declares. No code comes of
// it.

import type * as Public from '../../koeru.inspect.js';
import type * as Actual from './entry_inspect_module.js';

type Values<T> = { [K in keyof T]: T[K] };
type Keeps<Declared, Given extends Declared> = Given;
export type NothingMissing = Keeps<Values<typeof Public>, Values<typeof Actual>>;
export type NothingHidden = Keeps<keyof typeof Public, keyof typeof Actual>;

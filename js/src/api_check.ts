// Compiles only when what api.ts exports is what koeru.d.ts declares. No code comes of it.

import type * as Public from '../koeru.js';
import type * as Actual from './api.js';

type Values<T> = { [K in keyof T]: T[K] };
type Keeps<Declared, Given extends Declared> = Given;
export type NothingMissing = Keeps<Values<typeof Public>, Values<typeof Actual>>;
export type NothingHidden = Keeps<keyof typeof Public, keyof typeof Actual>;

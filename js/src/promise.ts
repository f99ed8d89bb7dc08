// A Promise for browsers from before there was one (Chrome 32, Firefox 29, Edge 12, Safari 8), as
// Promises/A+ has it. Where one is native it is never used.

import type { Scope } from './scope.js';

type Callback = (value: any) => unknown;
type Settle = (value?: any) => void;

export interface SmallPromise {
  then(onFulfilled?: Callback | null, onRejected?: Callback | null): SmallPromise;
  catch(onRejected?: Callback | null): SmallPromise;
}
export interface SmallPromiseConstructor {
  new (executor: (resolve: Settle, reject: Settle) => void): SmallPromise;
  resolve(value?: unknown): SmallPromise;
  reject(reason?: unknown): SmallPromise;
  all(values: unknown[]): SmallPromise;
}

export function promiseOf(scope: Scope): PromiseConstructor {
  return scope.Promise || (SmallPromise as unknown as PromiseConstructor);
}

function Small(this: any, executor: (resolve: Settle, reject: Settle) => void): void {
  const self = this;
  let waiting: (() => void)[] = [];
  self.state = 0; // 1: fulfilled, 2: rejected

  function settle(state: 1 | 2, value: unknown): void {
    self.state = state;
    self.value = value;
    waiting.forEach(later);
    waiting = [];
  }

  // Promises/A+ 2.3: the promise resolution procedure. Of all calls the first one counts.
  function run(body: (resolve: Settle, reject: Settle) => void): void {
    let done = false;
    function once(action: Settle): Settle {
      return function (value) {
        if (!done) {
          done = true;
          action(value);
        }
      };
    }
    const reject = once(function (reason) {
      settle(2, reason);
    });
    try {
      body(once(resolve), reject);
    } catch (error) {
      reject(error);
    }
  }

  function resolve(value: any): void {
    run(function (_, reject) {
      if (value === self) return reject(new TypeError('A promise cannot wait for itself'));
      const then = Object(value) === value && value.then;
      if (typeof then !== 'function') return settle(1, value);
      run(function (resolve, reject) {
        then.call(value, resolve, reject);
      });
    });
  }

  self.wait = function (callback: () => void): void {
    if (self.state) later(callback);
    else waiting.push(callback);
  };
  run(function (first, reject) {
    executor(first, reject);
  });
}

function later(callback: () => void): void {
  setTimeout(callback, 0);
}

Small.prototype.then = function (onFulfilled?: Callback, onRejected?: Callback) {
  const self = this;
  return new SmallPromise(function (resolve, reject) {
    self.wait(function () {
      const handler = self.state === 1 ? onFulfilled : onRejected;
      if (typeof handler !== 'function') return (self.state === 1 ? resolve : reject)(self.value);
      try {
        resolve(handler(self.value));
      } catch (error) {
        reject(error);
      }
    });
  });
};
// Old parsers take these two names behind a dot for keywords.
Small.prototype['catch'] = function (onRejected?: Callback) {
  return this.then(null, onRejected);
};

export const SmallPromise = Small as unknown as SmallPromiseConstructor;

SmallPromise.resolve = function (value) {
  return new SmallPromise(function (resolve) {
    resolve(value);
  });
};
SmallPromise.reject = function (reason) {
  return new SmallPromise(function (_, reject) {
    reject(reason);
  });
};
SmallPromise.all = function (values) {
  return new SmallPromise(function (resolve, reject) {
    const results: unknown[] = [];
    let missing = values.length;
    if (!missing) resolve(results);
    values.forEach(function (value, index) {
      SmallPromise.resolve(value).then(function (result) {
        results[index] = result;
        if (--missing === 0) resolve(results);
      }, reject);
    });
  });
};

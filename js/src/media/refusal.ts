// Who said no: NotAllowedError is one name for at least five causes.

import type { AdviceId } from '../../koeru.js';
import { promiseOf } from '../promise.js';
import type { NavigatorLike, Scope } from '../scope.js';

export interface Refusal {
  id: AdviceId;
  // Those that it is about.
  features: string[];
}

// `features`: camera, microphone, display-capture, as Permissions-Policy and the permissions have
// them.
export function reasonOfRefusal(scope: Scope, features: string[], said: string): Promise<Refusal> {
  const PromiseType = promiseOf(scope);
  const isFramed = scope.top !== undefined && scope.top !== scope.self;
  const document = scope.document || {};
  const policy = document.permissionsPolicy || document.featurePolicy;
  function isShutOut(feature: string): boolean {
    return !!policy && !!policy.allowsFeature && !policy.allowsFeature(feature);
  }
  function because(id: AdviceId, which?: string[]): Refusal {
    return { id: id, features: which && which.length ? which : features };
  }
  function known(id: AdviceId, which?: string[]): Promise<Refusal> {
    return PromiseType.resolve(because(id, which));
  }
  if (/system/i.test(said)) return known('blocked-by-system'); // Chrome
  const shutOut = features.filter(isShutOut);
  if (shutOut.length) return known(isFramed ? 'blocked-by-frame' : 'blocked-by-policy', shutOut);
  if (/dismiss/i.test(said) || features[0] === 'display-capture') return known('refused');
  return PromiseType.all(
    features.map(function (feature) {
      return stateOf(scope, feature);
    }),
  ).then(function (states) {
    // Firefox and Safari have no way to ask for the policy. It shows as a denied permission in a
    // frame of another origin, which sees no element around it.
    const denied = features.filter(function (_, index) {
      return states[index] === 'denied';
    });
    if (denied.length) {
      const byFrame = isFramed && !policy && !scope.frameElement;
      return because(byFrame ? 'blocked-by-frame' : 'blocked', denied);
    }
    // The page may use it, and still the answer was no.
    if (states.join('').replace(/granted/g, '') === '') return because('blocked-by-system');
    return because(states.indexOf('prompt') >= 0 ? 'refused' : 'blocked');
  });
}

// 'granted', 'denied', 'prompt', or '?' where the browser does not say.
export function stateOf(scope: Scope, feature: string): Promise<string> {
  const PromiseType = promiseOf(scope);
  const permissions = (scope.navigator || ({} as NavigatorLike)).permissions;
  return new PromiseType<string>(function (resolve) {
    function unknown(): void {
      resolve('?');
    }
    if (!permissions || !permissions.query) return unknown();
    // Browsers that do not know the name refuse or, before Firefox 55, throw.
    try {
      permissions.query({ name: feature }).then(function (status) {
        resolve(status.state);
      }, unknown);
    } catch (error) {
      unknown();
    }
  });
}

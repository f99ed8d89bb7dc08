// Who said no: NotAllowedError is one name for at least five causes.

import type { AdviceId } from '../../koeru.js';
import { promiseOf } from '../promise.js';
import type { NavigatorLike, Scope } from '../scope.js';

// `features`: camera, microphone, display-capture, as Permissions-Policy and the permissions have them.
export function reasonOfRefusal(
  scope: Scope,
  features: string[],
  said: string,
): Promise<AdviceId> {
  const PromiseType = promiseOf(scope);
  const isFramed = scope.top !== undefined && scope.top !== scope.self;
  const document = scope.document || {};
  const policy = document.permissionsPolicy || document.featurePolicy;
  function isShutOut(feature: string): boolean {
    return !!policy && !!policy.allowsFeature && !policy.allowsFeature(feature);
  }
  function known(id: AdviceId): Promise<AdviceId> {
    return PromiseType.resolve(id);
  }
  if (/system/i.test(said)) return known('blocked-by-system'); // Chrome
  if (features.some(isShutOut)) return known(isFramed ? 'blocked-by-frame' : 'blocked-by-policy');
  if (/dismiss/i.test(said) || features[0] === 'display-capture') return known('refused');
  return PromiseType.all(
    features.map(function (feature) {
      return stateOf(scope, feature);
    }),
  ).then(function (states): AdviceId {
    // Firefox and Safari have no way to ask for the policy. It shows as a denied permission in a frame
    // of another origin, which sees no element around it.
    if (states.indexOf('denied') >= 0) {
      return isFramed && !policy && !scope.frameElement ? 'blocked-by-frame' : 'blocked';
    }
    // The page may use it, and still the answer was no.
    if (states.join('').replace(/granted/g, '') === '') return 'blocked-by-system';
    return states.indexOf('prompt') >= 0 ? 'refused' : 'blocked';
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

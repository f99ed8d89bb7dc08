// What a test wants to know of a stream or an error, as JSON. Plain ES5: some tests take the newer
// globals away.

var kept; // the last stream

function ask(name, first, second) {
  return new window.TestPromise(function (resolve) {
    var warnings = [];
    var options = second || {};
    options.onWarning = function (warning) {
      warnings.push(warning.kind + '.' + warning.constraint);
    };
    Koeru[name](first, options).then(
      function (stream) {
        kept = stream;
        var tracks = stream.getTracks().map(function (track) {
          return { kind: track.kind, label: track.label, settings: track.getSettings() };
        });
        resolve({ tracks: tracks, warnings: warnings });
      },
      function (error) {
        resolve({
          name: error.name,
          constraint: error.constraint,
          nearest: error.nearest,
          addresses: error.addresses,
          advice: error.advice,
          isNative: !(error instanceof Error) || error instanceof DOMException,
        });
      },
    );
  });
}

// The browser's own, for tests that take it from the page.
window.TestPromise = window.NativePromise || Promise;

// What #name asks for as the page loads: nobody has touched it yet, as puppeteer's own calls count.
var atLoad = {
  screen: function () {
    return ask('getDisplayMedia', { video: true });
  },
  sound: function () {
    var video = document.getElementById('video');
    var sound = new AudioContext().createMediaStreamDestination().stream;
    return Koeru.attach(video, sound, { playOnTap: true }).then(function (isPlaying) {
      return [isPlaying, video.muted, video.paused, video.hasAttribute('playsinline')];
    });
  },
  muted: function () {
    var video = document.getElementById('video');
    var sound = new AudioContext().createMediaStreamDestination().stream;
    return Koeru.attach(video, sound, { muted: 'if-needed' }).then(function (isPlaying) {
      return [isPlaying, video.muted, video.paused];
    });
  },
};
if (location.hash) window.outcome = atLoad[location.hash.slice(1)]();

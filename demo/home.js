import './page.js';

document.getElementById('script-url').textContent = new URL('koeru.js', location.href).href;

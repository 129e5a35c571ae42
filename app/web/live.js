// What happens in the shop while a page is open: the service's events, as events of this window's own `live` target. They are
// hints to read anew; 'again' comes when the line was down, and whatever is shown may be old.

export const live = new EventTarget();

const NAMES = ['stock', 'order', 'lot'];

const AGAIN_MS = 10_000;

let source = null;
let retry = null;
let before = false;

export function startLive() {
    stopLive();
    source = new EventSource('/api/v1/live');
    // The browser tries again by itself, unless the service answered and refused.
    source.addEventListener('error', () => {
        if (source?.readyState === EventSource.CLOSED) retry = setTimeout(startLive, AGAIN_MS);
    });
    source.addEventListener('hello', () => {
        if (before) live.dispatchEvent(new Event('again'));
        before = true;
    });
    source.addEventListener('lost', () => live.dispatchEvent(new Event('again')));
    for (const name of NAMES)
        source.addEventListener(name, (event) => {
            live.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(event.data) }));
        });
}

export function stopLive() {
    clearTimeout(retry);
    source?.close();
    source = null;
}

// Calls `read` when one of the names (or 'again') comes and `concerns` agrees, at most once a second, until the signal ends.
export function readWhen(names, read, signal, concerns = () => true) {
    let waiting = null;
    const hear = (event) => {
        if (waiting || (event.type !== 'again' && !concerns(event.detail))) return;
        waiting = setTimeout(() => {
            waiting = null;
            if (!signal.aborted) read().catch(() => {});
        }, 300);
    };
    for (const name of [...names, 'again']) live.addEventListener(name, hear, { signal });
    signal.addEventListener('abort', () => clearTimeout(waiting), { once: true });
}

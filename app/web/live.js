// What happens in the shop while a page is open: the service's events, as events of this window's own `live` target. They are
// hints to read anew; 'again' comes when the line was down, and whatever is shown may be old.

export const live = new EventTarget();

const NAMES = ['stock', 'order', 'lot', 'change', 'work'];

const AGAIN_MS = 10_000;

let source = null;
let retry = null;
let wanted = false;
let before = false;

export function startLive() {
    wanted = true;
    before = false;
    open();
}

export function stopLive() {
    wanted = false;
    close();
}

// A browser has six connections to a service for all its windows: only the one that is looked at holds one.
addEventListener('visibilitychange', follow);
addEventListener('pageshow', follow);
addEventListener('pagehide', close);

function follow() {
    if (!wanted || document.hidden) close();
    else if (!source) open();
}

function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
}

function open() {
    close();
    source = new EventSource('/api/v1/live');
    // The browser tries again by itself, unless the service answered and refused.
    source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        close();
        retry = setTimeout(follow, AGAIN_MS);
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

// What a page of such things is concerned by: any other event, and of the changes those of these kinds, or of the one with that number.
export const about =
    (kinds, number = null) =>
    ({ thing, id }) =>
        !thing || ([kinds].flat().includes(thing) && (number === null || id === number));

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

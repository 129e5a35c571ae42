// Talking to the service: JSON in and out, one kind of failure, and an idempotency key on every change.

import { isChinese } from '/i18n.js';
import { faultText, fieldText, ruleText } from '/rules.js';

const LONGEST_WAIT_MS = 10_000;
const LONGEST_UPLOAD_MS = 1_800_000;

// What went wrong, as the service said it (RFC 9457) but in the reader's language, or `code` 'unreachable' when it said nothing usable.
export class Problem extends Error {
    constructor(status, body) {
        const errors = (body.errors ?? []).map((one) => ({ ...one, rule: ruleText(one.rule) }));
        super(isChinese() ? sentence(errors, body) : (body.detail ?? body.title ?? String(status)));
        this.status = status;
        this.code = body.code ?? 'unreachable';
        this.title = body.title;
        this.errors = errors;
        this.trace = body.trace;
    }
}

// What `detail` says in English: the first thing that is wrong.
function sentence([first], { title, detail }) {
    if (!first) return ruleText(title ?? detail ?? '');
    return [fieldText(first.field), faultText(first)].filter(Boolean).join('：');
}

// Told 'signed-out' when the service no longer knows who asks.
export const signals = new EventTarget();

export function get(path, options = {}) {
    return ask('GET', path, undefined, options);
}

// `key` names the change, so that a repetition of it acts once; without one every call is a change of its own.
export function send(method, path, body, options = {}) {
    return ask(method, path, body, { key: newKey(), ...options });
}

// A file as the body. Reading a large one takes the service a while.
export function upload(path, file, options = {}) {
    return ask('POST', path, file, { key: newKey(), waitMs: LONGEST_UPLOAD_MS, ...options });
}

// What a download holds, as the browser keeps files. A failure on the way is a Problem.
export async function download(path, { signal } = {}) {
    const response = await fetchWithin(
        path,
        { headers: { 'X-Yaofang': 'web' }, credentials: 'same-origin', cache: 'no-store' },
        signal,
        LONGEST_UPLOAD_MS,
    );
    if (!response.ok) {
        const answer = await readJson(response);
        if (response.status === 401) signals.dispatchEvent(new Event('signed-out'));
        throw new Problem(response.status, answer ?? {});
    }
    try {
        return await response.blob();
    } catch {
        throw new Problem(0, {});
    }
}

// A question with a body, which changes nothing.
export function query(path, body, options = {}) {
    return ask('POST', path, body, options);
}

export const newKey = () => crypto.randomUUID?.() ?? randomKey();

// randomUUID exists only on https and localhost; a shop's own network may have neither.
function randomKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
        '',
    );
}

async function ask(method, path, body, { signal, key, quiet401 = false, waitMs = LONGEST_WAIT_MS }) {
    const headers = { Accept: 'application/json', 'X-Yaofang': 'web' };

    const isFile = body instanceof Blob;
    if (body !== undefined) headers['Content-Type'] = isFile ? 'application/octet-stream' : 'application/json';
    if (key) headers['Idempotency-Key'] = key;

    const response = await fetchWithin(
        path,
        {
            method,
            headers,
            body: body === undefined || isFile ? body : JSON.stringify(body),
            credentials: 'same-origin',
            cache: 'no-store',
        },
        signal,
        waitMs,
    );
    const answer = await readJson(response);
    if (response.ok) return answer;
    if (response.status === 401 && !quiet401) signals.dispatchEvent(new Event('signed-out'));
    throw new Problem(response.status, answer ?? {});
}

// Passes on an abort the caller asked for; every other failure to get an answer is 'unreachable'.
async function fetchWithin(path, options, signal, waitMs) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), waitMs);
    const stop = () => limit.abort();

    signal?.throwIfAborted();
    signal?.addEventListener('abort', stop, { once: true });
    try {
        return await fetch(path, { ...options, signal: limit.signal });
    } catch {
        signal?.throwIfAborted();
        throw new Problem(0, {});
    } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
    }
}

async function readJson(response) {
    if (response.status === 204) return null;
    try {
        return await response.json();
    } catch {
        if (response.ok) throw new Problem(response.status, {});
        return null;
    }
}

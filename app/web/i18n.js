// The language of the page: which one, and its words.

import { languages, strings } from '/strings.js';

const STORED_AS = 'yaofang.language';

let chosen = firstLanguage();
let timeZone;

// The stored choice, else what the browser asks for. Storage may be blocked.
function firstLanguage() {
    const wanted = [stored(), ...navigator.languages].map((tag) => {
        if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag ?? '')) return 'zh-Hant';
        return /^zh\b/i.test(tag ?? '') ? 'zh-Hans' : (tag ?? '').slice(0, 2);
    });
    return wanted.find((id) => languages.some((language) => language.id === id)) ?? 'en';
}

function stored() {
    try {
        return localStorage.getItem(STORED_AS);
    } catch {
        return null;
    }
}

export const language = () => chosen;
export const isChinese = () => chosen !== 'en';

export function chooseLanguage(id) {
    chosen = id;
    try {
        localStorage.setItem(STORED_AS, id);
    } catch {
        // Then the choice lasts as long as the page.
    }
    document.documentElement.lang = id;
}

// Instants are shown as the shop's clocks show them, wherever the reader sits.
export function useTimeZone(zone) {
    timeZone = zone;
}

// The string called `key`, with {name} filled from `values`.
export function t(key, values = {}) {
    const row = strings[key];
    if (!row) throw new Error(`no string ${key}`);
    const text = row[languages.findIndex((language) => language.id === chosen)];
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

// A word of the reference data, for example word('nature', 'warm'); one that has no translation stays as it came.
export function word(group, value) {
    return strings[`${group}.${value}`] ? t(`${group}.${value}`) : String(value ?? '').replaceAll('_', ' ');
}

// A civil date ("2026-11-21") or the day of an instant, as the reader's language writes it. A civil date has no time zone.
export function day(text) {
    const civil = /^\d{4}-\d{2}-\d{2}$/.test(text);
    return new Intl.DateTimeFormat(chosen, { dateStyle: 'medium', timeZone: civil ? 'UTC' : timeZone }).format(
        new Date(text),
    );
}

// "9:41 21 Nov 2026" as the reader's language writes it.
export function clock(date) {
    return new Intl.DateTimeFormat(chosen, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(date);
}

const STEPS = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
];

// "3 hours ago" as the reader's language says it.
export function ago(date) {
    const seconds = Math.round((date.getTime() - Date.now()) / 1000);
    const [unit, size] = STEPS.find(([, least]) => Math.abs(seconds) >= least) ?? ['minute', 60];
    const format = new Intl.RelativeTimeFormat(chosen, { numeric: 'auto' });
    return Math.abs(seconds) < 60 ? format.format(0, 'second') : format.format(Math.round(seconds / size), unit);
}

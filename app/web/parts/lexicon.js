// Names of herbs and formulas in every script, read once, so that an id anywhere can be shown in the reader's language.

import { get } from '/api.js';
import { el } from '/dom.js';
import { isChinese, language } from '/i18n.js';
import { formulaAddress, herbAddress } from '/router.js';

const lists = { herb: null, formula: null };
const byId = { herb: new Map(), formula: new Map() };

const PATHS = { herb: '/api/v1/herbs', formula: '/api/v1/formulas' };

// All rows of a kind ('herb' or 'formula'), from memory after the first time.
export async function readAll(kind, signal) {
    if (!lists[kind]) {
        const { rows } = await get(PATHS[kind], { signal });
        lists[kind] = rows;
        byId[kind] = new Map(rows.map((row) => [row.id, row]));
    }
    return lists[kind];
}

// The row of an id, or undefined while it is not known.
export function known(kind, id) {
    return byId[kind]?.get(id);
}

// Chinese characters as the reader writes them.
export function hanziOf(row) {
    return (language() === 'zh-Hant' && row.hanzi_traditional) || row.hanzi || '';
}

// The names of a row, the reader's first: { first, second, third }.
export function namesOf(row) {
    const hanzi = hanziOf(row);
    return isChinese()
        ? { first: hanzi || row.pinyin, second: row.pinyin, third: row.english }
        : { first: row.pinyin, second: hanzi, third: row.english };
}

const hanziTag = () => (language() === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans');

// The part of "Tiger Balm patch 虎标镇痛药布" that resolves by itself: names come with both scripts side by side.
export function bareName(text) {
    return /^[^\p{Script=Han}]+/u.exec(text)?.[0].trim() || text;
}

// A name for comparing: case, tone marks, spaces, hyphens and underscores don't matter.
export function plainName(text) {
    return String(text ?? '')
        .normalize('NFD')
        .replace(/\p{Mark}/gu, '')
        .toLowerCase()
        .replace(/[\s'’·_-]+/g, '');
}

// Names side by side: the first strong, the second quiet.
export function nameNode(row) {
    const { first, second } = namesOf(row);
    const [firstTag, secondTag] = isChinese() ? [hanziTag(), 'zh-Latn-pinyin'] : ['zh-Latn-pinyin', hanziTag()];
    return el(
        'span',
        { class: 'name' },
        el('span', { class: 'name-first', lang: firstTag }, first),
        ' ',
        el('span', { class: 'name-second', lang: secondTag }, second),
    );
}

export const addressOf = (kind, id) => (kind === 'formula' ? formulaAddress(id) : herbAddress(id));

// A link to the page of an id, named as its row says, or by `fallback`.
export function nameLink(kind, id, fallback) {
    const row = known(kind, id);
    return el('a', { href: addressOf(kind, id), class: 'name-link' }, row ? nameNode(row) : fallback || id);
}

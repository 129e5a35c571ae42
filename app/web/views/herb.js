// The page of one herb: every name, what it is, what it does, what it must not meet, where it is used, and how sure we are.

import { get } from '/api.js';
import { el, icon } from '/dom.js';
import { isChinese, t, word } from '/i18n.js';
import { known, nameLink, namesOf, nameNode, readAll } from '/parts/lexicon.js';
import {
    bullets,
    factList,
    gramsText,
    herbBadges,
    listOf,
    longList,
    paragraph,
    rulesTable,
    section,
    words,
} from '/parts/monograph.js';
import { formulaAddress } from '/router.js';
import { addToCase } from '/views/check.js';

const LINES_AT_FIRST = 15;

export async function viewHerb({ id }, signal) {
    const [row] = await Promise.all([
        get(`/api/v1/herbs/${encodeURIComponent(id)}`, { signal }),
        readAll('herb', signal),
        readAll('formula', signal),
    ]);
    const herb = withMonograph(row);
    return { title: namesOf(herb).first, node: page(herb) };
}

// The herb's or formula's own facts with its monograph's beside them; both say where they come from.
export function withMonograph(row) {
    const { source, confidence, ...facts } = row.monograph ?? {};
    return { ...facts, ...row, monograph_source: source, monograph_confidence: confidence };
}

function page(herb) {
    return el(
        'article',
        { class: 'monograph' },
        el(
            'nav',
            { class: 'trail', 'aria-label': t('nav.herbs') },
            el('a', { href: '#/herbs' }, t('nav.herbs')),
            icon('chevron'),
            word('category', herb.category),
        ),
        monographHead(herb, herbBadges(herb), 'herb.check'),
        properties(herb),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                bullets('herb.actions', herb.actions),
                bullets('herb.indications', herb.indications),
                bullets('herb.cautions', herb.cautions, 'bullets-warn'),
                section('herb.interactions', rulesTable(herb.rules, herb.id)),
                handling(herb),
                section('herb.look_alikes', lookAlikes(herb.look_alikes)),
                homonyms(herb.homonyms),
                bullets('herb.preparations', herb.preparations),
                paragraph('herb.notes', herb.notes),
            ),
            el(
                'aside',
                { class: 'monograph-side' },
                section('herb.names', names(herb)),
                section('herb.formulas', formulas(herb.formulas)),
                sources(herb),
            ),
        ),
    );
}

// Name, badges and the way to the quick check, for herbs and formulas alike.
export function monographHead(row, badges, checkKey) {
    const { first, second, third } = namesOf(row);
    return el(
        'header',
        { class: 'monograph-head' },
        el('div', { class: 'glyph', lang: 'zh', 'aria-hidden': 'true' }, glyphLines(isChinese() ? first : second)),
        el(
            'div',
            { class: 'monograph-title' },
            el('h1', null, first, ' ', el('span', { class: 'monograph-second' }, second)),
            el(
                'p',
                { class: 'monograph-third' },
                third,
                row.pharmaceutical_latin && [' · ', el('i', { lang: 'la' }, row.pharmaceutical_latin)],
            ),
            el('p', { class: 'tags' }, badges),
        ),
        el(
            'a',
            { class: 'btn btn-main', href: '#/', on: { click: () => addToCase(row.pinyin) } },
            icon('check'),
            t(checkKey),
        ),
    );
}

// Up to four characters, two to a line when there are four, as on a seal.
function glyphLines(hanzi) {
    const lines = hanzi.length < 4 ? [hanzi] : [hanzi.slice(0, 2), hanzi.slice(2, 4)];
    return lines.map((line) => el('span', null, line));
}

function properties(herb) {
    return factList(
        [
            ['herb.nature', word('nature', herb.nature)],
            ['herb.tastes', words('taste', herb.tastes)],
            ['herb.channels', words('channel', herb.channels)],
            ['herb.dose', dose(herb)],
            ['herb.part', herb.part],
        ],
        'property-strip',
    );
}

function dose(herb) {
    if (!herb.dose_max_g) return t('herb.dose_none');
    return [
        el('strong', null, t('herb.dose_range', { min: herb.dose_min_g, max: herb.dose_max_g })),
        ' ',
        el('span', { class: 'quiet' }, t('herb.dose_basis')),
    ];
}

function handling(herb) {
    const ways = words('handling', herb.handling);
    return ways || herb.handling_note
        ? section(
              'herb.handling',
              ways && el('p', { class: 'strong' }, ways),
              herb.handling_note && el('p', { lang: 'en' }, herb.handling_note),
          )
        : null;
}

// Some are ids of herbs we have, some are words.
function lookAlikes(value) {
    const rows = listOf(value);
    return rows.length
        ? el(
              'ul',
              { class: 'bullets' },
              rows.map((one) => el('li', null, known('herb', one) ? nameLink('herb', one) : one)),
          )
        : null;
}

function homonyms(rows) {
    return rows?.length
        ? section(
              'herb.homonyms',
              el(
                  'ul',
                  { class: 'bullets bullets-warn', lang: 'en' },
                  rows.map((row) =>
                      el(
                          'li',
                          null,
                          el('strong', null, row.term),
                          `: ${[row.danger, row.rule].filter(Boolean).join('; ')}`,
                      ),
                  ),
              ),
          )
        : null;
}

function names(herb) {
    const parent = herb.parent_id && nameLink('herb', herb.parent_id);
    const synonyms = (herb.synonyms ?? []).map((row) => row.synonym);
    return factList([
        ['herb.simplified', el('span', { lang: 'zh-Hans', class: 'hanzi' }, herb.hanzi)],
        ['herb.traditional', el('span', { lang: 'zh-Hant', class: 'hanzi' }, herb.hanzi_traditional)],
        ['herb.english', herb.english],
        ['herb.pharmaceutical', herb.pharmaceutical_latin && el('i', { lang: 'la' }, herb.pharmaceutical_latin)],
        ['herb.botanical', herb.botanical_latin && el('i', { lang: 'la' }, listOf(herb.botanical_latin).join(', '))],
        ['herb.family', herb.family],
        ['herb.substance', word('substance', herb.substance)],
        ['herb.processed_from', parent],
        ['herb.synonyms', synonyms.length ? synonyms.join(', ') : null],
        ['herb.constituents', listOf(herb.constituents).join(', ')],
        ['herb.storage', words('storage', herb.storage)],
        ['herb.cites', herb.cites],
    ]);
}

// The grams of a batch of pills or powder say nothing about a day, so they are left out.
function formulas(rows) {
    const lines = (rows ?? []).map((row) =>
        el(
            'li',
            null,
            el('a', { href: formulaAddress(row.id) }, nameNode(known('formula', row.id) ?? row)),
            el(
                'span',
                { class: 'quiet' },
                [isDaily(row.dose_basis) && gramsText(row.grams), word('role', row.role)].filter(Boolean).join(' · '),
            ),
        ),
    );
    return lines.length ? longList('link-list', lines, LINES_AT_FIRST) : null;
}

const isDaily = (basis) => ['decoction_daily', 'decoction_scaled', 'kampo_daily_crude'].includes(basis);

// Where the facts come from, for herbs and formulas alike.
export function sources(row) {
    const rows = [
        [row.source, row.confidence],
        [row.monograph_source, row.monograph_confidence],
    ].filter(([text]) => text);
    return section(
        'herb.source',
        rows.map(([text, confidence]) =>
            el(
                'p',
                { class: 'source', lang: 'en' },
                text,
                confidence &&
                    el(
                        'span',
                        { class: `tag tag-${confidence}` },
                        `${t('finding.confidence')}: ${word('confidence', confidence)}`,
                    ),
            ),
        ),
        el('p', { class: 'quiet' }, t('herb.unreviewed')),
    );
}

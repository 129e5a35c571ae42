// What a prescription comes to, drafted or stored: herb by herb with stock and price, how it differs from the classics, and what its
// screening finds.

import { el, icon } from '/dom.js';
import { language, t, word } from '/i18n.js';
import { person } from '/session.js';
import { findingCard } from '/parts/findings.js';
import { gramsText } from '/parts/grams.js';
import { known, nameLink } from '/parts/lexicon.js';
import { section } from '/parts/monograph.js';
import { tableHead } from '/parts/pieces.js';
import { missingText } from '/parts/why.js';

// edit: { dose(item, text), remove(item) }, or nothing where it only is looked at.
export function composition(made, edit) {
    const heads = [
        'formula.herb',
        ['rx.a_day', 'amount'],
        ['orders.total', 'amount wide-only'],
        made.form && ['rx.in_stock', 'amount'],
        edit && 'rx.remove',
    ];
    return el(
        'table',
        { class: 'items rx-items' },
        tableHead(heads.filter(Boolean)),
        el('tbody', null, made.items.map((item) => row(item, made.form?.items.filter((one) => one.herb_id === item.herb_id), edit, unpriced(made.price, item)))),
        el(
            'tfoot',
            null,
            el(
                'tr',
                null,
                el('th', { scope: 'row' }, t('rx.together')),
                el('td', { class: 'amount' }, gramsText(made.daily_mg)),
                el('td', { class: 'amount wide-only' }, gramsText(made.total_mg)),
                made.form && el('td', { class: 'amount', colspan: edit ? '2' : '1' }, priceText(made.price)),
            ),
        ),
    );
}

// Why the herb is not in the price.
function unpriced(price, item) {
    const lacking = price?.herbs.find((herb) => herb.herb_id === item.herb_id && herb.missing);
    return lacking && el('span', { class: 'row-below' }, missingText(lacking));
}

function row(item, items, edit, without) {
    return el(
        'tr',
        { 'data-herb': item.herb_id },
        el(
            'th',
            { scope: 'row' },
            known('herb', item.herb_id) ? nameLink('herb', item.herb_id) : item.pinyin,
            el('span', { class: 'row-below' }, [item.role && word('role', item.role), item.processing, ...(item.handling ?? []).map((one) => word('handling', one))].filter(Boolean).join(' · ')),
            without,
        ),
        el('td', { class: 'amount' }, edit ? doseInput(item, edit) : gramsText(item.daily_mg)),
        el('td', { class: 'amount wide-only' }, gramsText(item.total_mg)),
        items && stockCell(items),
        edit && el('td', null, removeButton(item, edit)),
    );
}

// What the shop has of the items that fill a herb; one without an item is short.
function stockCell(items) {
    const here = items.filter(({ sku }) => sku);
    const short = !here.length || items.some((one) => one.short);
    return el(
        'td',
        { class: 'amount' },
        here.length ? gramsText(here.reduce((sum, one) => sum + (one.on_hand_mg ?? 0), 0)) : '–',
        short && [' ', el('span', { class: 'tag tag-warn' }, t('rx.short'))],
    );
}

function doseInput(item, edit) {
    const input = el('input', {
        type: 'text',
        class: 'entry-dose',
        inputmode: 'decimal',
        value: gramsText(item.daily_mg),
        'aria-label': t('field.dose', { name: item.pinyin }),
        'data-dose': item.herb_id,
    });
    input.addEventListener('change', () => edit.dose(item, input));
    return input;
}

function removeButton(item, edit) {
    const name = t('field.remove', { name: item.pinyin });
    return el('button', { type: 'button', class: 'entry-remove', title: name, 'aria-label': name, on: { click: () => edit.remove(item) } }, icon('close'));
}

function priceText(price) {
    if (!price) return '';
    const money = new Intl.NumberFormat(language(), { style: 'currency', currency: person().shop.currency });
    const text = money.format(price.total_cents / 100);
    return price.complete ? text : t('rx.price_part', { price: text, n: price.missing_count });
}

export function differences(rows) {
    if (!rows.length) return null;
    return section(
        'rx.differs',
        el(
            'ul',
            { class: 'bullets' },
            rows.map((one) =>
                el(
                    'li',
                    null,
                    el('span', { class: 'strong' }, one.name),
                    ` ${word('rx_change', one.change)} `,
                    el('span', { class: 'quiet' }, [one.was_mg && gramsText(one.was_mg), one.is_mg && gramsText(one.is_mg)].filter(Boolean).join(' → ')),
                ),
            ),
        ),
    );
}

export function foundIn(findings, more = () => null) {
    if (!findings.length) return section('rx.findings', el('p', null, t('result.clear_title')));
    const cards = findings.map((finding) => {
        const card = findingCard(finding);
        const extra = more(finding);
        if (extra) card.append(extra);
        return card;
    });
    return section('rx.findings', el('ol', { class: 'findings' }, cards));
}

// How it is to be taken and supplied: all that is said of it besides its herbs.
export const courseFacts = (found) => [
    ['orders.form', word('form', found.dosage_form)],
    ['orders.course', t('orders.days', { days: found.days, doses: found.doses_per_day })],
    ['orders.packets', String(found.packets)],
    ['rx.refills', found.refills > 0 && t(found.refill_interval_days ? 'rx.refills_every' : 'rx.refills_of', { n: found.refills, days: found.refill_interval_days })],
    ...['route', 'timing', 'frequency'].map((name) => [`rx.${name}`, found[name]?.replaceAll('_', ' ')]),
    ['rx.directions', found.directions],
    ['rx.indication', found.indication],
];

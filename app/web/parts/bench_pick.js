// At the bench before anything is weighed: fetching the lots from their drawers, and another person looking whether they are right.

import { send } from '/api.js';
import { el } from '/dom.js';
import { t } from '/i18n.js';
import { herbText, keyOf, lotCard, lotMeant, notMeant } from '/parts/bench_lots.js';
import { pressEnter } from '/parts/scan_box.js';

const path = (b, step) => `/api/v1/orders/${b.id}/${step}`;

export const pick = {
    prompt: () => t('bench.scan_pick'),
    isDone: (b, row) => b.fetched.has(keyOf(row)),
    card: (b, row) => (row ? lotCard(row, pickTools(b)) : allFetched(b)),
    async take(b, text) {
        const { row, what } = await lotMeant(b.rows, text, (one) => !pick.isDone(b, one));
        if (!row) return b.box.complain(notMeant(what, b.current));
        b.fetched.add(keyOf(row));
        b.choose(null);
        return b.box.say(t('bench.fetched', { herb: herbText(row), lot: row.lot_code }));
    },
    // Enter alone: everything is here.
    async go(b) {
        await send('POST', path(b, 'pick'));
        b.box.say(t('bench.picked'));
        await b.read();
    },
};

const pickTools = (b) => el('div', { class: 'bench-tools' }, goButton(b, 'bench.do_pick', 'btn-quiet'));

function allFetched(b) {
    return el('section', { class: 'bench-card card-box' }, el('p', { class: 'bench-say' }, t('bench.all_fetched')), goButton(b, 'bench.do_pick'));
}

// What a bare Enter does, as a button too.
export function goButton(b, key, kind = 'btn-main', values = {}) {
    return el('button', { type: 'button', class: `btn ${kind} bench-go`, on: { click: () => b.go() } }, t(key, values), ' ', pressEnter());
}

export const identify = {
    prompt: () => t('bench.scan_identify'),
    isDone: (_, row) => Boolean(row.identified_by),
    card: (b, row) => row && lotCard(row, el('p', { class: 'quiet' }, t('bench.look'))),
    async take(b, text, how) {
        await send('POST', path(b, 'identity-checks'), { checks: [{ code: text, how }] });
        b.choose(null);
        await b.read();
        const left = b.rows.filter((row) => !row.identified_by).length;
        b.box.say(left ? t('bench.right', { n: left }) : t('bench.all_right'));
    },
    go(b) {
        b.box.complain(t('bench.scan_first', { lot: b.current.lot_code, herb: herbText(b.current) }));
    },
};

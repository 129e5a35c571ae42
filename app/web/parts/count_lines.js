// The lines of a count: what is still to count, drawer by drawer as one walks, and what was counted, the newest first.

import { el, icon } from '/dom.js';
import { clock, t } from '/i18n.js';
import { amountOf, changeOf } from '/parts/count_words.js';
import { inHand } from '/parts/count_take.js';
import { plainName } from '/parts/stock_pieces.js';

export function lineLists(c) {
    const open = c.count.state === 'open';
    const choose =
        open &&
        ((line) => {
            inHand(c, line);
            c.focus();
        });
    const toCount = c.count.lines - c.count.counted;
    return el(
        'div',
        { class: 'bench-all count-lists' },
        toCount > 0 && list(open ? 'count.to_count' : 'count.not_counted', toCount, 'count.first_of', c.left, open && c.line, choose),
        c.done.length > 0 && list('count.counted', c.count.counted, 'count.newest_of', c.done, open && c.line, choose),
    );
}

function list(key, n, partly, lines, current, choose) {
    const part = lines.length < n && ` · ${t(partly, { n: lines.length })}`;
    return el(
        'section',
        { 'aria-label': t(key), class: key === 'count.counted' ? 'count-done' : 'count-left' },
        el('h2', null, t(key), el('span', { class: 'group-count' }, ` ${n}`, part)),
        el('ol', { class: 'bench-list' }, lines.map((line) => el('li', null, lineButton(line, current && line.line_no === current.line_no, choose)))),
    );
}

// One line; pressing it takes it in hand. choose false: the count has ended.
export function lineButton(line, isCurrent, choose) {
    const isDone = line.counted !== null;
    return el(
        choose ? 'button' : 'div',
        {
            type: choose ? 'button' : null,
            class: isDone ? 'bench-lot bench-lot-done' : 'bench-lot',
            'aria-current': isCurrent ? 'true' : null,
            'data-line': line.line_no,
            on: choose ? { click: () => choose(line) } : {},
        },
        el('span', { class: 'bench-mark' }, isDone && icon('check'), isDone && el('span', { class: 'visually-hidden' }, t('bench.done'))),
        el('span', { class: 'bench-lot-herb' }, plainName(line)),
        el('span', { class: 'amount' }, isDone && amountOf(line, line.counted)),
        el('span', { class: 'bench-lot-where' }, `${line.location} · `, el('span', { class: 'lot-code' }, line.lot_code), more(line).map((text) => ` · ${text}`)),
    );
}

function more(line) {
    return [
        line.counted !== null && t('count.by', { name: line.counted_by, when: clock(new Date(line.counted_at)) }),
        line.moved && t('count.moved', { change: changeOf(line, line.moved) }),
        line.booked_difference && t('count.booked_as', { change: changeOf(line, line.booked_difference) }),
    ].filter(Boolean);
}

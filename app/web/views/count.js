// One count, by scanner: a lot, a drawer or a line of the sheet is scanned, what lies there is typed or read from the scale, and the
// next line is in hand. While a count is blind the service does not tell what should be there, and nothing here asks for it.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may } from '/session.js';
import { plainName } from '/parts/stock_pieces.js';
import { handCard, overCard } from '/parts/count_hand.js';
import { lineLists } from '/parts/count_lines.js';
import { countTools, readPrinters } from '/parts/count_papers.js';
import { goOn, goTo, nextLine, pickUp, promptOf, take } from '/parts/count_take.js';
import { trail } from '/parts/pieces.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { countTag } from '/views/counts.js';

const LEFT_MOST = 200;
const DONE_MOST = 50;

export async function viewCount({ id }, signal) {
    const c = {
        path: `/api/v1/counts/${encodeURIComponent(id)}`,
        line: null, // in hand
        choices: null, // lines of which one is meant
        extra: null, // a lot that is not on the sheet
        here: '', // the drawer one stands at
        last: null, // what was entered last
        tare: '',
        note: '',
        left: [],
        done: [],
    };
    const head = el('header', { class: 'bench-head' });
    const body = el('div', { class: 'bench-body' });
    const foot = el('footer', { class: 'counting-foot' });
    c.box = scanBox((text, how) => handled(c, text, how), signal);
    c.read = () => readCount(c, signal);
    c.draw = () => draw(c, head, body, foot);
    c.go = () => handled(c, '', 'typed');
    c.focus = () => c.box.input.focus();

    const [scales, { rows: places }, printing] = await Promise.all([
        may('pharmacist', 'staff') ? get('/api/v1/scales', { signal }) : { rows: [] },
        get('/api/v1/locations', { signal }),
        readPrinters(signal),
        c.read(),
    ]);
    Object.assign(c, { scales: scales.rows, places }, printing);
    await askedFor(c);
    c.draw();
    follow(c, body, signal);
    return {
        title: t('count.title', { id: c.count.id }),
        node: el('div', { class: 'bench counting' }, head, c.box.node, body, foot),
        focus: () => (isOpen(c) ? c.box.input : null),
    };
}

export const isOpen = (c) => c.count.state === 'open';

async function readCount(c, signal) {
    const [count, left, done] = await Promise.all([
        get(c.path, { signal }),
        get(`${c.path}/lines?left=true&limit=${LEFT_MOST}`, { signal }),
        get(`${c.path}/lines?left=false&limit=${DONE_MOST}`, { signal }),
    ]);
    Object.assign(c, { count, left: left.rows, done: done.rows });
}

// "#/counts/3?line=7" begins with that line in hand.
async function askedFor(c) {
    const line = new URLSearchParams(location.hash.split('?')[1]).get('line');
    if (line && isOpen(c)) await pickUp(c, `C${c.count.id}-L${line}`).catch(() => {});
    else goTo(c, nextLine(c));
}

// What is being written is not drawn over; the box itself is never drawn again.
function follow(c, body, signal) {
    const again = async () => {
        await c.read();
        if (!body.querySelector('input:focus, select:focus')) c.draw();
    };
    const look = async () => {
        const { entries, state } = await get(c.path, { signal });
        if (entries !== c.count.entries || state !== c.count.state) await again();
    };
    readWhen(['stock'], again, signal);
    readWhen(['change'], look, signal, about('count', c.count.id));
}

// A weight that was refused stays in the box; a code does not, for the next one is scanned behind it.
async function handled(c, text, how) {
    try {
        if (text) await take(c, text, how);
        else await goOn(c);
    } catch (problem) {
        c.box.complain(plainly(problem, explain));
        if (problem.typed) c.box.input.value = problem.typed;
        c.box.input.select();
    }
    c.focus();
}

function draw(c, head, body, foot) {
    replace(head, headOf(c));
    c.box.node.classList.toggle('scan-closed', !isOpen(c));
    c.box.ask(promptOf(c));
    replace(body, el('div', { class: 'bench-hand' }, lastStrip(c), isOpen(c) ? handCard(c) : overCard(c)), lineLists(c));
    if (!foot.querySelector('[open]')) replace(foot, countTools(c));
}

function headOf(c) {
    const { count } = c;
    const ended = count.ended_at && t('count.ended_by', { name: count.ended_by ?? '–', when: clock(new Date(count.ended_at)) });
    return [
        trail('nav.counts', '#/counts', `#${count.id}`),
        el('h1', null, count.title, ' ', countTag(count), count.blind && [' ', el('span', { class: 'tag' }, icon('eye'), t('count.is_blind'))]),
        el(
            'p',
            { class: 'bench-who' },
            t('count.progress', { n: count.counted, all: count.lines }),
            el('span', { class: 'quiet' }, ` · ${ended || t('count.opened_by', { name: count.created_by ?? '–', when: clock(new Date(count.created_at)) })}`),
        ),
        el('progress', { class: 'count-bar', max: Math.max(count.lines, 1), value: count.counted, 'aria-hidden': 'true' }),
    ];
}

// What was entered last, and one press to put it right.
function lastStrip(c) {
    if (!c.last || !isOpen(c)) return null;
    const correct = () => {
        goTo(c, c.last.line);
        c.last = null;
        c.draw();
        c.focus();
    };
    return el(
        'p',
        { class: 'count-last' },
        icon('check'),
        el('span', null, `${plainName(c.last.line)} · ${c.last.line.lot_code} · ${c.last.line.location}: `, el('strong', null, c.last.amount)),
        el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: correct } }, t('count.correct')),
    );
}

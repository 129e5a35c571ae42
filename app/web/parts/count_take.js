// What is scanned or typed while counting: a weight of the line in hand, or the code of what is to be counted next.

import { query, send } from '/api.js';
import { t } from '/i18n.js';
import { amountOf, amountTyped } from '/parts/count_words.js';
import { takeReading } from '/parts/bench_weigh.js';
import { isCounted, milligrams } from '/parts/grams.js';
import { kept } from '/parts/station.js';
import { plainName } from '/parts/stock_pieces.js';

const LIKE_A_NUMBER = /^[-−+]?[\d.,]+\s*\p{L}{0,5}$/u;

// An entry of the box: an amount when a line is in hand and it reads as one. Digits alone that came from a scanner are a code, like
// every text that is a lot of the sheet.
export async function take(c, text, how) {
    const amount = c.line && !isCode(c, text, how) ? amountTyped(c.line, text) : null;
    if (amount !== null) return recorded(c, amount, text);
    try {
        return await pickUp(c, text);
    } catch (problem) {
        if (problem.status === 404 && c.line && LIKE_A_NUMBER.test(text))
            return c.box.complain(t(isCounted(c.line) ? 'count.no_pieces' : 'count.no_grams', { text }));
        throw problem;
    }
}

const isCode = (c, text, how) => (how === 'scanned' && /^\d+$/.test(text)) || [...c.left, ...c.done].some(({ lot_code: lot }) => lot === text);

// Enter alone: what lies on the scale; without a scale, what to do is said.
export async function goOn(c) {
    if (!c.line) return c.box.complain(t('count.scan_any'));
    if (isCounted(c.line)) return c.box.complain(t('count.type_pieces', { item: plainName(c.line) }));
    if (!kept('scale')) return c.box.complain(t('count.type_grams', { item: plainName(c.line) }));
    const reading = await takeReading(c);
    return recorded(c, reading.weight_mg, '');
}

// What was weighed less its container. What is typed comes back when it is refused.
async function recorded(c, gross, text) {
    const tare = isCounted(c.line) ? 0 : (milligrams(c.tare) ?? 0);
    if (gross < tare && gross > 0) return c.box.complain(t('count.tare_more', { amount: amountOf(c.line, gross) }));
    try {
        return await record(c, gross > 0 ? gross - tare : 0);
    } catch (problem) {
        problem.typed = text;
        throw problem;
    }
}

export async function record(c, counted) {
    const { line } = c;
    const entry = { line_no: line.line_no, counted, ...(c.note.trim() && { note: c.note.trim() }) };
    await send('POST', `${c.path}/entries`, { entries: [entry] });
    await c.read();
    c.last = { line: { ...line, counted }, amount: amountOf(line, counted) };
    c.note = '';
    goTo(c, nextLine(c, line));
    c.draw();
    c.box.say(t('count.recorded', { item: plainName(line), lot: line.lot_code, place: line.location, amount: amountOf(line, counted) }));
}

// The next one to count as one walks: in this drawer first, behind the line before.
export function nextLine(c, before) {
    const behind = c.left.filter(({ line_no: no }) => !before || no > before.line_no);
    const here = c.here || before?.location;
    return behind.find((line) => line.location === here) ?? c.left.find((line) => line.location === here) ?? behind[0] ?? c.left[0] ?? null;
}

// What a code means: one line is taken in hand, of several the reader chooses, and what is not on the sheet can be put there.
export async function pickUp(c, text) {
    const { rows } = await query(`${c.path}/scans`, { code: text });
    const lines = rows.filter((row) => row.line_no);
    const [first] = rows;
    c.choices = c.extra = null;
    if (first.meant === 'place') return atPlace(c, first.location, lines);
    if (!lines.length) {
        c.extra = first;
        c.draw();
        return c.box.say('');
    }
    const here = lines.filter((row) => row.location === c.here);
    if (lines.length > 1 && here.length !== 1) {
        c.choices = lines;
        c.draw();
        return c.box.say(t('count.which'));
    }
    return inHand(c, here.length === 1 ? here[0] : lines[0]);
}

// Where the line in hand lies, there one stands.
export function goTo(c, line) {
    c.line = line;
    c.here = line?.location ?? c.here;
    c.choices = c.extra = null;
}

export function inHand(c, line) {
    goTo(c, line);
    c.draw();
    c.box.say(t('count.in_hand', { item: plainName(line), lot: line.lot_code, place: line.location }));
}

// A drawer's label: what lies there comes first from now on.
function atPlace(c, place, lines) {
    const toDo = lines.filter((row) => row.counted === null);
    c.here = place;
    c.line = toDo[0] ?? (lines.length === 1 ? lines[0] : null);
    if (!toDo.length && lines.length > 1) c.choices = lines;
    c.draw();
    if (!lines.length) c.box.say(t('count.place_empty', { place }));
    else c.box.say(t(toDo.length ? 'count.at_place' : 'count.at_place_done', { place, n: toDo.length || lines.length }));
}

// The box's label: what it waits for.
export function promptOf(c) {
    if (!c.line || c.choices || c.extra) return t('count.scan_any');
    return t(isCounted(c.line) ? 'count.scan_pieces' : 'count.scan_grams', { place: c.line.location });
}

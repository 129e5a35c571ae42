// What the shop says about itself, its limits, and what its bench asks for: for everybody to read, for an administrator to change. Only
// what was changed is sent.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t, useTimeZone } from '/i18n.js';
import { may, setPerson } from '/session.js';
import { field, form, selectInput, textInput, tickField, wrongAt } from '/parts/form.js';
import { moneyText, sumAt } from '/parts/money.js';
import { factList, section } from '/parts/monograph.js';
import { pageHead } from '/parts/pieces.js';
import { percentText } from '/parts/promo_terms.js';
import { doneNote } from '/parts/stock_pieces.js';

const TEXTS = [
    ['name', 120],
    ['name_hanzi', 120],
    ['street', 200],
    ['city', 200],
    ['region', 200],
    ['postal_code', 200],
    ['country', 200],
    ['phone', 200],
    ['registration', 200],
];
const NEEDED = ['name', 'time_zone'];
const LIANGS = ['none', 'prc', 'taiwan', 'hong_kong'];
const LOOKS = ['choice', 'scan', 'second_person'];

export async function viewShop(_, signal) {
    const note = doneNote();
    const ask = async () => {
        const [shop, bench, alone] = await Promise.all([
            get('/api/v1/shop', { signal }),
            get('/api/v1/bench-settings', { signal }),
            may('admin', 'pharmacist') ? get('/api/v1/single-person-mode', { signal }) : { rows: [] },
        ]);
        return { shop, bench, alone: alone.rows };
    };
    const found = await ask();
    return { title: t('shop.title'), node: el('div', { class: 'browse keeping' }, pageHead('shop.title', 'shop.lead'), note.node, may('admin') ? forms(found, ask, note) : facts(found)) };
}

const permilleText = (permille) => percentText(permille * 10);

// Each part is drawn anew for itself once it is saved: what is being typed into another one stays.
function forms(found, ask, note) {
    const part = (key, made) => {
        const place = el('div', { on: { submit: () => note.say('') } });
        const draw = (now) => replace(place, section(key, made(now, done)));
        const done = async (text) => {
            draw(await ask());
            note.say(text);
        };
        draw(found);
        return place;
    };
    return [
        part('shop.about', ({ shop }, done) => aboutForm(shop, done)),
        part('shop.rules', ({ shop }, done) => rulesForm(shop, done)),
        part('shop.bench', ({ bench }, done) => benchForm(bench, done)),
        part('shop.alone', ({ alone }, done) => aloneForm(alone, done)),
    ];
}

function facts({ shop, bench, alone }) {
    return [
        el('p', { class: 'quiet' }, t('shop.ask_admin')),
        section('shop.about', factList(TEXTS.map(([name]) => [`shop.${name}`, shop[name]]), 'property-strip')),
        section(
            'shop.rules',
            factList(
                [
                    ['shop.time_zone', shop.time_zone],
                    ['shop.liang', t(`shop.liang_${shop.liang ?? 'none'}`)],
                    ['shop.second_person_above_cents', moneyText(shop.second_person_above_cents)],
                    ['shop.weigh_tolerance_permille', permilleText(shop.weigh_tolerance_permille)],
                    ['shop.reservation_minutes', t('shop.minutes', { n: shop.reservation_minutes })],
                ],
                'property-strip',
            ),
        ),
        section(
            'shop.bench',
            factList(
                [
                    ['shop.identity', t(`shop.identity_${bench.identity}`)],
                    ['shop.packet_checks', String(bench.packet_checks)],
                    ['shop.total_check', t(bench.total_check ? 'shop.yes' : 'shop.no')],
                    ['shop.density_permille', permilleText(bench.density_permille)],
                ],
                'property-strip',
            ),
        ),
        may('pharmacist') && section('shop.alone', el('p', null, aloneText(alone))),
    ];
}

// One form: its settings as [field, value as it is, value as typed of the field's text], sent as those that differ.
function settingsForm(settings, path, done) {
    const fields = settings.map(([one]) => one);
    const key = { of: '', is: newKey() };
    const act = async () => {
        const wanted = {};
        for (const [one, is, read] of settings) {
            const value = read(one);
            if (value !== is) wanted[one.name] = value;
        }
        const text = JSON.stringify(wanted);
        if (text === '{}') return done(t('shop.nothing'));
        if (key.of !== text) Object.assign(key, { of: text, is: newKey() });
        await send('PUT', path, wanted, { key: key.is });
        await seen();
        return done(t('shop.saved'));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('shop.save'));
    return form('decide-rule', fields, [button], act, el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
}

// The frame shows the shop's name, and every clock its time.
async function seen() {
    const session = await get('/api/v1/session');
    setPerson(session);
    useTimeZone(session.shop.time_zone);
    replace(document.querySelector('.brand-shop'), session.shop.name);
}

const needed = (name) => ({ needed: NEEDED.includes(name) });
const textOf = ({ input }) => input.value.trim() || 'none';

function textSetting(shop, name, most) {
    return [field(name, `shop.${name}`, textInput(shop[name], { maxlength: String(most) }), needed(name)), shop[name] ?? 'none', textOf];
}

const aboutForm = (shop, done) => settingsForm(TEXTS.map(([name, most]) => textSetting(shop, name, most)), '/api/v1/shop', done);

function zoneInput(value) {
    const id = 'time-zones';
    const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
    return Object.assign(textInput(value, { maxlength: '60', list: id, spellcheck: 'false' }), { suggestions: el('datalist', { id }, zones.map((zone) => el('option', { value: zone }))) });
}

function rulesForm(shop, done) {
    const settings = [
        [field('time_zone', 'shop.time_zone', zoneInput(shop.time_zone), { needed: true, help: 'shop.time_zone_help' }), shop.time_zone, textOf],
        [field('liang', 'shop.liang', selectInput(shop.liang ?? 'none', LIANGS.map((one) => [one, t(`shop.liang_${one}`)])), { help: 'shop.liang_help' }), shop.liang ?? 'none', textOf],
        [field('second_person_above_cents', 'shop.second_person_above_cents', textInput((shop.second_person_above_cents / 100).toFixed(2), { maxlength: '12', inputmode: 'decimal' }), { needed: true, help: 'shop.second_person_help' }), shop.second_person_above_cents, sumAt],
        [field('weigh_tolerance_permille', 'shop.weigh_tolerance_permille', textInput(permilleText(shop.weigh_tolerance_permille), { maxlength: '8', inputmode: 'decimal' }), { needed: true, help: 'shop.tolerance_help' }), shop.weigh_tolerance_permille, permilleTyped],
        [field('reservation_minutes', 'shop.reservation_minutes', textInput(String(shop.reservation_minutes), { maxlength: '6', inputmode: 'numeric' }), { needed: true, help: 'shop.reservation_help' }), shop.reservation_minutes, wholeTyped],
    ];
    return settingsForm(settings, '/api/v1/shop', done);
}

function benchForm(bench, done) {
    const whole = tickField('total_check', 'shop.total_check', bench.total_check);
    const settings = [
        [field('identity', 'shop.identity', selectInput(bench.identity, LOOKS.map((one) => [one, t(`shop.identity_${one}`)])), { help: 'shop.identity_help' }), bench.identity, textOf],
        [field('packet_checks', 'shop.packet_checks', textInput(String(bench.packet_checks), { maxlength: '3', inputmode: 'numeric' }), { needed: true, help: 'shop.packet_help' }), bench.packet_checks, wholeTyped],
        [field('density_permille', 'shop.density_permille', textInput(permilleText(bench.density_permille), { maxlength: '8', inputmode: 'decimal' }), { needed: true, help: 'shop.density_help' }), bench.density_permille, permilleTyped],
        [whole, bench.total_check, ({ input }) => input.checked],
    ];
    return settingsForm(settings, '/api/v1/bench-settings', done);
}

function typed(one, pattern, key, valueOf) {
    const found = pattern.exec(one.input.value.trim());
    if (!found) throw wrongAt(one, t(key));
    return valueOf(found);
}

const wholeTyped = (one) => typed(one, /^\d{1,6}$/, 'form.no_whole', ([text]) => Number(text));
const permilleTyped = (one) => typed(one, /^(\d{1,3})(?:[.,](\d))?\s*%?$/, 'shop.no_percent', ([, whole, tenth = '0']) => Number(whole) * 10 + Number(tenth));

const aloneNow = (rows) => rows.find((row) => !row.switched_off_at);

function aloneText(rows) {
    const now = aloneNow(rows);
    return now ? t('shop.alone_on', { n: now.delay_minutes, name: now.switched_on_by, when: clock(new Date(now.switched_on_at)), checks: now.checks }) : t('shop.alone_off');
}

// One person may check her own work, so long after weighing it; whoever allows that is on record.
function aloneForm(rows, done) {
    const now = aloneNow(rows);
    const delay = field('delay_minutes', 'shop.delay_minutes', textInput('30', { maxlength: '4', inputmode: 'numeric' }), { needed: true, help: 'shop.delay_help' });
    const key = newKey();
    const act = async () => {
        await (now ? send('DELETE', '/api/v1/single-person-mode', undefined, { key }) : send('POST', '/api/v1/single-person-mode', { delay_minutes: wholeTyped(delay) }, { key }));
        await done(t(now ? 'shop.alone_is_off' : 'shop.alone_is_on'));
    };
    const button = el('button', { type: 'submit', class: now ? 'btn btn-main' : 'btn btn-quiet' }, t(now ? 'shop.alone_end' : 'shop.alone_begin'));
    return [el('p', { class: now ? 'strong' : 'quiet' }, aloneText(rows)), form('decide-rule', now ? [] : [delay], [button], act, !now && el('div', { class: 'form-grid' }, delay.node))];
}

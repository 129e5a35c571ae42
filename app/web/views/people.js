// The people of the shop, for its administrators: who they are, what they may do, and one person's account with all that can be done
// with it. A password is shown once, right after it was made, and nowhere later.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, day, t } from '/i18n.js';
import { may, person } from '/session.js';
import { passwordPlace, personAddress, rolesField, roleWords } from '/parts/account.js';
import { chip, searchField } from '/parts/filters.js';
import { field, form, said, textInput } from '/parts/form.js';
import { factList, section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { pageHead, thingHead, trail } from '/parts/pieces.js';
import { doneNote, figure, stockTable } from '/parts/stock_pieces.js';

const NARROW_AFTER_MS = 80;
const kept = { q: '', disabled: false };

const path = (username, tail = '') => `/api/v1/people/${encodeURIComponent(username)}${tail}`;
const isMe = ({ username }) => username === person().username;

const notYours = (title) => ({ title: t(title), node: el('div', { class: 'browse keeping' }, pageHead(title), el('p', { class: 'empty' }, t('people.not_yours'))) });

export async function viewPeople(_, signal) {
    if (!may('admin')) return notYours('people.title');
    const secret = passwordPlace();
    const list = el('div');
    const adding = el('div');
    let rows = [];
    const draw = () => replace(list, listed(rows));
    const read = async () => {
        ({ rows } = await get('/api/v1/people', { signal }));
        draw();
    };
    const offer = () => replace(adding, addTool(added));
    const added = async (made, name) => {
        secret.show(made, name);
        offer();
        await read();
    };

    await read();
    offer();
    return {
        title: t('people.title'),
        node: el(
            'div',
            { class: 'browse keeping' },
            pageHead('people.title', 'people.lead'),
            secret.node,
            adding,
            el('div', { class: 'browse-tools' }, searchField('people.search', kept, 'q', draw, { afterMs: NARROW_AFTER_MS }), chip('people.disabled_too', kept, 'disabled', draw)),
            list,
        ),
    };
}

const searchText = (row) => [row.username, row.display_name, row.registration, roleWords(row.roles)].join('|').toLowerCase();

function listed(rows) {
    const wanted = kept.q.trim().toLowerCase();
    const found = rows.filter((row) => (kept.disabled || !row.disabled_at) && searchText(row).includes(wanted));
    if (!found.length) return el('p', { class: 'empty' }, t('people.no_match'));
    return stockTable(['people.name', 'people.roles', 'people.registration', 'people.signs_in', 'stock.state'], found, (row) => [
        { 'data-person': row.username },
        [el('a', { href: personAddress(row.username), class: 'row-link' }, row.display_name), el('span', { class: 'row-below' }, row.username, isMe(row) && ` · ${t('people.you')}`)],
        el('td', null, roleWords(row.roles) || el('span', { class: 'quiet' }, t('people.no_role'))),
        figure('people.registration', row.registration, 'quiet'),
        figure('people.signs_in', signsIn(row), 'quiet'),
        el('td', null, stateTag(row)),
    ]);
}

const stateTag = (row) => el('span', { class: row.disabled_at ? 'tag tag-stop' : 'tag tag-high' }, t(row.disabled_at ? 'people.disabled' : 'people.active'));

function signsIn(row) {
    return [
        row.signed_in_at ? day(row.signed_in_at) : t(row.has_password ? 'people.never' : 'people.no_password'),
        row.password_to_change && t('people.to_change'),
        row.tokens.length > 0 && t('people.tokens_n', { n: row.tokens.length }),
    ]
        .filter(Boolean)
        .join(' · ');
}

const nameField = (value) => field('display_name', 'people.name', textInput(value, { maxlength: '120' }), { needed: true, help: 'people.name_help' });
const registrationField = (value) => field('registration', 'people.registration', textInput(value, { maxlength: '120' }), { help: 'people.registration_help' });

function addTool(added) {
    const name = nameField('');
    const username = field('username', 'sign_in.username', textInput('', { maxlength: '63', autocapitalize: 'none', spellcheck: 'false' }), { needed: true, help: 'people.username_help' });
    const registration = registrationField('');
    const roles = rolesField([]);
    const key = newKey();
    return tool(
        'people.add',
        [name, username, registration, roles],
        'btn-main',
        async () => {
            const made = await send('POST', '/api/v1/people', { ...said([name, username, registration]), roles: roles.read() }, { key });
            await added(made, name.input.value.trim());
        },
        { say: 'people.do_add' },
    );
}

export async function viewPerson({ id }, signal) {
    if (!may('admin')) return notYours('people.title');
    const note = doneNote();
    const secret = passwordPlace();
    const body = el('div');
    const read = async () => {
        const row = await get(path(id), { signal });
        replace(body, page(row, done, secret));
        return row;
    };
    const done = async (text) => {
        await read();
        if (text) note.say(text);
    };
    const row = await read();
    return { title: row.display_name, node: el('div', { class: 'browse keeping' }, note.node, secret.node, body) };
}

function page(row, done, secret) {
    return el(
        'article',
        { class: 'monograph' },
        trail('people.title', '#/people', row.username),
        thingHead(el('h1', { class: 'book-title' }, row.display_name, ' ', stateTag(row)), el('p', { class: 'monograph-third' }, row.username)),
        factList(
            [
                ['people.roles', roleWords(row.roles) || t('people.no_role')],
                ['people.registration', row.registration],
                ['people.signs_in', row.signed_in_at ? clock(new Date(row.signed_in_at)) : t(row.has_password ? 'people.never' : 'people.no_password')],
                ['people.since', day(row.created_at)],
            ],
            'property-strip',
        ),
        section('lot.acts', changeTool(row, done), isMe(row) ? el('p', null, el('a', { href: '#/me' }, t('me.change'))) : [passwordTool(row, done, secret), standingTool(row, done)]),
        section('people.tokens', tokens(row, done)),
    );
}

function changeTool(row, done) {
    const name = nameField(row.display_name);
    const registration = registrationField(row.registration);
    const roles = isMe(row) ? null : rolesField(row.roles);
    const key = newKey();
    const act = async () => {
        const wanted = {
            display_name: name.input.value.trim(),
            ...(row.registration || registration.input.value.trim() ? { registration: registration.input.value.trim() || 'none' } : {}),
            ...(roles && { roles: roles.read() }),
        };
        await send('PUT', path(row.username), wanted, { key });
        await done(t('people.changed', { name: wanted.display_name }));
    };
    return tool('people.change', [name, registration, roles].filter(Boolean), 'btn-main', act, { say: 'people.do_change', about: isMe(row) && el('p', { class: 'quiet' }, t('people.own_roles')) });
}

function passwordTool(row, done, secret) {
    const key = newKey();
    const act = async () => {
        const made = await send('POST', path(row.username, '/password'), undefined, { key });
        await done();
        secret.show(made, row.display_name);
    };
    return tool('people.new_password', [], 'btn-main', act, { say: 'people.do_new_password', about: el('p', { class: 'quiet' }, t('people.new_password_about')) });
}

function standingTool(row, done) {
    const way = row.disabled_at ? 'enable' : 'disable';
    const key = newKey();
    const act = async () => {
        await send('POST', path(row.username, `/${way}`), undefined, { key });
        await done(t(`people.was_${way}d`, { name: row.display_name }));
    };
    return tool(`people.${way}`, [], row.disabled_at ? 'btn-main' : 'btn-stop', act, { say: `people.do_${way}`, about: el('p', { class: 'quiet' }, t(`people.${way}_about`)) });
}

function tokens(row, done) {
    if (!row.tokens.length) return el('p', { class: 'quiet' }, t('people.no_tokens'));
    return [
        el('p', { class: 'quiet' }, t('people.tokens_about')),
        el('ul', { class: 'corrections' }, row.tokens.map((token) => tokenRow(row, token, done))),
    ];
}

function tokenRow(row, token, done) {
    const key = newKey();
    const act = async () => {
        await send('POST', path(row.username, `/tokens/${token.id}/end`), undefined, { key });
        await done(t('people.token_ended', { name: token.name }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('people.end_token'));
    const until = token.expires_at ? t('people.token_until', { day: day(token.expires_at) }) : t('people.token_for_ever');
    return el(
        'li',
        { class: 'card-box token', 'data-token': token.id },
        el('p', null, el('span', { class: 'strong' }, token.name), el('span', { class: 'row-below' }, [t('people.token_since', { day: day(token.created_at) }), until].join(' · '))),
        form('token-end', [], [button], act),
    );
}

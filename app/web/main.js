// Starts the page: asks who is signed in, draws the frame, and shows the view the address means.

import { get, send, signals } from '/api.js';
import { append, el, icon, replace } from '/dom.js';
import { chooseLanguage, language, t, useTimeZone, word } from '/i18n.js';
import { startLive, stopLive } from '/live.js';
import { startRouter } from '/router.js';
import { languages } from '/strings.js';
import { failure } from '/parts/states.js';
import { showSignIn } from '/views/sign_in.js';
import { forgetCase, viewCheck } from '/views/check.js';
import { viewFormula } from '/views/formula.js';
import { viewHerb } from '/views/herb.js';
import { viewOrder } from '/views/order.js';
import { viewOrders } from '/views/orders.js';
import { viewFormulas, viewHerbs } from '/views/browse.js';

const ROUTES = [
    ['/', viewCheck],
    ['/herbs', viewHerbs],
    ['/herbs/:id', viewHerb],
    ['/formulas', viewFormulas],
    ['/formulas/:id', viewFormula],
    ['/orders', viewOrders],
    ['/orders/:id', viewOrder],
];

const SECTIONS = [
    { key: 'nav.check', address: '#/', picture: 'check' },
    { key: 'nav.herbs', address: '#/herbs', picture: 'leaf' },
    { key: 'nav.formulas', address: '#/formulas', picture: 'bowl' },
    { key: 'nav.orders', address: '#/orders', picture: 'basket', roles: ['practitioner', 'pharmacist', 'staff'] },
];

const app = document.getElementById('app');
let session = null;
let lastPerson = null;
let showAgain = null;
let leave = null;

async function start() {
    chooseLanguage(language());
    signals.addEventListener('signed-out', () => {
        if (session) signIn(t('sign_in.ended'));
    });
    try {
        session = await get('/api/v1/session', { quiet401: true });
    } catch (problem) {
        if (problem.status !== 401) {
            replace(app, el('main', { class: 'alone' }, failure(problem, start)));
            return;
        }
    }
    if (session) showFrame();
    else signIn();
}

// What was entered outlives a session that ran out, but only for the same person.
function signIn(notice) {
    leave?.();
    leave = null;
    stopLive();
    lastPerson = session?.id ?? lastPerson;
    session = null;
    const again = () =>
        showSignIn(app, {
            notice,
            chooser: languageChooser(again),
            done: (opened) => {
                session = opened;
                if (session.id !== lastPerson) forgetCase();
                showFrame();
            },
        });
    again();
}

async function signOut() {
    try {
        await send('DELETE', '/api/v1/session', undefined, { quiet401: true });
    } catch (problem) {
        if (problem.status !== 401) {
            replace(document.getElementById('main'), failure(problem, signOut));
            return;
        }
    }
    forgetCase();
    signIn();
}

// The router outlives the frame: it is started once and afterwards only asked to show the address again.
function showFrame() {
    useTimeZone(session.shop?.time_zone);
    startLive();
    const main = el('main', { id: 'main', tabindex: '-1' });

    replace(app, skipLink(main), header(), main);
    if (showAgain) showAgain();
    else showAgain = startRouter(ROUTES, viewMissing, show);
}

// A view: async (parameters, signal) → { title, node, focus }. Its signal is aborted when the reader moves on.
async function show(view, parameters, restore) {
    if (!session) return;
    leave?.();
    const moved = new AbortController();
    leave = () => moved.abort();

    const main = document.getElementById('main');
    markSection();
    main.setAttribute('aria-busy', 'true');
    const waiting = setTimeout(
        () => replace(main, el('p', { class: 'waiting', role: 'status' }, t('app.loading'))),
        200,
    );
    const shown = await load(view, parameters, moved.signal);
    clearTimeout(waiting);
    if (moved.signal.aborted) return;
    main.removeAttribute('aria-busy');
    document.title = `${shown.title} · ${t('app.name')}`;
    replace(main, shown.node);
    scrollTo(0, restore);
    (shown.focus?.() ?? main).focus({ preventScroll: true });
}

async function load(view, parameters, signal) {
    try {
        return await view(parameters, signal);
    } catch (problem) {
        if (problem.status === 404) return viewMissing();
        return { title: t('app.name'), node: failure(problem, showAgain) };
    }
}

function viewMissing() {
    return {
        title: t('fail.missing_title'),
        node: el(
            'div',
            { class: 'alone' },
            el('h1', null, t('fail.missing_title')),
            el('p', null, t('fail.not_found')),
            el('p', null, el('a', { href: '#/' }, t('app.back_home'))),
        ),
    };
}

// The link's own jump would change the address, which is ours; so the focus is moved by hand.
function skipLink(main) {
    return el(
        'a',
        {
            class: 'skip-link',
            href: '#main',
            on: {
                click: (event) => {
                    event.preventDefault();
                    main.focus();
                },
            },
        },
        t('app.skip'),
    );
}

function header() {
    const bar = el(
        'header',
        { class: 'top' },
        el(
            'a',
            { class: 'brand', href: '#/' },
            el('img', { class: 'seal', src: '/favicon.svg', alt: '', width: '32', height: '32' }),
            el(
                'span',
                { class: 'brand-words' },
                el('span', { class: 'brand-name' }, t('app.name')),
                el('span', { class: 'brand-shop' }, shopName()),
            ),
        ),
        el(
            'nav',
            { class: 'sections', 'aria-label': t('app.sections') },
            SECTIONS.filter(({ roles }) => !roles || roles.some((role) => session.roles.includes(role))).map(
                ({ key, address, picture }) =>
                    el('a', { href: address, class: 'section' }, icon(picture), el('span', null, t(key))),
            ),
        ),
    );
    append(
        bar,
        el(
            'div',
            { class: 'top-end' },
            languageChooser(showFrame),
            el(
                'span',
                { class: 'who', title: roleWords() },
                icon('person'),
                el('span', { class: 'who-name' }, session.display_name || session.username),
            ),
            el(
                'button',
                { type: 'button', class: 'btn btn-quiet btn-icon', title: t('app.sign_out'), on: { click: signOut } },
                icon('leave'),
                el('span', { class: 'visually-hidden' }, t('app.sign_out')),
            ),
        ),
    );
    return bar;
}

const shopName = () => session.shop?.name ?? '';
const roleWords = () => (session.roles ?? []).map((role) => word('staff', role)).join(', ');

function languageChooser(redraw) {
    return el(
        'label',
        { class: 'language' },
        icon('globe'),
        el('span', { class: 'visually-hidden' }, t('app.language')),
        el(
            'select',
            {
                class: 'language-select',
                on: {
                    change: (event) => {
                        chooseLanguage(event.target.value);
                        redraw();
                        document.querySelector('.language-select')?.focus();
                    },
                },
            },
            languages.map(({ id, name }) => el('option', { value: id, lang: id, selected: id === language() }, name)),
        ),
        icon('chevron'),
    );
}

function markSection() {
    const path = `#/${location.hash.slice(2).split(/[/?]/)[0]}`;
    for (const link of document.querySelectorAll('.section'))
        link.setAttribute('aria-current', link.getAttribute('href') === path ? 'page' : 'false');
}

// On paper nothing can be opened, so everything is.
function openForPrint() {
    const shut = document.querySelectorAll('details:not([open])');
    for (const details of shut) details.open = true;
    addEventListener(
        'afterprint',
        () =>
            shut.forEach((details) => {
                details.open = false;
            }),
        { once: true },
    );
}

addEventListener('beforeprint', openForPrint);
start();

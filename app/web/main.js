// Starts the page: asks who is signed in, draws the frame, and shows the view the address means.

import { get, send, signals } from '/api.js';
import { append, el, icon, replace } from '/dom.js';
import { chooseLanguage, language, t, useTimeZone, word } from '/i18n.js';
import { startLive, stopLive } from '/live.js';
import { startRouter } from '/router.js';
import { person, setPerson } from '/session.js';
import { languages } from '/strings.js';
import { markSection, navigation } from '/parts/navigation.js';
import { failure } from '/parts/states.js';
import { showSignIn } from '/views/sign_in.js';
import { forgetCase, viewCheck } from '/views/check.js';
import { viewBatch, viewBatches } from '/views/batches.js';
import { viewBatchPlan } from '/views/batch_plan.js';
import { viewBench } from '/views/bench.js';
import { viewCounter } from '/views/counter.js';
import { viewCode, viewCodes } from '/views/counter_codes.js';
import { viewDrawer } from '/views/counter_drawer.js';
import { viewTickets } from '/views/counter_tickets.js';
import { viewCount } from '/views/count.js';
import { viewCountDifferences } from '/views/count_differences.js';
import { viewCounts } from '/views/counts.js';
import { viewCurator } from '/views/curator.js';
import { viewEvidence, viewEvidenceRules } from '/views/evidence.js';
import { viewEvidenceChange, viewEvidenceNew } from '/views/evidence_form.js';
import { viewEvidenceRow } from '/views/evidence_row.js';
import { viewEvidenceUpload } from '/views/evidence_upload.js';
import { viewFormula } from '/views/formula.js';
import { viewHerb } from '/views/herb.js';
import { viewOrder } from '/views/order.js';
import { viewOrders } from '/views/orders.js';
import { viewOrderTrace } from '/views/order_trace.js';
import { viewRecall } from '/views/recall.js';
import { viewRecalls } from '/views/recalls.js';
import { viewReturns } from '/views/returns.js';
import { viewTrace } from '/views/trace.js';
import { viewFormulas, viewHerbs } from '/views/browse.js';
import { viewStock, viewStockItem } from '/views/stock.js';
import { viewCorrections } from '/views/corrections.js';
import { viewDeliveries, viewDelivery } from '/views/deliveries.js';
import { viewLot } from '/views/lot.js';
import { viewReceive } from '/views/receive.js';
import { viewBuy } from '/views/buy.js';
import { viewPurchase, viewPurchases } from '/views/purchases.js';
import { viewTransferSend } from '/views/transfer_send.js';
import { viewTransfer, viewTransfers } from '/views/transfers.js';
import { viewCustomerGroups } from '/views/price_groups.js';
import { viewFees } from '/views/price_fees.js';
import { viewFormulaMargins } from '/views/price_formulas.js';
import { viewPriceRules } from '/views/price_rules.js';
import { viewPrices } from '/views/prices.js';
import { viewTaxes } from '/views/price_taxes.js';
import { viewPrescribe } from '/views/prescribe.js';
import { viewPrescription } from '/views/prescription.js';
import { viewWork } from '/views/work.js';
import { viewIntake } from '/views/intake.js';
import { viewIntakeReceive } from '/views/intake_receive.js';
import { viewMe } from '/views/me.js';
import { showOwnPassword } from '/views/own_password.js';
import { viewPeople, viewPerson } from '/views/people.js';
import { viewPrinters } from '/views/printers.js';
import { viewScales } from '/views/scales.js';
import { viewShop } from '/views/shop.js';
import { viewIntakes } from '/views/intakes.js';
import { viewImports } from '/views/imports.js';
import { viewReports } from '/views/reports.js';
import { viewItem, viewItems } from '/views/items.js';
import { viewPlace, viewPlaces } from '/views/places.js';
import { viewSetup } from '/views/setup.js';
import { viewSupplier, viewSuppliers } from '/views/suppliers.js';

const ROUTES = [
    ['/', viewCheck],
    ['/herbs', viewHerbs],
    ['/herbs/:id', viewHerb],
    ['/formulas', viewFormulas],
    ['/formulas/:id', viewFormula],
    ['/orders', viewOrders],
    ['/orders/:id', viewOrder],
    ['/orders/:id/trace', viewOrderTrace],
    ['/returns', viewReturns],
    ['/bench/:id', viewBench],
    ['/counter', viewCounter],
    ['/counter/tickets', viewTickets],
    ['/counter/drawer', viewDrawer],
    ['/counter/codes', viewCodes],
    ['/counter/codes/:id', viewCode],
    ['/counter/:id', viewCounter],
    ['/prescribe', viewPrescribe],
    ['/prescriptions/:id', viewPrescription],
    ['/intakes', viewIntakes],
    ['/intakes/receive', viewIntakeReceive],
    ['/intakes/:id', viewIntake],
    ['/work', viewWork],
    ['/stock', viewStock],
    ['/stock/:id', viewStockItem],
    ['/lots/:id', viewLot],
    ['/corrections', viewCorrections],
    ['/lots/:id/trace', viewTrace],
    ['/recalls', viewRecalls],
    ['/recalls/:id', viewRecall],
    ['/counts', viewCounts],
    ['/counts/:id', viewCount],
    ['/counts/:id/differences', viewCountDifferences],
    ['/receive', viewReceive],
    ['/receive/:id', viewReceive],
    ['/deliveries', viewDeliveries],
    ['/deliveries/:id', viewDelivery],
    ['/purchases', viewPurchases],
    ['/purchases/buy', viewBuy],
    ['/purchases/:id', viewPurchase],
    ['/batches', viewBatches],
    ['/batches/plan', viewBatchPlan],
    ['/batches/:id', viewBatch],
    ['/transfers', viewTransfers],
    ['/transfers/send', viewTransferSend],
    ['/transfers/:shop/:id', viewTransfer],
    ['/curator', viewCurator],
    ['/evidence', viewEvidence],
    ['/evidence/rules', viewEvidenceRules],
    ['/evidence/upload', viewEvidenceUpload],
    ['/evidence/new/:kind', viewEvidenceNew],
    ['/evidence/change/:kind/:key', viewEvidenceChange],
    ['/evidence/:kind/:key', viewEvidenceRow],
    ['/people', viewPeople],
    ['/people/:id', viewPerson],
    ['/printers', viewPrinters],
    ['/scales', viewScales],
    ['/shop', viewShop],
    ['/me', viewMe],
    ['/tables', viewReports],
    ['/tables/in', viewImports],
    ['/setup', viewSetup],
    ['/items', viewItems],
    ['/items/:id', viewItem],
    ['/places', viewPlaces],
    ['/places/:id', viewPlace],
    ['/prices', viewPrices],
    ['/prices/rules', viewPriceRules],
    ['/prices/fees', viewFees],
    ['/prices/groups', viewCustomerGroups],
    ['/prices/taxes', viewTaxes],
    ['/prices/formulas', viewFormulaMargins],
    ['/suppliers', viewSuppliers],
    ['/suppliers/:id', viewSupplier],
];

const app = document.getElementById('app');
let lastPerson = null;
let showAgain = null;
let leave = null;
let dropFrame = null;

async function start() {
    chooseLanguage(language());
    signals.addEventListener('signed-out', ({ detail }) => {
        if (person()) signIn(t(detail ?? 'sign_in.ended'));
    });
    try {
        setPerson(await get('/api/v1/session', { quiet401: true }));
    } catch (problem) {
        if (problem.status !== 401) {
            replace(app, el('main', { class: 'alone' }, failure(problem, start)));
            return;
        }
    }
    if (person()) letIn();
    else signIn();
}

// What was entered outlives a session that ran out, but only for the same person.
function signIn(notice) {
    leave?.();
    leave = null;
    dropFrame?.();
    stopLive();
    lastPerson = person()?.id ?? lastPerson;
    setPerson(null);
    const again = () =>
        showSignIn(app, {
            notice,
            chooser: languageChooser(again),
            done: (opened) => {
                setPerson(opened);
                if (opened.id !== lastPerson) forgetCase();
                letIn();
            },
        });
    again();
}

// Who has a password that somebody else had made chooses her own, and then goes on to what the address means.
function letIn() {
    if (!person().password_to_change) {
        showFrame();
        return;
    }
    showOwnPassword(app, {
        who: person(),
        chooser: languageChooser(letIn),
        done: (opened) => {
            setPerson(opened);
            letIn();
        },
        signedOut: signIn,
        signOut,
    });
}

async function signOut() {
    try {
        await send('DELETE', '/api/v1/session', undefined, { quiet401: true });
    } catch (problem) {
        if (problem.status !== 401) {
            replace(document.querySelector('main'), failure(problem, signOut));
            return;
        }
    }
    forgetCase();
    signIn();
}

// The router outlives the frame: it is started once and afterwards only asked to show the address again.
function showFrame() {
    useTimeZone(person().shop?.time_zone);
    startLive();
    dropFrame?.();
    const frame = new AbortController();
    dropFrame = () => frame.abort();
    const main = el('main', { id: 'main', tabindex: '-1' });

    replace(app, skipLink(main), header(frame.signal), main);
    if (showAgain) showAgain();
    else showAgain = startRouter(ROUTES, viewMissing, show);
}

// A view: async (parameters, signal) → { title, node, focus }. Its signal is aborted when the reader moves on.
async function show(view, parameters, restore) {
    if (!person()) return;
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

function header(signal) {
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
        navigation(signal),
    );
    append(
        bar,
        el(
            'div',
            { class: 'top-end' },
            languageChooser(showFrame),
            el(
                'a',
                { class: 'who', href: '#/me', title: roleWords() },
                icon('person'),
                el('span', { class: 'who-name' }, person().display_name || person().username),
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

const shopName = () => person().shop?.name ?? '';
const roleWords = () => (person().roles ?? []).map((role) => word('staff', role)).join(', ');

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

// The work list: findings raised by a changed patient or rule book since a prescription was signed, patient by patient, the
// gravest first. A piece is taken and then ended with a coded reason; what others do shows by itself.

import { get, send } from '/api.js';
import { append, el, icon, replace } from '/dom.js';
import { ago, clock, day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { orderAddress } from '/router.js';
import { may } from '/session.js';
import { chip, filterSelect } from '/parts/filters.js';
import { findingCard, SEVERITIES } from '/parts/findings.js';
import { readAll } from '/parts/lexicon.js';
import { pageHead } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { doneForm } from '/parts/work_done.js';

const PAGE = 100;
const STATES = ['open', 'taken', 'done'];
const kept = { state: '', severity: '', mine: false };

export async function viewWork(_, signal) {
    const { rows: outcomes } = await get('/api/v1/work-outcomes', { signal });
    const list = new WorkList(
        outcomes.filter((outcome) => outcome.by_hand),
        signal,
    );

    await Promise.all([readAll('herb', signal), readAll('formula', signal), list.read()]);
    list.draw();
    readWhen(['work', 'order'], () => list.readAgain(), signal);
    return { title: t('nav.work'), node: list.node() };
}

class WorkList {
    constructor(outcomes, signal) {
        this.outcomes = outcomes;
        this.signal = signal;
        this.items = [];
        this.drawn = new Map();
        this.groups = el('ol', { class: 'work' });
        this.count = el('p', { class: 'quiet browse-count', role: 'status' });
        this.rest = el('div', { class: 'list-rest' });
    }

    node() {
        const changed = () => this.readAgain();
        return el(
            'div',
            { class: 'browse' },
            pageHead('nav.work', 'work.lead'),
            el(
                'div',
                { class: 'browse-tools' },
                filterSelect('work.state', kept, 'state', choices('work.waiting', 'work_state', STATES), changed),
                filterSelect('work.severity', kept, 'severity', choices('work.any', 'severity', SEVERITIES), changed),
                may('practitioner', 'pharmacist') && chip('work.mine', kept, 'mine', changed),
                this.count,
            ),
            this.groups,
            this.rest,
        );
    }

    async ask(after) {
        const wanted = new URLSearchParams({ limit: PAGE });
        if (kept.state) wanted.set('state', kept.state);
        if (kept.severity) wanted.set('severity', kept.severity);
        if (kept.mine) wanted.set('mine', 'true');
        if (after) wanted.set('after', after);
        const { rows } = await get(`/api/v1/work-list?${wanted}`, { signal: this.signal });
        return rows;
    }

    async read() {
        this.items = await this.ask();
        this.full = this.items.length === PAGE;
    }

    async readAgain() {
        await this.read();
        this.draw();
    }

    async readMore() {
        const rows = await this.ask(this.items.at(-1).id);
        this.items.push(...rows);
        this.full = rows.length === PAGE;
        this.draw();
    }

    // Draws what changed and leaves the rest, so that a note being written stays.
    draw() {
        const focused = document.activeElement; // which may move into a new group
        const groups = byCourse(this.items).map((items) => this.group(items));
        const same = groups.length === this.groups.children.length;

        if (!same || groups.some((node, i) => node !== this.groups.children[i])) replace(this.groups, groups);
        if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
        this.count.textContent = this.items.length
            ? t(kept.state === 'done' ? 'work.found' : 'work.count', { n: countText(this.items, this.full) })
            : '';
        replace(this.rest, this.items.length ? this.full && this.moreButton() : nothing());
    }

    moreButton() {
        return el(
            'button',
            { type: 'button', class: 'btn btn-quiet', on: { click: () => this.readMore() } },
            t('work.more'),
        );
    }

    // What was drawn under that key, unless it says something else now.
    kept(key, content, make) {
        const before = this.drawn.get(key);
        if (before?.content === content) return before.node;
        const node = make();
        this.drawn.set(key, { content, node });
        return node;
    }

    group(items) {
        return this.kept(courseKey(items[0]), JSON.stringify(items), () => this.groupNode(items));
    }

    groupNode(items) {
        const open = items.filter((item) => item.state === 'open');
        const trouble = el('p', { class: 'field-error', role: 'alert' });
        return el(
            'li',
            { class: 'work-group' },
            el(
                'header',
                { class: 'work-head' },
                el('div', { class: 'work-who' }, patient(items[0]), course(items[0])),
                open.length > 1 &&
                    may('practitioner', 'pharmacist') &&
                    this.takeButton(t('work.take_all', { n: open.length }), open, trouble),
            ),
            trouble,
            el(
                'ol',
                { class: 'findings' },
                items.map((item) => this.pieceOf(item, items)),
            ),
        );
    }

    pieceOf(item, items) {
        const together = item.mine ? items.filter((one) => one.mine && one.state === 'taken') : [];
        return this.kept(item.id, JSON.stringify([item, together.map(({ id }) => id)]), () => this.piece(item, together));
    }

    piece(item, together) {
        const card = findingCard(findingOf(item));
        const trouble = el('p', { class: 'field-error', role: 'alert' });
        const canWork = item.state !== 'done' && may('practitioner', 'pharmacist');

        card.dataset.work = item.id;
        append(card.querySelector('.finding-head'), [
            el('span', { class: 'work-state' }, stateWords(item)),
            canWork &&
                !item.mine &&
                this.takeButton(t(item.state === 'taken' ? 'work.take_over' : 'work.take'), [item], trouble),
        ]);
        card.querySelector('.finding-via').prepend(why(item));
        card.append(trouble);
        if (canWork && item.mine)
            card.append(
                doneForm(
                    item,
                    together,
                    this.outcomes,
                    (ended) => this.ended(ended),
                ),
            );
        return card;
    }

    takeButton(text, items, trouble) {
        const button = el('button', { type: 'button', class: 'btn btn-quiet btn-small work-take' }, text);
        button.addEventListener('click', async () => {
            button.disabled = true;
            trouble.textContent = '';
            try {
                for (const item of items)
                    await send('POST', `/api/v1/work-list/${item.id}/take`, { take_over: item.state === 'taken' });
                await this.readAgain();
                this.focusOn(items[0].id);
            } catch (problem) {
                button.disabled = false;
                trouble.textContent = explain(problem);
            }
        });
        return button;
    }

    // After a piece is gone the next one is at hand.
    async ended(ids) {
        const at = this.items.findIndex((item) => ids.includes(item.id));
        await this.readAgain();
        this.focusOn(this.items[Math.min(at, this.items.length - 1)]?.id);
    }

    focusOn(id) {
        const card = this.groups.querySelector(`[data-work="${id}"]`);
        (card?.querySelector('.work-done select, .work-take') ?? document.getElementById('main')).focus();
    }
}

const choices = (all, group, values) => [['', t(all)], ...values.map((value) => [value, word(group, value)])];

const courseKey = (item) => `${item.prescription_id}.${item.version}`;

// The pieces of one version of a prescription together, in the order in which the first of each comes.
function byCourse(items) {
    const groups = new Map();
    for (const item of items) groups.set(courseKey(item), [...(groups.get(courseKey(item)) ?? []), item]);
    return [...groups.values()];
}

const countText = (items, full) => (full ? `${items.length}+` : String(items.length));

const findingOf = (item) => ({
    ...item,
    subject: { id: item.subject_id, name: item.subject_name, typed: item.subject_typed },
    object: { id: item.object_id, name: item.object_name, typed: item.object_typed },
    rule: item.rule_id && `${item.rule_id} v${item.rule_version}`,
});

function patient(item) {
    return el(
        'h2',
        null,
        item.patient_name,
        ' ',
        el('span', { class: 'name-second' }, item.patient_code),
        item.patient_phone && [
            ' ',
            el('a', { class: 'phone', href: `tel:${item.patient_phone.replace(/[^+\d]/g, '')}` }, item.patient_phone),
        ],
    );
}

// What she takes it as: the order, how far it is, until when.
function course(item) {
    return el(
        'p',
        { class: 'quiet' },
        item.order_id
            ? [
                  el('a', { href: orderAddress(item.order_id) }, `${t('orders.one')} #${item.order_id}`),
                  ` · ${word('order', item.order_state)}`,
              ]
            : t('work.prescription', { id: item.prescription_id }),
        item.last_on &&
            ` · ${t(item.handed_over ? 'work.taken_until' : 'work.would_be_taken', { day: day(item.last_on) })}`,
    );
}

function why(item) {
    const raised = new Date(item.raised_at);
    return el(
        'span',
        { class: 'work-why' },
        el('strong', null, whyText(item.why)),
        ' · ',
        el('time', { datetime: item.raised_at, title: clock(raised) }, ago(raised)),
    );
}

function stateWords(item) {
    if (item.state === 'done')
        return [
            el('span', { class: 'tag tag-high' }, word('outcome', item.outcome)),
            ' ',
            [item.note, item.done_by, clock(new Date(item.done_at))].filter(Boolean).join(' · '),
        ];
    if (item.state === 'taken')
        return [
            el(
                'span',
                { class: item.mine ? 'tag tag-high' : 'tag' },
                item.mine ? t('work.taken_by_me') : t('work.taken_by', { name: item.taken_by }),
            ),
            ' ',
            ago(new Date(item.taken_at)),
        ];
    return el('span', { class: 'tag tag-warn' }, t('work.nobody'));
}

const REASONS = [
    [/^medicine added: (.*)$/, 'work.why_medicine'],
    [/^condition added: (.*)$/, 'work.why_condition'],
    [/^allergy added: (.*)$/, 'work.why_allergy'],
    [/^operation added: (.*)$/, 'work.why_operation'],
    [/^(a new day)$/, 'work.why_day'],
    [/^(who the patient is was changed)$/, 'work.why_person'],
    [/^the rule book changed: rule (\S+), version \d+$/, 'work.why_rule'],
];

// What the service says of why, in the reader's language where it is one of its usual sentences.
function whyText(why) {
    for (const [pattern, key] of REASONS) {
        const [, name] = pattern.exec(why) ?? [];
        if (name) return t(key, { name });
    }
    return why;
}

const nothing = () =>
    el(
        'div',
        { class: 'empty' },
        el('p', { class: 'empty-icon' }, icon('check')),
        el('p', { class: 'empty-title' }, t(kept.state || kept.severity || kept.mine ? 'work.no_match' : 'work.none')),
        el('p', null, t('work.none_lead')),
    );

// The practitioner's quick check: herbs, medicines and conditions go in on one side, findings come out on the other as one
// types. What is entered lives only in this page's memory and is gone when it is closed or somebody signs out.

import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { conditionChips } from '/parts/conditions.js';
import { readAll, known } from '/parts/lexicon.js';
import { nameField } from '/parts/name_field.js';
import { resultPanel } from '/parts/result.js';
import { isEmpty, startScreening } from '/parts/screening.js';
import { joinDose } from '/parts/typed.js';

const entered = { items: [], drugs: [], conditions: [], noneTaken: false };

export function forgetCase() {
    Object.assign(entered, { items: [], drugs: [], conditions: [], noneTaken: false });
}

// Puts a herb or a formula into the case, for the "check this" links of its page.
export function addToCase(name) {
    if (!entered.items.some((entry) => entry.name === name)) entered.items.push({ name, dose: '' });
}

export async function viewCheck(_, signal) {
    // Names in every script are a comfort: without them the check still works.
    await Promise.all([readAll('herb', signal), readAll('formula', signal)]).catch(() => {});
    signal.throwIfAborted();
    return new CheckPage(signal).shown();
}

class CheckPage {
    constructor(signal) {
        this.told = new Map();
        this.result = resultPanel({
            replaceName: (typed, name) => this.replaceName(typed, name),
            noMedicines: () => this.setNone(true),
            again: () => this.screening.again(),
            example: () => this.example(),
            entered: () => this.summary(),
        });
        this.inputs = el('div', { class: 'check-inputs' });
        this.screening = startScreening((result) => this.show(result), signal);
        this.fill();
        this.changed();
    }

    shown() {
        const head = el(
            'div',
            { class: 'page-head' },
            el('div', null, el('h1', null, t('check.title')), el('p', { class: 'lead' }, t('check.lead'))),
            el(
                'button',
                { type: 'button', class: 'btn btn-quiet', on: { click: () => this.clear() } },
                icon('close'),
                t('check.clear'),
            ),
        );
        const node = el(
            'div',
            { class: 'check' },
            head,
            el('div', { class: 'check-columns' }, this.inputs, this.result.node),
            this.result.jump,
        );
        return { title: t('check.title'), node, focus: () => (isEmpty(entered) ? this.items : null) };
    }

    get items() {
        return this.inputs.querySelector('input[role=combobox]');
    }

    fill() {
        const changed = () => this.changed();
        this.fields = {
            items: nameField({
                label: t('check.herbs'),
                hint: t('check.herbs_hint'),
                example: t('check.herbs_example'),
                picture: 'leaf',
                kinds: 'herb,formula,product,procedure',
                doses: true,
                entries: entered.items,
                changed,
            }),
            drugs: nameField({
                label: t('check.drugs'),
                hint: t('check.drugs_hint'),
                example: t('check.drugs_example'),
                picture: 'pill',
                kinds: 'drug,drug_class',
                doses: false,
                entries: entered.drugs,
                changed,
            }),
            conditions: nameField({
                label: t('check.conditions'),
                hint: t('check.conditions_hint'),
                example: t('check.conditions_example'),
                picture: 'person',
                kinds: 'condition',
                doses: false,
                entries: entered.conditions,
                changed,
            }),
        };
        this.none = el('input', {
            type: 'checkbox',
            class: 'tick',
            checked: entered.noneTaken,
            on: { change: (event) => this.setNone(event.target.checked) },
        });
        this.chips = conditionChips(entered.conditions, changed);
        this.fields.conditions.node.firstChild.after(this.chips.node);
        replace(
            this.inputs,
            el('section', { class: 'card-box' }, this.fields.items.node),
            el(
                'section',
                { class: 'card-box' },
                this.fields.drugs.node,
                el('label', { class: 'tick-label' }, this.none, t('check.none_taken')),
            ),
            el('section', { class: 'card-box' }, this.fields.conditions.node),
        );
    }

    // What stands in the boxes counts too, so that findings appear while a name is being typed.
    changed() {
        if (entered.drugs.length || this.fields.drugs.pending().length) entered.noneTaken = false;
        this.none.checked = entered.noneTaken;
        this.chips.draw();
        this.fields.conditions.draw(this.marks());
        this.screening.ask({
            items: [...entered.items, ...this.fields.items.pending()],
            drugs: [...entered.drugs, ...this.fields.drugs.pending()],
            conditions: [...entered.conditions, ...this.fields.conditions.pending()],
            noneTaken: entered.noneTaken,
        });
    }

    setNone(none) {
        entered.noneTaken = none && !entered.drugs.length;
        this.changed();
    }

    show(result) {
        this.told = result.answer ? indexOf(result.answer) : new Map();
        const typing = Object.values(this.fields ?? {})
            .flatMap((field) => field.pending())
            .map(joinDose);
        this.result.show(result, new Set(typing));
        const marks = this.marks();
        for (const field of Object.values(this.fields ?? {})) field.draw(marks);
    }

    // What the answer says about each entry, for its line.
    marks() {
        const marks = new Map();
        for (const entry of [...entered.items, ...entered.drugs, ...entered.conditions])
            marks.set(entry, { ...this.told.get(lower(entry.name)), ...this.told.get(lower(joinDose(entry))) });
        return marks;
    }

    // Puts the name that was meant in the place of the one that was typed, keeping its dose.
    replaceName(typed, name) {
        for (const list of [entered.items, entered.drugs, entered.conditions]) {
            const at = list.findIndex((entry) => same(joinDose(entry), typed) || same(entry.name, typed));
            if (at >= 0) list[at] = { name, dose: list[at].dose };
        }
        this.refill();
    }

    refill() {
        this.fill();
        this.changed();
    }

    clear() {
        for (const list of [entered.items, entered.drugs, entered.conditions]) list.length = 0;
        entered.noneTaken = false;
        this.refill();
        this.items.focus();
    }

    example() {
        entered.items.push(
            { name: 'Bu Zhong Yi Qi Tang', dose: '' },
            { name: 'Dan Shen', dose: '10 g' },
            { name: 'Chuan Xiong', dose: '9 g' },
        );
        entered.drugs.push({ name: 'Coumadin', dose: '' });
        this.refill();
    }

    summary() {
        const lists = [
            ['check.herbs', entered.items],
            ['check.drugs', entered.drugs],
            ['check.conditions', entered.conditions],
        ];
        return [
            ...lists.map(([key, list]) => [
                t(key),
                list.map(joinDose).join(', ') ||
                    (key === 'check.drugs' && entered.noneTaken ? t('check.none_taken') : '–'),
            ]),
            [t('result.checked_at'), clock(new Date())],
        ];
    }
}

const lower = (text) => (text ?? '').toLowerCase();
const same = (a, b) => lower(a) === lower(b);

// What an answer says about each text that was typed: its gravest finding, what it was taken for, what is wrong with it.
function indexOf(answer) {
    const index = new Map();
    const at = (typed) => {
        const key = lower(typed);
        if (!index.has(key)) index.set(key, {});
        return index.get(key);
    };

    for (const { subject, object, severity } of answer.findings)
        for (const side of [subject, object]) if (side?.typed) at(side.typed).severity ??= severity;
    for (const meant of answer.understood ?? []) if (!meant.assumed) Object.assign(at(meant.typed), rowOf(meant));
    for (const question of answer.ambiguous) at(question.typed).trouble = 'fork';
    for (const gap of answer.not_checked) at(gap.typed).trouble = 'unknown';
    return index;
}

// A pill that is sold bears the name of the formula it is made to.
function rowOf(meant) {
    const kind = meant.kind === 'product' ? 'formula' : meant.kind;
    return { kind, row: known(kind, meant.id), name: meant.name };
}

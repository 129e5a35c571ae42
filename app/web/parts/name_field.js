// A field for several names: type with suggestions, or paste a whole list. Each entry stands as a line that can be edited or
// removed; herbs have a dose beside them. WAI-ARIA combobox with a listbox.

import { get } from '/api.js';
import { debounce, el, freshId, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { bareName, hanziOf, known, nameNode, plainName } from '/parts/lexicon.js';
import { splitDose, splitList } from '/parts/typed.js';

const SUGGEST_AFTER_MS = 120;
const MOST_SUGGESTIONS = 8;

// options: { label, hint, example, kinds (of names, for the suggestions), doses (whether entries have one),
// entries (the list to edit), changed(), picture }. `tell(text)` is said to screen readers.
// Returns { node, draw(marks), pending(), focus() }; marks: Map from entry to { severity, row, name, kind, trouble }.
export function nameField(options) {
    const field = new NameField(options);
    return {
        node: field.node,
        draw: (marks) => field.draw(marks),
        pending: () => field.pending(),
        focus: () => field.input.focus(),
    };
}

class NameField {
    constructor(options) {
        const ids = { input: freshId('names'), list: freshId('suggestions'), hint: freshId('hint') };
        this.options = options;
        this.found = [];
        this.at = -1;
        this.listId = ids.list;
        this.marks = new Map();
        this.input = el('input', {
            id: ids.input,
            type: 'text',
            class: 'form-control',
            role: 'combobox',
            autocomplete: 'off',
            spellcheck: 'false',
            autocapitalize: 'none',
            placeholder: options.example,
            'aria-autocomplete': 'list',
            'aria-expanded': 'false',
            'aria-controls': ids.list,
            'aria-describedby': ids.hint,
            enterkeyhint: 'enter',
        });
        this.list = el('ul', {
            id: ids.list,
            class: 'suggestions',
            role: 'listbox',
            'aria-label': t('field.suggestions'),
            hidden: true,
        });
        this.status = el('p', { class: 'visually-hidden', role: 'status' });
        this.entries = el('ul', { class: 'entries', 'aria-label': options.label });
        this.node = el(
            'div',
            { class: 'name-field' },
            el(
                'div',
                { class: 'name-field-head' },
                el('label', { for: ids.input, class: 'big-label' }, icon(options.picture), options.label),
                el('span', { class: 'hint', id: ids.hint }, options.hint),
            ),
            this.entries,
            el('div', { class: 'combo' }, this.input, this.list, this.status),
        );
        this.suggestSoon = debounce(SUGGEST_AFTER_MS, () => this.suggest());
        this.listen();
        this.draw();
    }

    listen() {
        this.input.addEventListener('input', (event) => event.isComposing || this.typed());
        this.input.addEventListener('compositionend', () => this.typed());
        this.input.addEventListener('keydown', (event) => this.key(event));
        this.input.addEventListener('paste', (event) => this.paste(event));
        this.input.addEventListener('blur', () => this.leave());
        this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    }

    // What stands in the box and is not an entry yet.
    pending() {
        const text = this.input.value.trim();
        return text ? [splitDose(text)] : [];
    }

    typed() {
        const pieces = splitList(this.input.value);
        if (pieces.length > 1 || /[;；、，\n]\s*$/.test(this.input.value)) this.add(pieces);
        this.options.changed();
        this.suggestSoon();
    }

    paste(event) {
        const pieces = splitList(event.clipboardData.getData('text'));
        if (pieces.length < 2) return;
        event.preventDefault();
        this.add(pieces);
    }

    leave() {
        this.close();
        this.commit();
    }

    commit() {
        const pieces = splitList(this.input.value);
        if (pieces.length) this.add(pieces);
    }

    add(pieces) {
        this.input.value = '';
        this.close();
        for (const piece of pieces) this.put(this.options.doses ? splitDose(piece) : { name: piece, dose: '' });
        this.changed();
        this.say(t('field.added', { name: pieces.join(', ') }));
    }

    // An entry typed twice is kept once, unless the doses differ: then both stand, for the service to say.
    put(entry) {
        const same = this.options.entries.some((old) => old.name === entry.name && old.dose === entry.dose);
        if (!same) this.options.entries.push(entry);
    }

    changed() {
        this.draw(this.marks);
        this.options.changed();
    }

    say(text) {
        this.status.textContent = text;
    }

    key(event) {
        if (event.isComposing) return;
        const acts = {
            Enter: () => (this.at >= 0 ? this.choose(this.found[this.at]) : this.commit()),
            ArrowDown: () => this.move(1),
            ArrowUp: () => this.move(-1),
            Escape: () => this.close(),
        };
        if (event.key === 'Backspace' && !this.input.value && this.shown().length) {
            event.preventDefault();
            this.edit(this.shown().at(-1));
        } else if (acts[event.key] && (event.key !== 'Escape' || !this.list.hidden)) {
            event.preventDefault();
            acts[event.key]();
        }
    }

    // Suggestions. A dose behind the name stays with it; an answer to an older text is dropped.
    async suggest() {
        const { name } = splitDose(this.input.value);
        this.asked?.abort();
        if (!name || document.activeElement !== this.input) {
            this.close();
            return;
        }
        const mine = new AbortController();
        this.asked = mine;
        try {
            const parameters = new URLSearchParams({
                q: name.slice(0, 100),
                kinds: this.options.kinds,
                limit: MOST_SUGGESTIONS,
            });
            const { rows } = await get(`/api/v1/names?${parameters}`, { signal: mine.signal });
            if (!mine.signal.aborted) this.offer(rows);
        } catch {
            this.close();
        }
    }

    offer(rows) {
        this.found = rows;
        this.at = -1;
        replace(
            this.list,
            this.found.map((row, i) => this.option(row, i)),
        );
        this.list.hidden = !this.found.length;
        this.input.setAttribute('aria-expanded', String(!this.list.hidden));
        this.input.removeAttribute('aria-activedescendant');
        if (this.found.length) this.say(t('field.count', { n: this.found.length }));
    }

    option(row, i) {
        const full = known(row.kind, row.id) ?? row;
        return el(
            'li',
            {
                role: 'option',
                id: `${this.listId}-${i}`,
                class: 'suggestion',
                'aria-selected': 'false',
                on: { click: () => this.choose(row) },
            },
            full.pinyin ? nameNode(full) : el('span', { class: 'name-first' }, row.name),
            el('span', { class: 'suggestion-note' }, matchedName(row, full)),
        );
    }

    move(step) {
        if (this.list.hidden || !this.found.length) return;
        this.list.children[this.at]?.setAttribute('aria-selected', 'false');
        this.at = (this.at + step + this.found.length) % this.found.length;
        const option = this.list.children[this.at];
        option.setAttribute('aria-selected', 'true');
        option.scrollIntoView({ block: 'nearest' });
        this.input.setAttribute('aria-activedescendant', option.id);
    }

    choose(row) {
        const { dose } = splitDose(this.input.value);
        const name = known(row.kind, row.id)?.pinyin ?? bareName(row.matched);
        this.add([dose ? `${name} ${dose}` : name]);
    }

    close() {
        this.asked?.abort();
        this.at = -1;
        this.list.hidden = true;
        this.input.setAttribute('aria-expanded', 'false');
        this.input.removeAttribute('aria-activedescendant');
    }

    // Takes an entry back into the box.
    edit(entry) {
        this.drop(entry);
        this.input.value = entry.dose ? `${entry.name} ${entry.dose}` : entry.name;
        this.input.focus();
        this.changed();
    }

    drop(entry) {
        this.options.entries.splice(this.options.entries.indexOf(entry), 1);
    }

    remove(entry) {
        this.drop(entry);
        this.changed();
        this.say(t('field.removed', { name: entry.name }));
        this.input.focus();
    }

    // The entries that stand as lines; a chip is shown as a pressed button instead.
    shown() {
        return this.options.entries.filter((entry) => !entry.chip);
    }

    // Draws the entries; a dose box being typed in is left alone.
    draw(marks = new Map()) {
        this.marks = marks;
        const lines = new Map([...this.entries.children].map((line) => [line.entry, line]));
        const kept = this.shown().map((entry) => {
            const line = lines.get(entry) ?? this.line(entry);
            this.mark(line, marks.get(entry) ?? {});
            return line;
        });
        if (kept.length !== this.entries.children.length || kept.some((line, i) => line !== this.entries.children[i]))
            this.entries.replaceChildren(...kept);
    }

    line(entry) {
        const name = el('button', {
            type: 'button',
            class: 'entry-name',
            title: t('field.edit', { name: entry.name }),
            on: { click: () => this.edit(entry) },
        });
        const line = el(
            'li',
            { class: 'entry' },
            el('span', { class: 'entry-mark' }),
            name,
            this.doseBox(entry),
            el(
                'button',
                {
                    type: 'button',
                    class: 'entry-remove',
                    title: t('field.remove', { name: entry.name }),
                    on: { click: () => this.remove(entry) },
                },
                icon('close'),
                el('span', { class: 'visually-hidden' }, t('field.remove', { name: entry.name })),
            ),
        );
        line.entry = entry;
        line.nameButton = name;
        return line;
    }

    doseBox(entry) {
        if (!this.options.doses) return null;
        return el('input', {
            type: 'text',
            class: 'entry-dose',
            value: entry.dose,
            placeholder: t('field.dose_hint'),
            autocomplete: 'off',
            'aria-label': t('field.dose', { name: entry.name }),
            on: {
                input: (event) => {
                    entry.dose = event.target.value.trim();
                    this.options.changed();
                },
                keydown: (event) => event.key === 'Enter' && this.input.focus(),
            },
        });
    }

    mark(line, { severity, row, name, kind, trouble }) {
        const shape = trouble ?? severity ?? 'none';
        const means = meaning(line.entry.name, row ? [hanziOf(row), row.pinyin] : [name]);
        if (line.dataset.shown === `${shape} ${means}`) return;
        line.dataset.shown = `${shape} ${means}`;
        line.className = `entry${trouble ? ` entry-${trouble}` : ''}`;
        line.firstChild.className = `entry-mark severity-${shape}`;
        line.firstChild.title = shape === 'none' ? '' : t(SHAPE_WORDS[shape] ?? `severity.${shape}`);
        replace(line.firstChild, icon(shape));
        replace(
            line.nameButton,
            el('span', { class: 'entry-typed' }, line.entry.name),
            el('span', { class: 'entry-means' }, means),
        );
        this.markFormula(line, kind === 'formula' ? row : null);
    }

    // A formula can be opened to see what is in it.
    markFormula(line, row) {
        const old = line.querySelector('.entry-formula');
        if (!row || old?.dataset.id === row.id) {
            if (!row) old?.remove();
            return;
        }
        old?.remove();
        line.append(ingredients(row));
    }
}

const SHAPE_WORDS = { unknown: 'result.not_checked', fork: 'result.ambiguous' };

// What a typed name was taken for, without repeating what was typed.
function meaning(typed, names) {
    return names
        .filter((name) => name && plainName(name) !== plainName(typed))
        .join(' ')
        .replace(`${typed} `, '');
}

// The name that was matched, where it is not the one shown first; else the English one.
function matchedName(row, full) {
    const shown = [row.name, full.pinyin, full.hanzi].map(plainName);
    return shown.includes(plainName(row.matched)) ? (full.english ?? '') : row.matched;
}

function ingredients(row) {
    const inside = el('div', { class: 'entry-ingredients' }, t('app.loading'));
    const details = el(
        'details',
        { class: 'entry-formula', 'data-id': row.id },
        el(
            'summary',
            { 'aria-label': t('field.ingredients_of', { name: row.pinyin }) },
            icon('chevron'),
            t('field.ingredients'),
        ),
        inside,
    );

    details.addEventListener('toggle', async () => {
        if (!details.open || details.dataset.read) return;
        try {
            const formula = await get(`/api/v1/formulas/${encodeURIComponent(row.id)}`);
            details.dataset.read = 'yes';
            replace(
                inside,
                el(
                    'ul',
                    { class: 'ingredient-list' },
                    formula.items.map((item) =>
                        el(
                            'li',
                            null,
                            nameNode(known('herb', item.herb_id) ?? item),
                            el('span', { class: 'amount' }, gramsText(item.grams)),
                        ),
                    ),
                ),
            );
        } catch {
            replace(inside, t('fail.unreachable'));
        }
    });
    return details;
}

const gramsText = (grams) => (grams === null || grams === undefined || grams === '' ? '' : `${grams} g`);

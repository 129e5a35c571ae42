// The findings' side of the quick check: what was found, what could not be checked, and plainly so when nothing was.

import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { copy } from '/parts/copy.js';
import { countBySeverity, findingCard, findingText, severityBadge, summaryText } from '/parts/findings.js';
import { bareName, known, nameNode } from '/parts/lexicon.js';
import { explain } from '/parts/states.js';

// acts: { replaceName(typed, name), noMedicines(), again(), example(), entered() → [[label, text], …] }.
// Returns { node, jump, show(result, typing) }: jump is the line at the foot of a narrow screen that leads to the findings;
// typing is the set of texts that are still being typed, whose not being known is no news.
export function resultPanel(acts) {
    const summary = el('div', { class: 'summary' });
    const spoken = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
    const alarm = el('div', { role: 'alert' });
    const body = el('div', { class: 'result-body' });
    const entered = el('dl', { class: 'entered only-print' });
    const node = el(
        'section',
        { class: 'result', 'aria-labelledby': 'result-title', tabindex: '-1' },
        el(
            'div',
            { class: 'result-head' },
            el('h2', { id: 'result-title' }, t('result.title')),
            el('span', { class: 'busy', hidden: true }, t('result.checking')),
        ),
        entered,
        spoken,
        alarm,
        summary,
        body,
    );
    const jump = el('button', {
        type: 'button',
        class: 'jump',
        hidden: true,
        on: {
            click: () => {
                node.scrollIntoView({ block: 'start' });
                node.focus({ preventScroll: true });
            },
        },
    });
    let drawn = '';

    // It leads nowhere once the findings are in sight.
    new IntersectionObserver(
        ([entry]) => {
            jump.classList.toggle('is-there', entry.isIntersecting);
        },
        { rootMargin: '0px 0px -35% 0px' },
    ).observe(node);

    const states = {
        empty: () => replace(body, emptyState(acts)),
        checking: () => {},
        answered: ({ answer }) => keepOpen(body, () => replace(body, answerBody(answer, acts))),
        down: () => replace(alarm, notScreened(t('result.down'), acts)),
        refused: ({ problem }) => replace(alarm, refused(problem)),
    };

    return {
        node,
        jump,
        show(asked, typing) {
            const result = asked.answer ? { ...asked, answer: settled(asked.answer, typing) } : asked;
            const busy = result.state === 'checking';
            node.querySelector('.busy').hidden = !busy;
            node.setAttribute('aria-busy', String(busy));
            // Findings of an older case stay while the newer one is asked, greyed; otherwise they go.
            node.classList.toggle('is-old', busy);
            const key = JSON.stringify(result);
            if (key === drawn || (busy && result.answer)) return;
            drawn = key;
            if (busy) {
                replace(body, el('p', { class: 'waiting' }, t('result.checking')));
                replace(summary);
                return;
            }
            replace(alarm);
            replace(summary);
            if (result.state !== 'answered') replace(body);
            states[result.state](result);
            headline(result, summary, spoken, jump, acts);
            replace(
                entered,
                acts.entered().map(([label, text]) => [el('dt', null, label), el('dd', null, text)]),
            );
        },
    };
}

// What is left open: [[shape, number, words], …].
function openCounts(answer) {
    return [
        ['unknown', answer.not_checked.length, t('result.unchecked', { n: answer.not_checked.length })],
        ['fork', answer.ambiguous.length, t('result.unclear', { n: answer.ambiguous.length })],
    ].filter(([, n]) => n > 0);
}

// The grouped line above the findings, the same for screen readers, and at the foot of a narrow screen.
function headline({ state, answer }, summary, spoken, jump, acts) {
    const findings = answer?.findings ?? [];
    const open = answer ? openCounts(answer) : [];
    const words = {
        empty: '',
        answered: [
            summaryText(findings) || (open.length ? '' : t('result.clear_title')),
            ...open.map(([, , text]) => text),
        ]
            .filter(Boolean)
            .join(' · '),
        down: t('result.down_title'),
        refused: t('result.down_title'),
    }[state];

    spoken.textContent = words;
    jump.hidden = !words;
    replace(
        jump,
        jumpWords(findings, open, words),
        el('span', { class: 'jump-go' }, t('result.jump'), icon('chevron')),
    );
    if (!findings.length && !open.length) return;
    replace(
        summary,
        el(
            'div',
            { class: 'summary-counts' },
            countBySeverity(findings).map(([severity, n]) => severityBadge(severity, n)),
            open.map(([shape, , text]) =>
                el('span', { class: `badge-severity severity-${shape}` }, icon(shape), el('span', null, text)),
            ),
        ),
        tools(answer, acts),
    );
}

// The short form for the foot of the screen: shapes and numbers, the words for those who hear them.
function jumpWords(findings, open, words) {
    const counts = [...countBySeverity(findings), ...open];
    if (!counts.length) return el('span', null, words);
    return [
        el('span', { class: 'visually-hidden' }, words),
        el(
            'span',
            { class: 'jump-counts', 'aria-hidden': 'true' },
            counts.map(([shape, n]) => el('span', { class: `jump-count severity-${shape}` }, icon(shape), String(n))),
        ),
    ];
}

function tools(answer, acts) {
    const copied = el('span', { class: 'copied', role: 'status' });
    return el(
        'div',
        { class: 'tools' },
        copied,
        el(
            'button',
            {
                type: 'button',
                class: 'btn btn-quiet btn-small',
                on: {
                    click: async () => {
                        copied.textContent = t(
                            (await copy(reportText(answer, acts))) ? 'result.copied' : 'result.copy_failed',
                        );
                        setTimeout(() => copied.replaceChildren(), 3000);
                    },
                },
            },
            icon('copy'),
            t('result.copy'),
        ),
        el(
            'button',
            { type: 'button', class: 'btn btn-quiet btn-small', on: { click: () => print() } },
            icon('print'),
            t('result.print'),
        ),
    );
}

function emptyState(acts) {
    return el(
        'div',
        { class: 'empty' },
        el('p', { class: 'empty-icon' }, icon('check')),
        el('p', { class: 'empty-title' }, t('result.empty_title')),
        el('p', null, t('result.empty')),
        el(
            'p',
            null,
            el('button', { type: 'button', class: 'btn btn-quiet', on: { click: acts.example } }, t('check.example')),
        ),
    );
}

function notScreened(text, acts) {
    return el(
        'div',
        { class: 'not-screened' },
        el('p', { class: 'not-screened-title' }, icon('down'), t('result.down_title')),
        el('p', null, t('fail.unreachable'), ' ', text),
        el(
            'p',
            null,
            el('button', { type: 'button', class: 'btn btn-main', on: { click: acts.again } }, t('app.retry')),
        ),
    );
}

function refused(problem) {
    const errors = problem.errors.map((error) =>
        el('li', null, [error.field, error.value && `“${error.value}”`, error.rule].filter(Boolean).join(': ')),
    );
    return el(
        'div',
        { class: 'not-screened' },
        el('p', { class: 'not-screened-title' }, icon('down'), t('result.down_title')),
        el('p', null, t('result.refused')),
        errors.length ? el('ul', null, errors) : el('p', null, explain(problem)),
    );
}

// Without what is not a whole name yet.
function settled(answer, typing) {
    const whole = (row) => !typing.has(row.typed);
    return { ...answer, not_checked: answer.not_checked.filter(whole), ambiguous: answer.ambiguous.filter(whole) };
}

function answerBody(answer, acts) {
    const parts = [
        answer.ambiguous.map((question) => questionBox(question, acts)),
        answer.not_checked.length > 0 && gapBox(answer.not_checked, acts),
        answer.findings.length > 0 &&
            el(
                'ol',
                { class: 'findings' },
                answer.findings.map((finding) => withOffer(findingCard(finding), finding, acts)),
            ),
    ];
    if (!answer.findings.length) parts.push(clearBox(answer));
    return parts;
}

// Redraws without closing what the reader has opened.
function keepOpen(body, redraw) {
    const open = new Set(
        Array.from(
            body.querySelectorAll('.finding details[open]'),
            (details) => details.closest('.finding').dataset.rule,
        ),
    );
    redraw();
    for (const details of body.querySelectorAll('.finding details'))
        details.open = open.has(details.closest('.finding').dataset.rule);
}

function withOffer(card, finding, acts) {
    if (finding.kind === 'medicines_not_asked')
        card.append(
            el(
                'p',
                { class: 'finding-offer' },
                el(
                    'button',
                    { type: 'button', class: 'btn btn-quiet btn-small', on: { click: acts.noMedicines } },
                    t('check.none_taken'),
                ),
            ),
        );
    return card;
}

// No finding is said only of what was really looked up.
function clearBox(answer) {
    const open = answer.not_checked.length;
    const nothing = open > 0 && answer.understood?.length === 0;
    return el(
        'div',
        { class: 'clear-box' },
        el(
            'p',
            { class: 'clear-title' },
            icon(nothing ? 'unknown' : 'check'),
            nothing ? t('result.nothing_checked') : t('result.clear_title'),
        ),
        !nothing && el('p', null, t('result.clear')),
        open > 0 && !nothing && el('p', { class: 'strong' }, t('result.partly')),
    );
}

function questionBox({ typed, candidates, screened_as, why }, acts) {
    const taken = candidates.find((candidate) => candidate.id === screened_as);
    return el(
        'div',
        { class: 'open-box open-fork', role: 'group', 'aria-label': t('result.ambiguous') },
        el('p', { class: 'open-title' }, icon('fork'), t('result.ambiguous')),
        el(
            'p',
            null,
            taken ? t('result.ambiguous_taken', { typed, name: taken.name }) : t('result.ambiguous_lead', { typed }),
        ),
        why && el('p', { class: 'open-note', lang: 'en' }, why),
        el(
            'div',
            { class: 'candidates' },
            candidates.map((candidate) => candidateButton(typed, candidate, acts)),
        ),
    );
}

function candidateButton(typed, candidate, acts) {
    const row = known(candidate.kind ?? 'herb', candidate.id);
    return el(
        'button',
        {
            type: 'button',
            class: 'candidate',
            on: { click: () => acts.replaceName(typed, row?.pinyin ?? bareName(candidate.name)) },
        },
        row ? nameNode(row) : el('span', { class: 'name-first' }, candidate.name),
        row?.pharmaceutical_latin && el('span', { class: 'candidate-latin', lang: 'la' }, row.pharmaceutical_latin),
    );
}

function gapBox(gaps, acts) {
    return el(
        'div',
        { class: 'open-box open-unknown', role: 'group', 'aria-label': t('result.not_checked') },
        el('p', { class: 'open-title' }, icon('unknown'), t('result.not_checked')),
        el('p', null, t('result.not_checked_lead')),
        el(
            'ul',
            { class: 'gaps' },
            gaps.map((gap) =>
                el(
                    'li',
                    null,
                    el('strong', null, gap.typed),
                    gap.why && el('span', { class: 'gap-why', lang: 'en' }, ` ${gap.why.split('; did you mean')[0]}`),
                    gap.suggestions?.length > 0 &&
                        el(
                            'div',
                            { class: 'candidates' },
                            el('span', { class: 'gap-why' }, t('result.did_you_mean')),
                            gap.suggestions.map((candidate) => candidateButton(gap.typed, candidate, acts)),
                        ),
                ),
            ),
        ),
    );
}

function reportText(answer, acts) {
    return [
        `${t('app.name')} · ${t('check.title')} · ${clock(new Date())}`,
        ...acts
            .entered()
            .slice(0, 3)
            .map(([label, text]) => `${label}: ${text}`),
        '',
        summaryText(answer.findings) || t('result.clear_title'),
        ...answer.not_checked.map((gap) => `${t('result.not_checked')}: ${gap.typed}`),
        ...answer.ambiguous.map((question) => `${t('result.ambiguous')} ${question.typed}`),
        ...answer.findings.map((finding) => `\n${findingText(finding)}`),
    ].join('\n');
}

// What the service refuses, in the reader's language. It says its rules in English; strings/rules.js holds them with what fills their
// places, and what it does not hold stays as it came.

import { isChinese, language } from '/i18n.js';
import { rules } from '/strings/rules.js';

const PLACE = /\\\{\d\\\}/g;
const SHORT = 12; // of a rule that says so little, "is {1} to {2}", the places hold single words, so that it is not found in others

// The rules with places, those that say most first: "is 1 to {1}" → /^is 1 to (.*?)$/.
let patterns = null;

function allPatterns() {
    patterns ??= Object.keys(rules)
        .filter((rule) => rule.includes('{1}'))
        .sort((a, b) => b.length - a.length)
        .map((rule) => ({ rule, pattern: patternOf(rule) }));
    return patterns;
}

function patternOf(rule) {
    const place = rule.replace(/\{\d\}/g, '').length < SHORT ? '(\\S+)' : '(.*?)';
    return new RegExp(`^${rule.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(PLACE, place)}$`, 's');
}

const translation = (rule) => rules[rule][language() === 'zh-Hant' ? 1 : 0];

// A rule, a word that fills one, or the name of a field.
export const ruleText = (text) => (isChinese() && text && translated(text)) || text;

// Undefined where nothing fits. Several in a row are a list, if each is known: what fills a place may be one.
function translated(text) {
    if (Object.hasOwn(rules, text)) return translation(text);
    const several = text.includes('; ') ? text.split('; ').map(translated) : [undefined];
    return several.every(Boolean) ? several.join('；') : filled(text);
}

function filled(text) {
    const fits = allPatterns().find(({ pattern }) => pattern.test(text));
    if (!fits) return undefined;
    const [, ...found] = fits.pattern.exec(text);
    return translation(fits.rule).replace(/\{(\d)\}/g, (_, n) => ruleText(found[n - 1]));
}

// "lines[2].quantity", as the reader calls it.
export const fieldText = (name) => (isChinese() && name ? name.split('.').map(partText).join(' · ') : name);

function partText(part) {
    const [, name, index] = /^(.*?)(\[\d+\])?$/.exec(part);
    return [ruleText(name), index].filter(Boolean).join(' ');
}

// The value and the rule it breaks.
export function faultText({ value, rule }) {
    const [open, close] = language() === 'zh-Hant' ? '「」' : '“”';
    return [value && `${open}${value}${close}`, rule].filter(Boolean).join(isChinese() ? '' : ' ');
}

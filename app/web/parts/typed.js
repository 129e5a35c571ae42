// What people type or paste, taken apart into single entries. Only the cut between entries is made here; what a name means
// is for the service to say.

const UNIT = 'g|gm|gr|grams?|mg|milligrams?|kg|克|公克|毫克|钱|錢|两|兩|qian|liang';
// A weight that stands by itself behind a name: a sign, a range or anything else before it leaves the line as it was typed.
const DOSE_AT_END = new RegExp(
    `^(.*[\\p{L})）])[\\s:：,，]*(\\d+(?:[.,]\\d+)?\\s*(?:${UNIT})(?:\\s*(?:/|per|a|每)\\s*(?:d|day|日|天))?)$`,
    'iu',
);
const DOSE_ONLY = new RegExp(`^\\d+(?:[.,]\\d+)?\\s*(?:${UNIT})$`, 'iu');
const ACUPOINT = /^[a-z]{2}[\s-]?\d{1,2}$/i;
// Words that say how to boil or take the herb before them, and so do not begin an entry.
const HANDLING = '先煎|后下|後下|包煎|另煎|烊化|冲服|沖服|打碎|捣碎|搗碎';
const CUTS = new RegExp(
    [
        '[\\n\\r\\t;；、]',
        '[,，](?!\\d)(?![^(（\\n]*[)）])',
        `(?<=\\d\\s*(?:g|克))\\s*(?=\\p{Script=Han}{2})(?!${HANDLING})`,
        `(?<=\\p{Script=Han})[ \\u3000]+(?=\\p{Script=Han})(?!${HANDLING})`,
    ].join('|'),
    'u',
);
const BULLET = /^\s*(?:(?:[•·*]\s*|[-–]\s+)+|\d+[.)]\s+)/u;

// The entries of a pasted list: cut at line ends, semicolons, and commas outside brackets that no digit follows ("1,500 mg"),
// and where one Chinese name with its dose meets the next ("当归10克 川芎6克").
export function splitList(text) {
    const pieces = [];

    for (const piece of text.split(CUTS)) {
        const clean = piece.replace(BULLET, '').trim();
        if (clean) pieces.push(pieces.length ? joinPiece(pieces, clean) : clean);
    }
    return pieces;
}

// An acupoint stays with its procedure, and a dose behind a comma with its name.
function joinPiece(pieces, piece) {
    if (ACUPOINT.test(piece)) return `${pieces.pop()}, ${piece}`;
    return DOSE_ONLY.test(piece) ? `${pieces.pop()} ${piece}` : piece;
}

// "Dong Quai 10 g" → { name: 'Dong Quai', dose: '10 g' }; a text without a dose at its end is all name.
export function splitDose(text) {
    const found = DOSE_AT_END.exec(text.trim());
    return found ? { name: found[1].trim(), dose: found[2].trim() } : { name: text.trim(), dose: '' };
}

// The entry as one line, as it is sent.
export function joinDose({ name, dose }) {
    return dose ? `${name} ${withUnit(dose)}` : name;
}

// A bare number in the dose box means grams.
function withUnit(dose) {
    return /^\d+([.,]\d+)?$/.test(dose.trim()) ? `${dose.trim()} g` : dose.trim();
}
